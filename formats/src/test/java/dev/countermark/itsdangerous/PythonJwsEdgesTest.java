package dev.countermark.itsdangerous;

import static dev.countermark.itsdangerous.PythonAnswers.at;
import static dev.countermark.itsdangerous.PythonAnswers.reason;
import static dev.countermark.itsdangerous.PythonAnswers.said;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.countermark.DatedTokens;
import dev.countermark.Expired;
import dev.countermark.Reason;
import dev.countermark.Valid;
import dev.countermark.encoding.Base64Url;
import dev.countermark.json.PythonJson;
import dev.countermark.jws.JwsAlgorithm;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** The first and the last of what the JWS classes take, and what they say of the rest. */
class PythonJwsEdgesTest {

    private static final PythonTokens KEYS = ItsDangerous.V2_0_1.keys("sekrit");
    private static final JsonNode VALUE = PythonJson.standard().loads("{\"id\":\"foobar\"}");
    private static final Duration HOUR = Duration.ofHours(1);
    private static final long NOW = 1_700_000_000;
    private static final long END_OF_9999 = 253_402_300_799L;

    private static PythonTokens python(boolean lenient) {
        return lenient ? KEYS.lenient() : KEYS;
    }

    private static String encoded(String text) {
        return Base64Url.encode(text.getBytes(UTF_8));
    }

    private static String signed(JwsAlgorithm algorithm, String header, String payload) {
        return signedText(algorithm, encoded(header) + "." + encoded(payload));
    }

    private static String signedText(JwsAlgorithm algorithm, String text) {
        var mac = algorithm.mac().withKey("sekrit".getBytes(UTF_8));
        return text + "." + Base64Url.encode(mac.compute(text.getBytes(UTF_8)));
    }

    private static String header(int length) {
        var header = "{\"alg\":\"HS512\",\"iat\":1700000000,\"exp\":1700000060,\"p\":\"\"}";
        return header.replace("\"\"}", "\"" + "p".repeat(length - header.length()) + "\"}");
    }

    @Test
    void a_strict_reader_names_what_is_wrong_with_the_header() {
        var untimed = KEYS.jsonWebSignatureSerializer();
        for (var algorithm : new String[] {"{}", "{\"alg\":1}", "{\"alg\":\"HS256\"}", "{\"alg\":\"none\"}"}) {
            assertThat(reason(untimed.check(signed(JwsAlgorithm.HS512, algorithm, "{}"))))
                    .isEqualTo(Reason.ALGORITHM_MISMATCH);
        }
        assertThat(reason(untimed.check(signed(JwsAlgorithm.HS512, "{\"alg\":\"HS512\",\"kid\":1}", "{}"))))
                .isEqualTo(Reason.HEADER_MALFORMED);
        assertThat(untimed.check(signed(JwsAlgorithm.HS512, "{\"alg\":\"HS512\",\"kid\":\"a\"}", "{}")))
                .isInstanceOf(Valid.class);
        assertThat(reason(untimed.check(signed(JwsAlgorithm.HS512, "", "{}")))).isEqualTo(Reason.HEADER_MALFORMED);
        assertThat(reason(untimed.check(signedText(JwsAlgorithm.HS512, encoded("{}")))))
                .isEqualTo(Reason.MALFORMED);
    }

    @Test
    void members_that_nobody_ordered_follow_those_that_were() {
        var token = KEYS.jws()
                .headerOrder("exp", "absent")
                .timedSerializer(HOUR)
                .clock(at(NOW))
                .sign(VALUE);
        assertThat(token).startsWith(encoded("{\"exp\":1700003600,\"alg\":\"HS512\",\"iat\":1700000000}") + ".");
    }

