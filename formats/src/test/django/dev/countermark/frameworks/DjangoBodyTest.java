package dev.countermark.frameworks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countermark.Expired;
import dev.countermark.Keyring;
import dev.countermark.Limits;
import dev.countermark.Reason;
import dev.countermark.Rejected;
import dev.countermark.SigningKey;
import dev.countermark.Valid;
import dev.countermark.Verdict;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

/** What stands before date and signature, as {@code dumps} of Django 3.2.25 writes it and {@code loads} reads it. */
class DjangoBodyTest {

    private static final Keyring KEYS =
            Keyring.of(SigningKey.weakText("corpus-key-one-b7Qm2xV9tLr4Zc8Wn3Ks6Yd1Ha5Te0Fu7Gi2Oj9Lk4Mz8Bv3x"));
    private static final Clock CLOCK = Clock.fixed(Instant.ofEpochSecond(1_700_000_000), ZoneOffset.UTC);
    private static final DjangoJson JSON = DjangoJson.of(KEYS).clock(CLOCK);

    /** The body, signed as {@code dumps} does. */
    private static String signed(String body) {
        return DjangoTimestampSigner.of(KEYS)
                .salt("django.core.signing")
                .clock(CLOCK)
                .write(body);
    }

    @Test
    void a_value_is_compressed_only_on_request_and_where_that_is_shorter() {
        var ones = JsonMapper.shared().readTree("{\"n\":[1" + ",1".repeat(29) + "]}");
        var seven = JsonMapper.shared().readTree("{\"id\":7}");
        assertThat(JSON.compressed().write(ones))
                .isEqualTo(".eJyrVspTsoo21CEbxtYCAMp8DVc:1r31eq:wHaoOkPVVBOwCUTqTPtM6SLeI6i8raVP9gTwTZg4Row");
        assertThat(JSON.write(ones))
                .isEqualTo("eyJuIjpbMSwxLDEsMSwxLDEsMSwxLDEsMSwxLDEsMSwxLDEsMSwxLDEsMSwxLDEsMSwxLDEsMSwxLDEsMSwxLDFdfQ"
                        + ":1r31eq:AqcS8XiUgLvTB4RApTALHilalwgeUG3iOYBjClNgJlA");
        assertThat(JSON.compressed().write(seven))
                .isEqualTo("eyJpZCI6N30:1r31eq:hrzKI-Z3F5sjElRrtH73xW1YJxgNW11EaGUJ5edzOf0");
    }

    @ParameterizedTest
    @CsvSource({
        "WzFd, [1]",
        "WzFdIA, [1]",
        "WyL___4iXQ, '[\"\u00ff\u00ff\u00fe\"]'",
        ".eJyLNowFAAHTAOo, [1]",
    })
    void a_body_in_its_one_spelling_is_read_in_every_mode(String body, String json) {
        assertThat(JSON.check(signed(body)).orThrow()).hasToString(json);
        assertThat(JSON.lenient().check(signed(body)).orThrow()).hasToString(json);
    }

    @ParameterizedTest
    @CsvSource({
        "WzFd=, [1]",
        "WzEyXR, [12]",
        "WyL///4iXQ, '[\"\u00ff\u00ff\u00fe\"]'",
        ".eJyLNowFAAHTAOo==, [1]",
        ".eJyLNowFAAHTAOp4eA, [1]"
    })
    void what_django_also_reads_is_not_canonical(String body, String json) {
        assertThat(reason(JSON.check(signed(body)))).isEqualTo(Reason.NOT_CANONICAL);
        assertThat(JSON.lenient().check(signed(body)).orThrow()).hasToString(json);
    }

    @ParameterizedTest
    @CsvSource({"''", "W", "WzFda", "WzFf", ".", ".eJyLNowFAAE", ".bm90aGluZw"})
    void what_django_cannot_read_is_malformed_in_every_mode(String body) {
        assertThat(reason(JSON.check(signed(body)))).isEqualTo(Reason.PAYLOAD_MALFORMED);
        assertThat(reason(JSON.lenient().check(signed(body)))).isEqualTo(Reason.PAYLOAD_MALFORMED);
    }

    @ParameterizedTest
    @CsvSource({"WzFd", ".eJyLNowFAAHTAOo"})
    void the_limit_is_that_of_the_inflated_value(String body) {
        assertThat(JSON.limits(Limits.DEFAULT.payloadLength(3)).check(signed(body)))
                .isInstanceOf(Valid.class);
        assertThat(reason(JSON.limits(Limits.DEFAULT.payloadLength(2)).check(signed(body))))
                .isEqualTo(Reason.PAYLOAD_TOO_LARGE);
    }

    @Test
    void a_text_beyond_the_limit_is_refused_as_too_large() {
        var signer = DjangoSigner.of(KEYS);
        var text = signer.write("abc");
        assertThat(signer.limits(Limits.DEFAULT.payloadLength(3)).read(text)).isEqualTo("abc");
        assertThat(reason(signer.limits(Limits.DEFAULT.payloadLength(2)).check(text)))
                .isEqualTo(Reason.PAYLOAD_TOO_LARGE);
    }

    /** Both texts are Django's, and so is the message. */
    @Test
    void a_text_that_is_too_old_and_unreadable_is_refused_and_not_merely_expired() {
        var age = Duration.ofSeconds(2);
        var error = new FrameworkError("SignatureExpired", "Signature age 3.0 > 2 seconds");
        var unreadable = JSON.check("W:1r31en:dBwDi3dgNTBY3B-DFPIxX3RXOCvRJ2ugz5RHcBid9hQ", age);
        assertThat(reason(unreadable)).isEqualTo(Reason.PAYLOAD_MALFORMED);
        assertThat(unreadable.detail(FrameworkError.class)).contains(error);

        var late = JSON.check("eyJpZCI6N30:1r31en:Fb5HynNWF7W8xgtUBvweVEo6HAFAk-snIqQsSTJji44", age);
        assertThat(late)
                .isInstanceOfSatisfying(
                        Expired.class, expired -> assertThat(expired.value()).hasToString("{\"id\":7}"));
        assertThat(late.detail(FrameworkError.class)).contains(error);
    }

    /** {@code NaN}, which Python's JSON has and no other. */
    @Test
    void lax_json_is_read_only_when_lenient() {
        var text = signed("TmFO");
        assertThat(reason(JSON.check(text))).isEqualTo(Reason.PAYLOAD_MALFORMED);
        assertThat(JSON.lenient().check(text).orThrow().doubleValue()).isNaN();
    }

    private static Reason reason(Verdict<?> verdict) {
        return verdict instanceof Rejected<?> rejected ? rejected.reason() : null;
    }
}
