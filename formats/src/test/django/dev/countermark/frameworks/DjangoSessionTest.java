package dev.countermark.frameworks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countermark.Expired;
import dev.countermark.Keyring;
import dev.countermark.Reason;
import dev.countermark.Rejected;
import dev.countermark.SigningKey;
import dev.countermark.Valid;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** Session cookies; those here were written by Django 5.2.17. */
class DjangoSessionTest {

    private static final String COOKIE = "eyJuIjoyNTczMjZ9:1LKFut:dZa-1xyKUj-mcPP6OMkV_SZO9vH_OfpYVp3SRA88oi0";
    private static final Keyring KEYS = Keyring.of(SigningKey.weakText("g_$-4Zgk6_jQGNeWPk+TO7qx"));
    private static final Instant NOW = Instant.ofEpochSecond(1_231_263_635);

    private static DjangoSession sessions(Instant now) {
        return DjangoSession.of(KEYS).clock(Clock.fixed(now, ZoneOffset.UTC));
    }

    @Test
    void a_short_session_is_not_compressed() {
        var session = JsonMapper.shared().readTree("{\"n\":257326}");
        assertThat(sessions(NOW).write(session)).isEqualTo(COOKIE);
        assertThat(sessions(NOW).read(COOKIE)).isEqualTo(session);
    }

    @Test
    void a_long_session_is_compressed() {
        var session = JsonMapper.shared()
                .readTree("{\"\u00e9\":\"" + "\u65e5\u672c\ud83d\ude00".repeat(10) + "\",\"l\":[1,null,true]}");
        var cookie = ".eJyrVoopNTBItVSyAjLMTFNNgaS5UXJMaYqFcQqQTDUwGK7iSjpKOUpW0YY6eaU5OTolRaWpsbUAR-tV4g:1NOH0w:"
                + "VnYx-dOEZEkUghkP5ge2f0dLMa_OVyLFzveI7veRjyk";
        var sessions = DjangoSession.of(Keyring.of(SigningKey.weakText("HIVIh2")))
                .clock(Clock.fixed(Instant.ofEpochSecond(1_261_773_838), ZoneOffset.UTC));
        assertThat(sessions.write(session)).isEqualTo(cookie);
        assertThat(sessions.read(cookie)).isEqualTo(session);
    }

    @Test
    void a_session_lives_fourteen_days_or_as_long_as_is_said() {
        var last = NOW.plus(Duration.ofDays(14));
        assertThat(sessions(last).check(COOKIE)).isInstanceOf(Valid.class);
        assertThat(sessions(last.plusSeconds(1)).check(COOKIE)).isInstanceOf(Expired.class);
        assertThat(sessions(NOW.plusSeconds(2)).maxAge(Duration.ofSeconds(1)).check(COOKIE))
                .isInstanceOf(Expired.class);
    }

    /** {@code NaN}, which Python's JSON has and no other. */
    @Test
    void lax_json_is_read_only_when_lenient() {
        var cookie = DjangoTimestampSigner.of(KEYS)
                .salt("django.contrib.sessions.backends.signed_cookies")
                .clock(Clock.fixed(NOW, ZoneOffset.UTC))
                .write("eyJhIjpOYU59");
        assertThat(sessions(NOW).check(cookie))
                .isInstanceOfSatisfying(
                        Rejected.class,
                        rejected -> assertThat(rejected.reason()).isEqualTo(Reason.PAYLOAD_MALFORMED));
        assertThat(sessions(NOW).lenient().read(cookie).path("a").doubleValue()).isNaN();
    }
}
