package dev.countermark.frameworks;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.countermark.Keyring;
import dev.countermark.Limits;
import dev.countermark.Reason;
import dev.countermark.Rejected;
import dev.countermark.SigningKey;
import dev.countermark.Valid;
import dev.countermark.Verdict;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

/** The text of sessions in a database; {@code OLD} was written by Django 2.2.28. */
class DjangoSessionDataTest {

    private static final String OLD = "YzUwNjY3OTZlYjQ2YjcxNjcwZDNmYzFjYTdlZTY4ZTI3N2M2ZTllYjp7Im4iOjQwNzcwMX0=";
    private static final String JSON = "{\"n\":407701}";
    private static final SigningKey KEY = SigningKey.weakText("trbHXYHgJMzF");
    private static final DjangoSessionData LATEST = DjangoSessionData.of(Keyring.of(KEY));
    private static final DjangoSessionData BETWEEN = LATEST.release(DjangoRelease.V3_1);
    private static final DjangoSessionData EARLY = LATEST.release(DjangoRelease.V2_2);

    @Test
    void the_old_layout_is_written_by_old_releases_alone() {
        var session = JsonMapper.shared().readTree(JSON);
        assertThat(EARLY.write(session)).isEqualTo(OLD);
        assertThat(BETWEEN.write(session)).contains(":");
        assertThat(LATEST.write(session)).contains(":");
    }

    /** Django 3.2.25 still reads it too. */
    @ParameterizedTest
    @EnumSource(
            value = DjangoRelease.class,
            names = {"V2_2", "V3_1"})
    void the_old_layout_is_read_up_to_3_2(DjangoRelease release) {
        assertThat(LATEST.release(release).read(OLD)).hasToString(JSON);
        assertThat(LATEST.release(DjangoRelease.V4_0).check(OLD)).isInstanceOf(Rejected.class);
    }

    @Test
    void the_new_layout_is_read_from_3_1_on() {
        var text = LATEST.write(JsonMapper.shared().readTree(JSON));
        assertThat(BETWEEN.read(text)).hasToString(JSON);
        assertThat(EARLY.check(text)).isInstanceOf(Rejected.class);
    }

    @Test
    void between_the_two_a_colon_tells_them_apart_wherever_it_stands() {
        assertThat(reason(BETWEEN.check(":x"))).isEqualTo(Reason.SIGNATURE_MISMATCH);
        assertThat(reason(BETWEEN.check("x"))).isEqualTo(Reason.MALFORMED);
    }

    @Test
    void an_old_key_reads_and_asks_for_a_new_text() {
        assertThat(EARLY.check(OLD))
                .isInstanceOfSatisfying(
                        Valid.class, valid -> assertThat(valid.reissue()).isFalse());
        var rotated = Keyring.of(SigningKey.weakText("new").named("new")).accepting(KEY.named("old"));
        assertThat(DjangoSessionData.of(rotated).release(DjangoRelease.V2_2).check(OLD))
                .isInstanceOfSatisfying(Valid.class, valid -> {
                    assertThat(valid.reissue()).isTrue();
                    assertThat(valid.keyId()).isEqualTo("old");
                });
    }

    /** As {@code base64.b64decode} does, but for the padding, which must be there. */
    @Test
    void other_spellings_of_base64_are_read_only_when_lenient() {
        var folded = OLD.substring(0, 8) + "\n" + OLD.substring(8);
        assertThat(reason(EARLY.check(folded))).isEqualTo(Reason.MALFORMED);
        assertThat(EARLY.lenient().read(folded)).hasToString(JSON);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\u00e9", "\ud83d\ude00"})
    void what_is_not_ascii_is_refused_in_every_mode(String junk) {
        var text = OLD.substring(0, 8) + junk + OLD.substring(8);
        assertThat(reason(EARLY.check(text))).isEqualTo(Reason.MALFORMED);
        assertThat(reason(EARLY.lenient().check(text))).isEqualTo(Reason.MALFORMED);
    }

    @Test
    void what_holds_no_value_behind_its_signature_is_malformed() {
        var hex = "c5066796eb46b71670d3fc1ca7ee68e277c6e9eb";
        for (var text : new String[] {"", hex.substring(1), hex, hex + "{", hex + "{}"}) {
            assertThat(reason(EARLY.check(Base64.getEncoder().encodeToString(text.getBytes(US_ASCII)))))
                    .isEqualTo(Reason.MALFORMED);
        }
        assertThat(reason(EARLY.check(Base64.getEncoder().encodeToString((hex + ":").getBytes(US_ASCII)))))
                .isEqualTo(Reason.SIGNATURE_MISMATCH);
    }

    @Test
    void a_value_beyond_the_limit_is_refused_as_too_large() {
        assertThat(EARLY.limits(Limits.DEFAULT.payloadLength(12)).check(OLD)).isInstanceOf(Valid.class);
        assertThat(reason(EARLY.limits(Limits.DEFAULT.payloadLength(11)).check(OLD)))
                .isEqualTo(Reason.PAYLOAD_TOO_LARGE);
    }

    /** {@code NaN}, which Python's JSON has and no other; the text is Django 3.2.25's, of the older layout. */
    @Test
    void lax_json_is_read_only_when_lenient() {
        var keys = Keyring.of(SigningKey.weakText("corpus-key-one-b7Qm2xV9tLr4Zc8Wn3Ks6Yd1Ha5Te0Fu7Gi2Oj9Lk4Mz8Bv3x"));
        var data = DjangoSessionData.of(keys).release(DjangoRelease.V2_2);
        var text = "NmJmNTg3MGYwODM2MTRkMzNhZmE2ZDU5YTVhMjlkMGQxZjMxNDhiZTp7ImEiOk5hTn0=";
        assertThat(reason(data.check(text))).isEqualTo(Reason.PAYLOAD_MALFORMED);
        assertThat(data.lenient().read(text).path("a").doubleValue()).isNaN();

        var dated = DjangoTimestampSigner.of(keys)
                .salt("django.contrib.sessions.SessionStore")
                .write("eyJhIjpOYU59");
        assertThat(reason(data.release(DjangoRelease.LATEST).check(dated))).isEqualTo(Reason.PAYLOAD_MALFORMED);
        assertThat(data.release(DjangoRelease.LATEST)
                        .lenient()
                        .read(dated)
                        .path("a")
                        .doubleValue())
                .isNaN();
    }

    /** {@code SessionStore().decode} of Django 3.2.25: base64 passes over what is no digit, but not over what is not ASCII. */
    @Test
    void when_lenient_a_colon_in_the_old_layout_is_passed_over() {
        for (var spelling : List.of(":" + OLD, OLD + ":", OLD.substring(0, 7) + ": " + OLD.substring(7))) {
            assertThat(BETWEEN.lenient().read(spelling)).hasToString(JSON);
            assertThat(BETWEEN.check(spelling)).isInstanceOf(Rejected.class);
            assertThat(LATEST.lenient().check(spelling)).isInstanceOf(Rejected.class);
        }
        for (var none : List.of(OLD + "\u00e9", OLD + "\ud800", OLD + ":\udc00")) {
            assertThat(BETWEEN.lenient().check(none)).as(none).isInstanceOf(Rejected.class);
        }
    }

    private static Reason reason(Verdict<?> verdict) {
        return verdict instanceof Rejected<?> rejected ? rejected.reason() : null;
    }
}
