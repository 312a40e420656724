package dev.countermark.frameworks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.countermark.BadTokenException;
import dev.countermark.ExpiredTokenException;
import dev.countermark.Keyring;
import dev.countermark.Reason;
import dev.countermark.Rejected;
import dev.countermark.SigningKey;
import dev.countermark.Valid;
import dev.countermark.itsdangerous.ItsDangerous;
import dev.countermark.itsdangerous.PythonError;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Cookies and texts here were written by Flask 3.1.3 with itsdangerous 2.2.0. */
class FlaskSessionTest {

    private static final Instant NOW = Instant.ofEpochSecond(1_700_000_000);
    private static final String SECRET = "corpus-key-one-b7Qm2xV9tLr4Zc8Wn3Ks6Yd1Ha5Te0Fu7Gi2Oj9Lk4Mz8Bv3x";
    private static final String COOKIE =
            "eyJzY29wZXMiOlsicmVhZCIsIndyaXRlIl0sInN1YiI6InUtMTAwMSJ9.ZVPxAA.Y6jS_a-vBqZJvh_2A3NZb8XEcRc";

    private final SigningKey key = SigningKey.weakText(SECRET);
    private final FlaskSession sessions = at(NOW);

    private FlaskSession at(Instant instant) {
        return FlaskSession.of(Keyring.of(key)).clock(Clock.fixed(instant, ZoneOffset.UTC));
    }

    @Test
    void a_session_of_flask_is_read() {
        assertThat(sessions.read(COOKIE))
                .containsExactly(Map.entry("scopes", List.of("read", "write")), Map.entry("sub", "u-1001"));
    }

    @Test
    void a_session_is_written_with_the_bytes_of_flask() {
        assertThat(sessions.write(Map.of("sub", "u-1001", "scopes", List.of("read", "write"))))
                .isEqualTo(COOKIE);
    }

    @Test
    void a_session_is_good_for_31_days_to_the_second() {
        var last = NOW.plus(Duration.ofDays(31));
        assertThat(at(last).check(COOKIE)).isInstanceOf(Valid.class);
        assertThatExceptionOfType(ExpiredTokenException.class)
                .isThrownBy(() -> at(last.plusSeconds(1)).read(COOKIE))
                .satisfies(e -> assertThat(e.signedAt()).contains(NOW));
        assertThat(at(last.plusSeconds(1)).maxAge(Duration.ofDays(32)).check(COOKIE))
                .isInstanceOf(Valid.class);
    }

    @Test
    void every_type_of_flask_comes_back() {
        var session = new LinkedHashMap<String, Object>();
        session.put("bytes", new byte[] {0, -1});
        session.put("date", OffsetDateTime.of(2013, 2, 3, 4, 5, 6, 0, ZoneOffset.UTC));
        session.put("id", UUID.fromString("12345678-1234-5678-1234-567812345678"));
        session.put("markup", new FlaskSession.Markup("<b>"));
        session.put("none", null);
        session.put("tag", Map.of(" t", List.of(1)));
        session.put("tuple", FlaskSession.Tuple.of("message", FlaskSession.Tuple.of(1, 2.5)));
        var read = sessions.read(sessions.write(session));
        assertThat(read.keySet()).containsExactlyElementsOf(session.keySet());
        assertThat((byte[]) read.get("bytes")).containsExactly(0, -1);
        read.remove("bytes");
        session.remove("bytes");
        assertThat(read).isEqualTo(session);
    }

    @Test
    void the_tags_are_those_of_flask() {
        var value = Arrays.asList(
                FlaskSession.Tuple.of(1),
                new byte[] {0, -1},
                new FlaskSession.Markup("<b>"),
                UUID.fromString("12345678-1234-5678-1234-567812345678"),
                Instant.parse("2013-02-03T04:05:06.789Z"),
                Map.of(" t", 1),
                Map.of(" t", 1, "a", 2),
                null);
        assertThat(new String(TaggedJson.STRICT.encode(value), StandardCharsets.US_ASCII))
                .isEqualTo("[{\" t\":[1]},{\" b\":\"AP8=\"},{\" m\":\"<b>\"},"
                        + "{\" u\":\"12345678123456781234567812345678\"},"
                        + "{\" d\":\"Sun, 03 Feb 2013 04:05:06 GMT\"},{\" di\":{\" t__\":1}},{\" t\":1,\"a\":2},null]");
    }

    @Test
    void members_are_sorted_by_code_point_at_every_level() {
        var session = Map.of("\uFFFF", 1, "\uD83D\uDE00", Map.of("b", 1, "a", 2));
        assertThat(new String(TaggedJson.STRICT.encode(session), StandardCharsets.US_ASCII))
                .isEqualTo("{\"\\uffff\":1,\"\\ud83d\\ude00\":{\"a\":2,\"b\":1}}");
    }

