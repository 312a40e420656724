package dev.countermark.frameworks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.countermark.Keyring;
import dev.countermark.Limits;
import dev.countermark.Reason;
import dev.countermark.Rejected;
import dev.countermark.SigningKey;
import dev.countermark.Valid;
import dev.countermark.Verdict;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

/**
 * Bodies under signatures of itsdangerous 2.1.2: {@code TimestampSigner("a key").sign(body)}. What they hold is what Python
 * 3.11 makes of them as Starlette does: {@code json.loads(b64decode(data))}.
 */
class StarletteSessionTest {

    private static final String SESSION = "eyJuIjogMX0=.ZVPxAA.zYpX6Nzz-U2RZWUCO0Vo5ZT8DnI";

    private final StarletteSession sessions = StarletteSession.of(Keyring.of(SigningKey.weakText("a key")))
            .clock(Clock.fixed(Instant.ofEpochSecond(1_700_000_000), ZoneOffset.UTC));

    private static Reason reason(Verdict<?> verdict) {
        assertThat(verdict).isInstanceOf(Rejected.class);
        return ((Rejected<?>) verdict).reason();
    }

    @Test
    void a_session_is_json_in_standard_base64() {
        var session = JsonMapper.shared().readTree("{\"n\": 1}");

        assertThat(sessions.read(SESSION)).isEqualTo(session);
        assertThat(sessions.write(session)).isEqualTo(SESSION);
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "eyJuIjogMX1=.ZVPxAA.wm2iNzVwpkbY_qIFplFgcY7IFL4, {\"n\":1}",
                "eyJuIjogMX0==.ZVPxAA.KNDQ57_B63IYW_t-3xa9zSflGwU, {\"n\":1}",
                "eyJ!uIjogMX0=.ZVPxAA.k2BlcqEK9HmpCYsYlyq0G91qLY4, {\"n\":1}",
                "ewAiAG4AIgA6ACAAMQB9AA==.ZVPxAA.6eg5ehKCVLYraLmXGEMBqXzGUSg, {\"n\":1}",
                "eyJuIjogMSwgIm4iOiAyfQ==.ZVPxAA.NZ6k_WVXaHIBQs3EQn4ZBZ9Zldk, {\"n\":2}"
            })
    void what_starlette_does_not_write_is_read_only_when_lenient(String cookie, String session) {
        assertThat(reason(sessions.check(cookie))).isEqualTo(Reason.PAYLOAD_MALFORMED);
        assertThat(sessions.lenient().read(cookie))
                .isEqualTo(JsonMapper.shared().readTree(session));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "eyJuIjogMX0.ZVPxAA.ni6uFk3CwKjj0s9sqdyCx7ijEz4",
                "A.ZVPxAA.akhLhstBrZcT8pl_4hgeSGX1pWE",
                ".ZVPxAA.IUMHS6AtcKtj9EkyH4QJrFNkqgQ"
            })
    void what_python_cannot_read_is_no_session(String cookie) {
        assertThat(reason(sessions.check(cookie))).isEqualTo(Reason.PAYLOAD_MALFORMED);
        assertThat(reason(sessions.lenient().check(cookie))).isEqualTo(Reason.PAYLOAD_MALFORMED);
    }

    @Test
    void no_number_is_written_and_read_only_when_lenient() {
        var cookie = "eyJuIjogTmFOfQ==.ZVPxAA.VJ7SdEdqGQYXzZJ2UGE6gt5WOlQ";
        var session = JsonMapper.shared().createObjectNode().put("n", Double.NaN);

        assertThat(sessions.lenient().write(session)).isEqualTo(cookie);
        assertThat(sessions.lenient().read(cookie).get("n").doubleValue()).isNaN();
        assertThat(reason(sessions.check(cookie))).isEqualTo(Reason.PAYLOAD_MALFORMED);
        assertThatIllegalArgumentException().isThrownBy(() -> sessions.write(session));
    }

    /** The session has eight bytes, their base64 twelve characters: as long as that of nine or seven. */
    @Test
    void a_body_longer_than_any_session_within_the_limit_is_not_decoded() {
        assertThat(sessions.limits(Limits.DEFAULT.payloadLength(8)).check(SESSION))
                .isInstanceOf(Valid.class);
        assertThat(reason(sessions.limits(Limits.DEFAULT.payloadLength(7)).check(SESSION)))
                .isEqualTo(Reason.PAYLOAD_MALFORMED);
        assertThat(reason(sessions.limits(Limits.DEFAULT.payloadLength(6)).check(SESSION)))
                .isEqualTo(Reason.PAYLOAD_TOO_LARGE);
    }
}
