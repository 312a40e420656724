package dev.countermark.itsdangerous;

import static dev.countermark.itsdangerous.PythonAnswers.said;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.countermark.Expired;
import dev.countermark.Reason;
import dev.countermark.Rejected;
import dev.countermark.TimedTokens;
import dev.countermark.Valid;
import dev.countermark.encoding.Base64Url;
import dev.countermark.json.PythonJson;
import dev.countermark.jws.JwsAlgorithm;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Tokens printed in a forum post of 2015, and what Python says of damaged ones. */
class PythonJwsTest {

    private static final String FIRST = "eyJhbGciOiJIUzI1NiIsImV4cCI6MTQ0MzEwODAyMywiaWF0IjoxNDQzMTA0NDIzfQ"
            + ".eyJpZCI6ImZvb2JhciJ9.eCD3zKK1lYT8cZ9w8g0YVpaF-1rR-k6UNCYq9dHmvGo";
    private static final String SECOND = "eyJhbGciOiJIUzI1NiIsImV4cCI6MTQ0MzEwNDUwMCwiaWF0IjoxNDQzMTA0NTAwfQ"
            + ".eyJpZCI6ImZvb2JhciJ9.Eiw3Eco7p61X-ikMxXS5dDVmjYmRSThcsMCxMyuA-r0";
    private static final String THIRD = "eyJhbGciOiJIUzI1NiIsImV4cCI6MTQ0MzEwODIwMywiaWF0IjoxNDQzMTA0NjAzfQ"
            + ".eyJpZCI6ImZvb2JhciJ9.YmrKQTvZEWw4_JOOPn5uEk9QlZNla4o3Gvo09H1MXfM";
    private static final String FOURTH = "eyJhbGciOiJIUzI1NiIsImV4cCI6MTQ0MzEwODIxMSwiaWF0IjoxNDQzMTA0NjExfQ"
            + ".eyJpZCI6ImZvb2JhciJ9.ApeLrwT_R60pkvCYe4ihzJFPG55tGiJK6VSi6BKxAXM";

    private static final PythonJson JSON = PythonJson.standard();
    private static final JsonNode FOOBAR = JSON.loads("{\"id\":\"foobar\"}");
    private static final Duration HOUR = Duration.ofHours(1);
    private static final PythonTokens SEKRIT = ItsDangerous.V0_24.keys("sekrit");
    private static final Instant NOW = Instant.ofEpochSecond(1_700_000_000);

    private static Clock at(Instant instant) {
        return Clock.fixed(instant, ZoneOffset.UTC);
    }

    @ParameterizedTest
    @CsvSource({
        FIRST + ", 2015-09-24T14:20:23Z, 2015-09-24T15:20:23Z",
        SECOND + ", 2015-09-24T14:21:40Z, 2015-09-24T14:21:40Z",
        THIRD + ", 2015-09-24T14:23:23Z, 2015-09-24T15:23:23Z",
        FOURTH + ", 2015-09-24T14:23:31Z, 2015-09-24T15:23:31Z"
    })
    void the_tokens_of_the_forum_post_are_read(String token, Instant signedAt, Instant expiresAt) {
        var tokens = SEKRIT.timedJsonWebSignatureSerializer(HOUR);

        for (var inside : new Instant[] {signedAt, expiresAt}) {
            var valid = (Valid<JsonNode>) tokens.clock(at(inside)).check(token);
            assertThat(valid.value()).isEqualTo(FOOBAR);
            assertThat(valid.signedAt()).contains(signedAt);
            assertThat(valid.expiresAt()).contains(expiresAt);
        }
        for (var late : new Instant[] {expiresAt.plusSeconds(1), Instant.now()}) {
            var verdict = tokens.clock(at(late)).check(token);
            assertThat(verdict).isInstanceOf(Expired.class);
            assertThat(verdict.detail(PythonError.class)).hasValueSatisfying(error -> {
                assertThat(error.className()).isEqualTo("SignatureExpired");
                assertThat(error.message()).isEqualTo("Signature expired");
                assertThat(error.dateSigned()).contains(signedAt);
                assertThat(error.payloadJson()).contains(FOOBAR);
            });
        }
        assertThat(tokens.leeway(Duration.ofSeconds(1))
                        .clock(at(expiresAt.plusSeconds(1)))
                        .check(token))
                .isInstanceOf(Valid.class);
    }