    @Test
    void keys_of_two_kinds_cannot_be_written() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> sessions.values().sign(Map.of(1, "a", "b", 2)))
                .withMessageNotContaining(SECRET);
    }

    @Test
    void a_fallback_key_is_read_and_not_written() {
        var rotated = FlaskSession.of(Keyring.of(SigningKey.weakText("next")).accepting(key))
                .clock(Clock.fixed(NOW, ZoneOffset.UTC));
        assertThat(rotated.check(COOKIE))
                .isInstanceOfSatisfying(
                        Valid.class, valid -> assertThat(valid.reissue()).isTrue());
        assertThat(sessions.check(rotated.write(Map.of()))).isInstanceOf(Rejected.class);
        assertThat(sessions.check(rotated.signingWithLastFallback().write(Map.of())))
                .isInstanceOf(Valid.class);
    }

    @Test
    void what_is_no_dictionary_is_no_session() {
        var list = "WzEsMiwzLDRd.ZVPxAA.i6o7ROYGm1zPAt1UOce8joDV-xA";
        assertThatExceptionOfType(BadTokenException.class)
                .isThrownBy(() -> sessions.read(list))
                .satisfies(e -> assertThat(e.reason()).isEqualTo(Reason.PAYLOAD_MALFORMED));
        assertThat(sessions.values().verify(list)).isEqualTo(List.of(1, 2, 3, 4));
    }

    @Test
    void another_spelling_of_the_signature_is_read_only_when_lenient() {
        var padded = "eyJ1aWQiOjE3fQ.ZVPxAA.A2OJKcOEiQs0Kh2jPqqKJoymSAE=";
        assertThat(sessions.check(padded)).isInstanceOf(Rejected.class);
        assertThat(sessions.lenient().read(padded)).isEqualTo(Map.of("uid", 17));
    }

    @Test
    void a_rejection_tells_what_python_would_have_raised() {
        var verdict = sessions.check(COOKIE.replace("Y6jS", "Z6jS"));
        assertThat(verdict.detail(PythonError.class)).hasValueSatisfying(error -> {
            assertThat(error.className()).isEqualTo("BadTimeSignature");
            assertThat(error.message()).isEqualTo("Signature b'Z6jS_a-vBqZJvh_2A3NZb8XEcRc' does not match");
        });
    }

    private static final String BAD_PAYLOAD =
            "Could not load the payload because an exception occurred on unserializing the data";

    /** Flask 2.2.2 with itsdangerous 2.1.2 raises BadPayload; the message without a full stop is that of 0.24. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "eyJhIjox.ZVPxAA.-sfrGMV414OckHTmmRGKZRTZZcA",
                "eyIgYiI6IkEifQ.ZVPxAA.zWMiGM7loIslW2tX1ljbMvant10",
                "eyJhIjp7IiBiIjoiQSJ9fQ.ZVPxAA.2p3f9c68hWq8iu2PXervwOqu02g",
                "_w.ZVPxAA.BqjZtcfuQUM-yHQBR_VIuDc3n3g"
            })
    void a_signed_body_that_is_no_session_is_told_as_python_does(String cookie) {
        for (var each : List.of(sessions, sessions.lenient())) {
            assertThat(each.check(cookie).detail(PythonError.class)).hasValueSatisfying(error -> {
                assertThat(error.className()).isEqualTo("BadPayload");
                assertThat(error.message()).isEqualTo(BAD_PAYLOAD + ".");
            });
        }
        // 0.24 counts from 2011.
        assertThat(at(NOW.plusSeconds(1_293_840_000))
                        .itsDangerous(ItsDangerous.V0_24)
                        .check(cookie)
                        .detail(PythonError.class)
                        .map(PythonError::message))
                .contains(BAD_PAYLOAD);
        assertThat(at(NOW.plus(Duration.ofDays(32)))
                        .check(cookie)
                        .detail(PythonError.class)
                        .map(PythonError::className))
                .contains("SignatureExpired");
    }

    /** Flask 2.2.2 reads {@code {'a': 2}}, {@code [1, 2]} and a list in a hundred others. */
    @Test
    void what_python_reads_has_no_error_of_python() {
        var repeated = "eyJhIjoxLCJhIjoyfQ.ZVPxAA.py5FSz5H7PlfLl1xizC1EBOKz5o";
        var list = "WzEsMl0.ZVPxAA.zrj2p61Az4umuKeELdZo2_GqByo";
        var deep = Base64.getUrlEncoder()
                        .withoutPadding()
                        .encodeToString(("[".repeat(101) + "]".repeat(101)).getBytes(StandardCharsets.US_ASCII))
                + ".ZVPxAA.VDnmK388MZ7ecRBJDGbYJlk9tYQ";

        for (var cookie : List.of(repeated, list, deep)) {
            assertThat(sessions.check(cookie)).isInstanceOf(Rejected.class);
            assertThat(sessions.check(cookie).detail()).isEmpty();
        }
        assertThat(sessions.lenient().read(repeated)).isEqualTo(Map.of("a", 2));
        assertThat(sessions.lenient().check(deep).detail()).isEmpty();
    }
}
