package dev.countermark.itsdangerous;

import static dev.countermark.itsdangerous.PythonAnswers.at;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.countermark.DatedTokens;
import dev.countermark.Expired;
import dev.countermark.Limits;
import dev.countermark.Reason;
import dev.countermark.Rejected;
import dev.countermark.TimedTokens;
import dev.countermark.Tokens;
import dev.countermark.Valid;
import dev.countermark.Verdict;
import dev.countermark.json.PythonJson;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Sizes of exactly the limits, and the first and the last second of everything. */
class PythonLimitsTest {

    private static final JsonNode VALUE = PythonJson.standard().loads("{\"id\": \"foobar\"}");
    private static final PythonTokens SEKRIT = ItsDangerous.V2_0_1.keys("sekrit");
    private static final long NOW = 1_700_000_000;
    private static final long END_OF_9999 = 253_402_300_799L;

    private static PythonTokens python(boolean lenient) {
        return lenient ? SEKRIT.lenient() : SEKRIT;
    }

    private static void bounded(Tokens<JsonNode> tokens, int payload) {
        var token = tokens.sign(VALUE);
        int length = token.length();
        var fits = tokens.limits(Limits.DEFAULT.tokenLength(length));
        var tooShort = tokens.limits(Limits.DEFAULT.tokenLength(length - 1));
        var bytes = token.getBytes(StandardCharsets.UTF_8);
        assertThat(fits.check(token)).isInstanceOf(Valid.class);
        assertThat(fits.checkBytes(bytes)).isInstanceOf(Valid.class);
        refused(Reason.TOO_LONG, tooShort.check(token));
        refused(Reason.TOO_LONG, tooShort.checkBytes(bytes));
        assertThat(tokens.limits(Limits.DEFAULT.payloadLength(payload)).check(token))
                .isInstanceOf(Valid.class);
        refused(
                Reason.PAYLOAD_TOO_LARGE,
                tokens.limits(Limits.DEFAULT.payloadLength(payload - 1)).check(token));
        refused(Reason.MALFORMED, tokens.check("\ud800" + token));
        for (int cut = 0; cut < length; cut++) {
            assertThat(tokens.check(token.substring(0, cut))).isInstanceOf(Rejected.class);
        }
    }

    private static void refused(Reason reason, Verdict<?> verdict) {
        assertThat(verdict)
                .isInstanceOfSatisfying(
                        Rejected.class,
                        rejected -> assertThat(rejected.reason()).isEqualTo(reason));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void a_token_of_exactly_the_limits_is_read(boolean lenient) {
        bounded(python(lenient).serializer(), 16);
        bounded(python(lenient).urlSafeSerializer(), 15);
        bounded(python(lenient).jsonWebSignatureSerializer(), 15);
    }

    @Test
    void a_date_is_accepted_from_the_future_as_far_as_allowed() {
        DatedTokens<String> dated = SEKRIT.timestampSigner();
        var token = dated.clock(at(NOW)).sign("a");
        var early = dated.clock(at(NOW - 10));
        refused(Reason.FROM_THE_FUTURE, early.check(token));
        assertThat(early.clockSkew(Duration.ofSeconds(10)).check(token)).isInstanceOf(Valid.class);
        refused(Reason.FROM_THE_FUTURE, early.clockSkew(Duration.ofSeconds(9)).check(token));
        assertThat(dated.clock(at(NOW + 10)).check(token, Duration.ofSeconds(10)))
                .isInstanceOf(Valid.class);
        assertThat(dated.clock(at(NOW + 11)).check(token, Duration.ofSeconds(10)))
                .isInstanceOf(Expired.class);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void a_jws_is_valid_until_its_last_second(boolean lenient) {
        TimedTokens<JsonNode> hour = python(lenient).timedJsonWebSignatureSerializer(Duration.ofHours(1));
        var token = hour.clock(at(NOW)).sign(VALUE);
        assertThat(hour.clock(at(NOW)).check(token)).isInstanceOf(Valid.class);
        assertThat(hour.clock(at(NOW + 3600)).check(token)).isInstanceOf(Valid.class);
        assertThat(hour.clock(at(NOW + 3601)).check(token)).isInstanceOf(Expired.class);
    }

    @Test
    void a_jws_is_accepted_from_the_future_as_far_as_allowed() {
        var hour = SEKRIT.timedJsonWebSignatureSerializer(Duration.ofHours(1));
        var token = hour.clock(at(NOW)).sign(VALUE);
        var early = hour.clock(at(NOW - 10));
        refused(Reason.FROM_THE_FUTURE, early.check(token));
        assertThat(early.clockSkew(Duration.ofSeconds(10)).check(token)).isInstanceOf(Valid.class);
        refused(Reason.FROM_THE_FUTURE, early.clockSkew(Duration.ofSeconds(9)).check(token));
    }

    @Test
    void the_dates_of_a_jws_lie_between_1970_and_9999() {
        var first = SEKRIT.timedJsonWebSignatureSerializer(Duration.ofSeconds(END_OF_9999))
                .clock(at(0));
        assertThat(first.check(first.sign(VALUE))).isInstanceOf(Valid.class);
        var last = SEKRIT.timedJsonWebSignatureSerializer(Duration.ofSeconds(1)).clock(at(END_OF_9999 - 1));
        assertThat(last.check(last.sign(VALUE))).isInstanceOf(Valid.class);

        assertThatIllegalArgumentException().isThrownBy(() -> first.clock(at(1)).sign(VALUE));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> last.clock(at(END_OF_9999)).sign(VALUE));
        assertThatIllegalArgumentException().isThrownBy(() -> last.clock(at(-1)).sign(VALUE));
    }
}