    @Test
    void the_first_and_the_last_date_are_written() {
        var zero = DatedTokens.of(KEYS.jws().timedFormat(Duration.ZERO), PythonJson.standard());
        assertThat(zero.clock(at(0)).sign(VALUE)).startsWith(encoded("{\"alg\":\"HS512\",\"iat\":0,\"exp\":0}"));
        var past = DatedTokens.of(KEYS.jws().timedFormat(Duration.ofSeconds(-1)), PythonJson.standard());
        assertThat(past.clock(at(END_OF_9999)).sign(VALUE))
                .startsWith(encoded("{\"alg\":\"HS512\",\"iat\":253402300799,\"exp\":253402300798}"));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void an_age_can_be_demanded_too(boolean lenient) {
        var hour = python(lenient).timedJsonWebSignatureSerializer(HOUR).clock(at(NOW + 100));
        var dated = hour.clock(at(NOW)).sign(VALUE);
        assertThat(hour.check(dated, Duration.ofSeconds(100))).isInstanceOf(Valid.class);
        assertThat(hour.check(dated, Duration.ofSeconds(99))).isInstanceOf(Expired.class);
        var undated = signed(JwsAlgorithm.HS512, "{\"alg\":\"HS512\",\"exp\":1700000100}", "{}");
        assertThat(hour.check(undated)).isInstanceOf(Valid.class);
        assertThat(reason(hour.check(undated, HOUR))).isEqualTo(Reason.DATE_MISSING);
        assertThat(hour.clock(at(NOW + 101)).check(undated)).isInstanceOf(Expired.class);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void what_the_header_says_is_shown_up_to_4096_bytes(boolean lenient) {
        var jws = python(lenient).jws();
        var tokens = jws.timedSerializer(HOUR);
        var longest = encoded(header(4096)) + ".e30.";
        assertThat(jws.unverifiedHeader(longest)).isPresent();
        assertThat(tokens.unverified(longest).unverifiedExpiresAt()).contains(Instant.ofEpochSecond(NOW + 60));
        var longer = encoded(header(4097)) + ".e30.";
        assertThat(jws.unverifiedHeader(longer)).isEmpty();
        assertThat(tokens.unverified(longer).isWellFormed()).isTrue();
        assertThat(tokens.unverified(longer).unverifiedExpiresAt()).isEmpty();

        assertThat(jws.unverifiedHeader(".e30.")).isEmpty();
        assertThat(jws.unverifiedHeader("e30")).isEmpty();
        assertThat(jws.unverifiedHeader("\ud800.e30.")).isEmpty();
        var headless = tokens.unverified("." + encoded("{\"id\":\"foobar\"}") + ".");
        assertThat(headless.unverifiedValue()).contains(VALUE);
        assertThat(headless.unverifiedSignedAt()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void other_spellings_are_shown_only_when_lenient(boolean lenient) {
        var jws = python(lenient).jws();
        var token = "!!!!" + encoded(header(80)) + ".!!!!" + encoded("{\"id\":\"foobar\"}") + ".";
        assertThat(jws.unverifiedHeader(token).isPresent()).isEqualTo(lenient);
        var unverified = jws.timedSerializer(HOUR).unverified(token);
        assertThat(unverified.unverifiedValue().isPresent()).isEqualTo(lenient);
        assertThat(unverified.unverifiedSignedAt().isPresent()).isEqualTo(lenient);
    }

    /** Python has no bound for a name; CPython 3.11 reads an integer of 4,300 digits. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void what_is_only_too_long_for_us_is_no_error_of_python(boolean lenient) {
        var untimed = python(lenient).jsonWebSignatureSerializer();
        var name = "\"" + "n".repeat(1025) + "\":1}";
        var payload = untimed.check(signed(JwsAlgorithm.HS512, "{\"alg\":\"HS512\"}", "{" + name));
        assertThat(reason(payload)).isEqualTo(Reason.PAYLOAD_MALFORMED);
        assertThat(said(payload)).isEqualTo("nothing");
        var header = untimed.check(signed(JwsAlgorithm.HS512, "{\"alg\":\"HS512\"," + name, "{}"));
        assertThat(reason(header)).isEqualTo(Reason.HEADER_MALFORMED);
        assertThat(said(header)).isEqualTo("nothing");
        var cut = untimed.check(signed(JwsAlgorithm.HS512, "{\"alg\":\"HS512\"}", "{"));
        assertThat(reason(cut)).isEqualTo(Reason.PAYLOAD_MALFORMED);
        assertThat(said(cut)).startsWith("BadPayload: Could not load the payload");
    }

    /** 0.24 compares {@code exp} with the clock as it stands, {@code true} being 1: {@code header['exp'] < self.now()}. */
    @ParameterizedTest
    @CsvSource({
        "1700000000.0, 1700000000, nothing",
        "1700000000.0, 1700000001, SignatureExpired: Signature expired",
        "true, 1, nothing",
        "true, 2, SignatureExpired: Signature expired",
        "253402300800, 253402300800, nothing",
        "253402300800, 253402300801, SignatureExpired: Signature expired",
        "0.0, 1, BadSignature: expiry date is not an IntDate",
        "0.5, 1, SignatureExpired: Signature expired"
    })
    void an_expiry_of_0_24_is_past_one_second_later(String expiry, long now, String expected) {
        var token = signed(JwsAlgorithm.HS256, "{\"alg\":\"HS256\",\"exp\":" + expiry + "}", "{}");
        var python = ItsDangerous.V0_24.keys("sekrit");
        for (var each : new PythonTokens[] {python, python.lenient()}) {
            var verdict =
                    each.timedJsonWebSignatureSerializer(HOUR).clock(at(now)).check(token);
            assertThat(reason(verdict)).isEqualTo(Reason.EXPIRY_MALFORMED);
            assertThat(said(verdict)).isEqualTo(expected);
        }
    }

    /** {@code datetime} begins with the year 1 and ends with 9999. */
    @ParameterizedTest
    @CsvSource({
        "-62135596800, 0001-01-01T00:00:00Z",
        "-62135596801, ",
        "253402300799, 9999-12-31T23:59:59Z",
        "253402300800, ",
        "true, 1970-01-01T00:00:01Z",
        "false, 1970-01-01T00:00:00Z"
    })
    void the_date_of_an_expired_token_is_one_of_python(String issued, Instant date) {
        var token = signed(JwsAlgorithm.HS512, "{\"alg\":\"HS512\",\"iat\":" + issued + ",\"exp\":1}", "{}");
        var verdict = KEYS.lenient()
                .timedJsonWebSignatureSerializer(HOUR)
                .clock(at(NOW))
                .check(token);
        assertThat(verdict).isNotInstanceOf(Valid.class);
        assertThat(verdict.detail(PythonError.class).flatMap(PythonError::dateSigned))
                .isEqualTo(Optional.ofNullable(date));
        assertThat(said(verdict)).isEqualTo(date == null ? "nothing" : "SignatureExpired: Signature expired");
    }
}
