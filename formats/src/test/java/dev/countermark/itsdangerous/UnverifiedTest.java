package dev.countermark.itsdangerous;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countermark.Limits;
import dev.countermark.json.PythonJson;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** What a token says that nobody has verified: of tokens that itsdangerous 0.24 wrote, and of texts cut out of them. */
class UnverifiedTest {

    private static final PythonTokens SEKRIT = ItsDangerous.V0_24.keys("sekrit");
    private static final JsonNode VALUE = PythonJson.standard().loads("{\"id\": \"foobar\"}");

    private static final String TIMED = "{\"id\": \"foobar\"}.COWWsA.dect1vZLaDdgFQUA1G_iTpPY3Hg";
    private static final Instant SIGNED = Instant.parse("2015-09-24T14:14:08Z");

    private static final String JWS =
            "eyJhbGciOiJIUzI1NiIsImV4cCI6MTQ0MzEwODAyMywiaWF0IjoxNDQzMTA0NDIzfQ" + ".eyJpZCI6ImZvb2JhciJ9.";

    /** Not Python's: nothing looks at it. */
    private static final String ANY_SIGNATURE = "A".repeat(43);

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void a_dated_token_says_value_and_date(boolean lenient) {
        var tokens = (lenient ? SEKRIT.lenient() : SEKRIT).timedSerializer();
        for (var token : new String[] {TIMED, TIMED + "x", TIMED.replace("dect", "tced")}) {
            var unverified = tokens.unverified(token);
            assertThat(unverified.isWellFormed()).isTrue();
            assertThat(unverified.unverifiedValue()).contains(VALUE);
            assertThat(unverified.unverifiedSignedAt()).contains(SIGNED);
            assertThat(unverified.unverifiedExpiresAt()).isEmpty();
            var bytes = tokens.unverifiedBytes(token.getBytes(StandardCharsets.UTF_8));
            assertThat(bytes.unverifiedValue()).contains(VALUE);
            assertThat(bytes.unverifiedSignedAt()).contains(SIGNED);
        }
    }

    @Test
    void without_a_date_that_is_one_the_value_remains() {
        var tokens = SEKRIT.timedSerializer();
        var undated = tokens.unverified("{\"id\": \"foobar\"}.dect1vZLaDdgFQUA1G_iTpPY3Hg");
        assertThat(undated.unverifiedValue()).contains(VALUE);
        assertThat(undated.unverifiedSignedAt()).isEmpty();
        var misdated = tokens.unverified("{\"id\": \"foobar\"}.CO!WsA.dect1vZLaDdgFQUA1G_iTpPY3Hg");
        assertThat(misdated.unverifiedValue()).contains(VALUE);
        assertThat(misdated.unverifiedSignedAt()).isEmpty();
        assertThat(tokens.unverified("{\"id\": \"foobar\"}").isWellFormed()).isFalse();
        assertThat(tokens.unverified("").isWellFormed()).isFalse();
        assertThat(tokens.unverified(".").unverifiedValue()).isEmpty();
        assertThat(tokens.unverified("\ud800.a.b").isWellFormed()).isFalse();
    }

    /** The first and the last place at which a separator of one byte, or of more, can stand. */
    @ParameterizedTest
    @ValueSource(strings = {":", "::", "\u2192"})
    void a_separator_is_found_wherever_it_stands(String separator) {
        var signer = ItsDangerous.V2_2_0.keys("sekrit").separator(separator).signer();
        assertThat(signer.unverified(separator).unverifiedValue()).contains("");
        assertThat(signer.unverified(separator + "signature").unverifiedValue()).contains("");
        assertThat(signer.unverified("value" + separator).unverifiedValue()).contains("value");
        assertThat(signer.unverified("a" + separator + "b" + separator + "c").unverifiedValue())
                .contains("a" + separator + "b");
        assertThat(signer.unverified("value").isWellFormed()).isFalse();
        assertThat(signer.verify(signer.sign("a" + separator + "b"))).isEqualTo("a" + separator + "b");
        assertThat(signer.unverified(separator.length() > 1 ? "a:b" : "a\u2191b")
                        .isWellFormed())
                .isFalse();
    }

    @Test
    void a_token_of_exactly_the_limits_is_taken_apart() {
        var tokens = SEKRIT.timedSerializer();
        int length = TIMED.length();
        assertThat(tokens.limits(Limits.DEFAULT.tokenLength(length))
                        .unverified(TIMED)
                        .unverifiedValue())
                .contains(VALUE);
        assertThat(tokens.limits(Limits.DEFAULT.tokenLength(length - 1))
                        .unverified(TIMED)
                        .isWellFormed())
                .isFalse();
        assertThat(tokens.limits(Limits.DEFAULT.payloadLength(16))
                        .unverified(TIMED)
                        .unverifiedValue())
                .contains(VALUE);
        assertThat(tokens.limits(Limits.DEFAULT.payloadLength(15))
                        .unverified(TIMED)
                        .unverifiedValue())
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void a_jws_says_value_and_dates(boolean lenient) {
        var python = lenient ? SEKRIT.lenient() : SEKRIT;
        var tokens =
                python.timedJsonWebSignatureSerializer(Duration.ofHours(1)).clock(Clock.fixed(SIGNED, ZoneOffset.UTC));
        var token = JWS + ANY_SIGNATURE;
        var unverified = tokens.unverified(token);
        assertThat(unverified.unverifiedValue()).contains(VALUE);
        assertThat(unverified.unverifiedSignedAt()).contains(Instant.ofEpochSecond(1443104423));
        assertThat(unverified.unverifiedExpiresAt()).contains(Instant.ofEpochSecond(1443108023));
        assertThat(tokens.unverifiedBytes(token.getBytes(StandardCharsets.UTF_8))
                        .unverifiedExpiresAt())
                .contains(Instant.ofEpochSecond(1443108023));

        assertThat(tokens.unverified("a").isWellFormed()).isFalse();
        assertThat(tokens.unverified("a." + ANY_SIGNATURE).isWellFormed()).isFalse();
        assertThat(tokens.unverified("\ud800." + token).isWellFormed()).isFalse();
        var headless = tokens.unverified("e30." + token.substring(token.indexOf('.') + 1));
        assertThat(headless.unverifiedValue()).contains(VALUE);
        assertThat(headless.unverifiedSignedAt()).isEmpty();
        assertThat(headless.unverifiedExpiresAt()).isEmpty();
        var listed = tokens.unverified("W10." + token.substring(token.indexOf('.') + 1));
        assertThat(listed.unverifiedExpiresAt()).isEmpty();
        assertThat(tokens.unverified("e30.!!." + ANY_SIGNATURE).unverifiedValue())
                .isEmpty();

        assertThat(tokens.limits(Limits.DEFAULT.tokenLength(token.length()))
                        .unverified(token)
                        .unverifiedValue())
                .contains(VALUE);
        assertThat(tokens.limits(Limits.DEFAULT.tokenLength(token.length() - 1))
                        .unverified(token)
                        .isWellFormed())
                .isFalse();
        assertThat(tokens.limits(Limits.DEFAULT.payloadLength(15))
                        .unverified(token)
                        .unverifiedValue())
                .contains(VALUE);
        assertThat(tokens.limits(Limits.DEFAULT.payloadLength(14))
                        .unverified(token)
                        .unverifiedValue())
                .isEmpty();
    }
}