    @Test
    void the_first_token_is_written_in_the_order_of_python_2() {
        var tokens = SEKRIT.jws()
                .headerOrder("alg", "exp", "iat")
                .timedSerializer(HOUR)
                .clock(at(Instant.parse("2015-09-24T14:20:23Z")));
        assertThat(tokens.sign(FOOBAR)).isEqualTo(FIRST);
        assertThat(tokens.clock(at(Instant.parse("2015-09-24T14:20:24Z"))).sign(FOOBAR))
                .isNotEqualTo(FIRST);
    }

    @Test
    void dates_lie_in_the_years_1970_to_9999() {
        var now = Instant.ofEpochSecond(1443104423);
        for (var absurd : new long[] {253_402_300_800L - 1443104423, Long.MAX_VALUE}) {
            var tokens = SEKRIT.timedJsonWebSignatureSerializer(Duration.ofSeconds(absurd));
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> tokens.clock(at(now)).sign(FOOBAR))
                    .withMessageContaining("1970 to 9999");
        }
        var last = Duration.ofSeconds(253_402_300_799L - 1443104423);
        var token = SEKRIT.timedJsonWebSignatureSerializer(last).clock(at(now)).sign(FOOBAR);
        assertThat(token).startsWith(encoded("{\"alg\":\"HS256\",\"iat\":1443104423,\"exp\":253402300799}") + ".");
        for (var absurd : new long[] {-1443104424, Long.MIN_VALUE}) {
            var format = SEKRIT.jws().timedFormat(Duration.ofSeconds(absurd));
            assertThatIllegalArgumentException().isThrownBy(() -> format.write(new byte[] {'1'}, 1443104423, null));
        }
        var first = SEKRIT.jws().timedFormat(Duration.ofSeconds(-1443104423)).write(new byte[] {'1'}, 1443104423, null);
        assertThat(first).startsWith(encoded("{\"alg\":\"HS256\",\"iat\":1443104423,\"exp\":0}") + ".");
    }

    @Test
    void a_skew_and_a_leeway_without_end_refuse_nothing() {
        var endless = Duration.ofSeconds(Long.MAX_VALUE);
        var tokens = SEKRIT.timedJsonWebSignatureSerializer(HOUR);
        assertThat(tokens.clockSkew(endless)
                        .clock(at(Instant.parse("2015-09-24T14:20:00Z")))
                        .check(FIRST))
                .isInstanceOf(Valid.class);
        assertThat(tokens.leeway(endless)
                        .clock(at(Instant.parse("2026-09-24T14:20:00Z")))
                        .check(FIRST))
                .isInstanceOf(Valid.class);
    }

    @Test
    void the_header_is_returned() {
        var header = JSON.loads("{\"alg\":\"HS256\",\"exp\":1443108023,\"iat\":1443104423}");
        var tokens = SEKRIT.timedJsonWebSignatureSerializer(HOUR).clock(at(Instant.ofEpochSecond(1443104423)));
        assertThat(tokens.check(FIRST).detail(ReturnedHeader.class).map(ReturnedHeader::header))
                .contains((ObjectNode) header);
        assertThat(SEKRIT.jws().unverifiedHeader(FIRST)).contains(header);
    }

    @Test
    void fields_of_the_header_keep_their_place() {
        var fields = (ObjectNode) JSON.loads("{\"x\":1,\"alg\":\"none\",\"y\":2}");
        var tokens = SEKRIT.jws().headerFields(fields).timedSerializer(HOUR).clock(at(NOW));
        assertThat(tokens.sign(FOOBAR))
                .startsWith(encoded("{\"x\":1,\"alg\":\"HS256\",\"y\":2,\"iat\":1700000000,\"exp\":1700003600}") + ".");
    }

    @ParameterizedTest
    @EnumSource(
            value = ItsDangerous.class,
            names = {"V2_1_0", "V2_1_2", "V2_2_0"})
    void there_are_no_jws_classes_since_2_1(ItsDangerous release) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> release.keys("sekrit").jsonWebSignatureSerializer())
                .withMessageContaining("2.0.1");
    }

    @ParameterizedTest
    @CsvSource({"V0_24, HS256", "V1_0_0, HS512", "V1_1_0, HS512", "V2_0_0, HS512", "V2_0_1, HS512"})
    void the_algorithm_is_that_of_the_release(ItsDangerous release, JwsAlgorithm algorithm) {
        var token = release.keys("sekrit").jsonWebSignatureSerializer().sign(FOOBAR);
        assertThat(token).startsWith(encoded("{\"alg\":\"" + algorithm + "\"}") + ".");
    }

    @Test
    void an_untimed_reader_refuses_an_expiry_in_the_header() {
        var untimed = SEKRIT.jsonWebSignatureSerializer();
        assertThat(((Rejected<?>) untimed.check(FIRST)).reason()).isEqualTo(Reason.CLAIM_MISMATCH);
        assertThat(SEKRIT.lenient().jsonWebSignatureSerializer().verify(FIRST)).isEqualTo(FOOBAR);

        var both = SEKRIT.jws().alsoReadingTimed().serializer();
        assertThat(both.clock(at(Instant.ofEpochSecond(1443108023))).verify(FIRST))
                .isEqualTo(FOOBAR);
        assertThat(both.clock(at(Instant.ofEpochSecond(1443108024))).check(FIRST))
                .isInstanceOf(Expired.class);
        assertThat(both.verify(untimed.sign(FOOBAR))).isEqualTo(FOOBAR);
    }

    @Test
    void a_token_without_an_expiry_is_refused_by_the_timed_reader() {
        var verdict = timed().check(SEKRIT.jsonWebSignatureSerializer().sign(FOOBAR));
        assertThat(((Rejected<?>) verdict).reason()).isEqualTo(Reason.EXPIRY_MISSING);
        assertThat(said(verdict)).isEqualTo("BadSignature: Missing expiry date");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1700000060.0",
                "1.7e10",
                "\"1700000060\"",
                "\" 1700000060 \"",
                "\"+1700000060\"",
                "\"1_700_000_060\"",
                "253402300800",
                "9223372036854775808",
                "1000000000000000000000000000000",
                "1e400",
                "Infinity",
                "NaN",
                "null",
                "[]",
                "{}",
                "-1",
                "\"never\""
            })
    void an_expiry_is_an_integer_in_range_in_both_modes(String expiry) {
        var token = signed("{\"alg\":\"HS512\",\"exp\":" + expiry + "}", "{}");
        for (var python : new PythonTokens[] {KEYS, KEYS.lenient()}) {
            assertThat(python.timedJsonWebSignatureSerializer(HOUR)
                            .clock(at(NOW))
                            .check(token))
                    .isInstanceOf(Rejected.class);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"alg\":\"HS512\",\"exp\":-1}              | BadHeader: Expiry date is not an IntDate",
                "{\"alg\":\"HS512\",\"exp\":\"never\"}       | BadHeader: Expiry date is not an IntDate",
                "{\"alg\":\"HS512\",\"exp\":NaN}             | BadHeader: Expiry date is not an IntDate",
                "{\"alg\":\"HS512\",\"exp\":0}               | SignatureExpired: Signature expired",
                "{\"alg\":\"HS512\",\"exp\":true}            | SignatureExpired: Signature expired",
                "{\"alg\":\"HS512\",\"exp\":\"1_6\"}         | SignatureExpired: Signature expired",
                "{\"alg\":\"HS256\"}                         | BadHeader: Algorithm mismatch",
                "{\"alg\":\"none\"}                          | BadHeader: Algorithm mismatch",
                "{}                                          | BadHeader: Algorithm mismatch",
                "[]                                          | BadHeader: Header payload is not a JSON object",
                "{                                           | BadHeader: Could not unserialize header because it was"
                        + " malformed",
                "{\"alg\":\"HS512\"}                         | BadSignature: Missing expiry date",
                "{\"alg\":\"HS512\",\"exp\":null}            | nothing",
                "{\"alg\":\"HS512\",\"exp\":\"1700000060\"}  | nothing",
                "{\"alg\":\"HS512\",\"exp\":1e10}            | nothing",
            })
    void a_refusal_says_what_python_says(String header, String expected) {
        var token = signed(header, "{}");
        for (var python : new PythonTokens[] {KEYS, KEYS.lenient()}) {
            assertThat(said(python.timedJsonWebSignatureSerializer(HOUR)
                            .clock(at(NOW))
                            .check(token)))
                    .isEqualTo(expected);
        }
    }

    @Test
    void a_bad_signature_says_what_python_says() {
        assertThat(said(timed().check("nothing"))).isEqualTo("BadSignature: No '.' found in value");
        assertThat(said(KEYS.jsonWebSignatureSerializer().check("nothing")))
                .isEqualTo("BadSignature: No b'.' found in value");
        assertThat(said(timed().check("a.b"))).isEqualTo("BadSignature: Signature b'b' does not match");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1700000001", "-1", "1.5", "1e400", "NaN", "\"now\"", "[]", "true", "null"})
    void a_date_of_issue_is_an_integer_that_has_passed(String issued) {
        var token = signed("{\"alg\":\"HS512\",\"iat\":" + issued + ",\"exp\":1700000060}", "{}");
        assertThat(KEYS.timedJsonWebSignatureSerializer(HOUR).clock(at(NOW)).check(token))
                .isInstanceOf(Rejected.class);
        assertThat(
                        KEYS.lenient()
                                        .timedJsonWebSignatureSerializer(HOUR)
                                        .clock(at(NOW))
                                        .check(token)
                                instanceof Valid)
                .isEqualTo(issued.equals("1700000001"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"crit", "b64", "zip", "jku", "jwk", "x5u", "x5c", "x5t", "x5t#S256"})
    void members_that_ask_for_more_are_refused_when_strict(String name) {
        var token = signed("{\"alg\":\"HS512\",\"" + name + "\":[\"x\"]}", "{}");
        assertThat(KEYS.jsonWebSignatureSerializer().check(token)).isInstanceOf(Rejected.class);
        assertThat(KEYS.lenient().jsonWebSignatureSerializer().check(token)).isInstanceOf(Valid.class);
    }

    @Test
    void a_header_has_at_most_4096_bytes_in_both_modes() {
        for (var python : new PythonTokens[] {KEYS, KEYS.lenient()}) {
            var tokens = python.jsonWebSignatureSerializer();
            var header = "{\"alg\":\"HS512\",\"p\":\"" + "p".repeat(4096 - 22) + "\"}";
            assertThat(tokens.check(signed(header, "{}"))).isInstanceOf(Valid.class);
            assertThat(tokens.check(signed(header.replace("pp\"", "ppp\""), "{}")))
                    .isInstanceOf(Rejected.class);
        }
    }

    @Test
    void other_spellings_are_read_only_when_lenient() {
        var strict = KEYS.jsonWebSignatureSerializer();
        var lenient = KEYS.lenient().jsonWebSignatureSerializer();
        var token = strict.sign(FOOBAR);
        for (var other : new String[] {token + "=", token + "==", token.substring(0, token.length() - 1) + "x"}) {
            if (!other.equals(token)) {
                assertThat(strict.check(other)).as(other).isInstanceOf(Rejected.class);
            }
        }
        assertThat(lenient.check(token + "==")).isInstanceOf(Valid.class);
        assertThat(said(strict.check(token + "=="))).isEqualTo("nothing");
    }

    @Test
    void keys_are_tried_newest_first() {
        var both =
                ItsDangerous.V2_0_1.keys(PythonKeys.oldestFirst("old", "new")).jsonWebSignatureSerializer();
        var old = ItsDangerous.V2_0_1.keys("old").jsonWebSignatureSerializer().sign(FOOBAR);
        var current =
                ItsDangerous.V2_0_1.keys("new").jsonWebSignatureSerializer().sign(FOOBAR);
        assertThat(both.sign(FOOBAR)).isEqualTo(current);
        assertThat(((Valid<?>) both.check(old)).reissue()).isTrue();
        assertThat(((Valid<?>) both.check(current)).reissue()).isFalse();
    }

    private static final PythonTokens KEYS = ItsDangerous.V2_0_1.keys("sekrit");

    private static TimedTokens<JsonNode> timed() {
        return SEKRIT.timedJsonWebSignatureSerializer(HOUR).clock(at(NOW));
    }

    private static String encoded(String text) {
        return Base64Url.encode(text.getBytes(UTF_8));
    }

    private static String signed(String header, String payload) {
        var text = encoded(header) + "." + encoded(payload);
        var mac = JwsAlgorithm.HS512.mac().withKey("sekrit".getBytes(UTF_8));
        return text + "." + Base64Url.encode(mac.compute(text.getBytes(UTF_8)));
    }
}
