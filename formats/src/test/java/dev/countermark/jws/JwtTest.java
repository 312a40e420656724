package dev.countermark.jws;

import static dev.countermark.jws.JwsKeysForTests.NOW;
import static dev.countermark.jws.JwsKeysForTests.at;
import static dev.countermark.jws.JwsKeysForTests.key;
import static dev.countermark.jws.JwsKeysForTests.keyring;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.countermark.Codec;
import dev.countermark.Expired;
import dev.countermark.Keyring;
import dev.countermark.Reason;
import dev.countermark.Rejected;
import dev.countermark.SigningKey;
import dev.countermark.TimedTokens;
import dev.countermark.Valid;
import dev.countermark.Verdict;
import dev.countermark.encoding.Base64Url;
import dev.countermark.json.Json;
import dev.countermark.json.PythonJson;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class JwtTest {

    private static final Keyring KEYS = keyring(1);
    private static final PythonJson JSON = PythonJson.standard().compact();
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Jwt<JsonNode> JWT = Jwt.of(KEYS, JwsAlgorithm.HS256, JSON);
    private static final TimedTokens<JsonNode> TOKENS = JWT.expiringAfter(HOUR).clock(at(NOW));

    @Test
    void reads_rfc_7515_a_1() {
        var key = SigningKey.weak(Base64Url.decodeOrNull(
                "AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ-EstJQLr_T-1qS0gZH75aKtMN3Yj0iPS4hcgUuTwjAzZr1Z9CAow"));
        var token = "eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9"
                + ".eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ"
                + ".dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
        var tokens =
                Jwt.of(Keyring.of(key), JwsAlgorithm.HS256, JSON).issuer("joe").expiringAfter(HOUR);

        var valid = (Valid<JsonNode>) tokens.clock(at(1300819379)).check(token);
        assertThat(valid.value()).hasToString("{\"http://example.com/is_root\":true}");
        assertThat(valid.expiresAt()).contains(Instant.ofEpochSecond(1300819380));
        assertThat(valid.signedAt()).isEmpty();
        assertThat(tokens.clock(at(1300819380)).check(token)).isInstanceOf(Expired.class);
        assertThat(tokens.leeway(Duration.ofSeconds(1)).clock(at(1300819380)).check(token))
                .isInstanceOf(Valid.class);
    }

    @Test
    void writes_the_claims_before_the_value() {
        var token = JWT.issuer("h\u00e9\"")
                .audience("shop")
                .expiringAfter(HOUR)
                .clock(at(NOW))
                .sign(json("{\"sub\":\"ada\",\"n\":[1,2.5]}"));

        assertThat(part(token, 0)).isEqualTo("{\"alg\":\"HS256\",\"typ\":\"JWT\"}");
        assertThat(part(token, 1))
                .isEqualTo("{\"iss\":\"h\\u00e9\\\"\",\"aud\":\"shop\",\"iat\":1700000000,\"exp\":1700003600,"
                        + "\"sub\":\"ada\",\"n\":[1,2.5]}");
        assertThat(JWT.issuer("h\u00e9\"")
                        .audience("shop")
                        .expiringAfter(HOUR)
                        .clock(at(NOW))
                        .verify(token))
                .isEqualTo(json("{\"sub\":\"ada\",\"n\":[1,2.5]}"));
    }

    record Login(String sub, List<String> roles) {}

    @Test
    void a_record_holds_the_claims_of_the_application() {
        var logins = Jwt.of(KEYS, JwsAlgorithm.HS256, Json.of(Login.class))
                .issuer("accounts")
                .expiringAfter(HOUR)
                .clock(at(NOW));
        var login = new Login("ada", List.of("admin", "caf\u00e9"));

        assertThat(logins.verify(logins.sign(login))).isEqualTo(login);
        assertThat(logins.check(logins.sign(login)).detail(Claims.class).flatMap(Claims::subject))
                .contains("ada");
        var wrong = signed("{\"iss\":\"accounts\",\"exp\":1700000001,\"sub\":7,\"roles\":[]}");
        assertThat(((Rejected<?>) logins.check(wrong)).reason()).isEqualTo(Reason.PAYLOAD_MALFORMED);
        var repeated = signed("{\"iss\":\"accounts\",\"exp\":1700000001,\"sub\":\"a\",\"sub\":\"b\",\"roles\":[]}");
        assertThat(((Rejected<?>) logins.check(repeated)).reason()).isEqualTo(Reason.PAYLOAD_MALFORMED);
    }

    @Test
    void an_empty_value_comes_back_empty() {
        assertThat(TOKENS.verify(TOKENS.sign(json("{}")))).isEqualTo(json("{}"));
    }

    @Test
    void the_name_of_the_key_is_written() {
        var tokens = Jwt.of(Keyring.of(key(1).named("2026-11")), JwsAlgorithm.HS256, JSON)
                .expiringAfter(HOUR);
        assertThat(part(tokens.sign(json("{}")), 0))
                .isEqualTo("{\"alg\":\"HS256\",\"typ\":\"JWT\",\"kid\":\"2026-11\"}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"iss", "aud", "exp", "nbf", "iat", "\\u0065xp"})
    void a_value_does_not_bring_claims_of_the_format(String name) {
        var value = "{\"a\":1,\"" + name + "\":5}";
        // Written as it is, with the escape.
        var tokens = Jwt.of(KEYS, JwsAlgorithm.HS256, Codec.bytes()).expiringAfter(HOUR);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> tokens.sign(value.getBytes(UTF_8)))
                .withMessageContaining("iss, aud, exp, nbf or iat");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[1]", "1", "\"x\"", "null", "{\"a\":1}{", "{\"a\"", "", "{\"a\":1,}", "{,}", "{a:1}"})
    void a_value_is_an_object(String value) {
        var tokens = Jwt.of(KEYS, JwsAlgorithm.HS256, Codec.bytes()).expiringAfter(HOUR);
        assertThatIllegalArgumentException().isThrownBy(() -> tokens.sign(value.getBytes(UTF_8)));
        assertThat(reason(signed(value))).isEqualTo(Reason.PAYLOAD_MALFORMED);
    }

    @Test
    void expiry_cannot_be_forgotten() {
        var token = signed("{\"id\":1}");

        assertThat(reason(token)).isEqualTo(Reason.EXPIRY_MISSING);
        assertThat(JWT.neverExpiring().verify(token)).isEqualTo(json("{\"id\":1}"));
        assertThat(JWT.neverExpiring().clock(at(NOW)).verify(signed("{\"exp\":1700000001}")))
                .isEqualTo(json("{}"));
        assertThat(JWT.neverExpiring().clock(at(NOW)).check(signed("{\"exp\":1700000000}")))
                .isInstanceOf(Expired.class);
        assertThat(JWT.neverExpiring().clock(at(NOW)).sign(json("{}")))
                .satisfies(written -> assertThat(part(written, 1)).isEqualTo("{\"iat\":1700000000}"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1700000001.0",
                "1.7e9",
                "1700000001.5",
                "\"1700000001\"",
                "true",
                "null",
                "-1",
                "-0",
                "01700000001",
                "+1700000001",
                "253402300800",
                "9223372036854775808",
                "18446744075409551676",
                "1e400",
                "NaN",
                "[1700000001]",
                "{}",
                "\"\""
            })
    void a_date_is_an_integer_of_the_years_1970_to_9999(String date) {
        assertThat(reason(signed("{\"exp\":" + date + "}"))).isEqualTo(Reason.EXPIRY_MALFORMED);
        assertThat(reason(signed("{\"exp\":1700000001,\"nbf\":" + date + "}"))).isEqualTo(Reason.DATE_MALFORMED);
        assertThat(reason(signed("{\"exp\":1700000001,\"iat\":" + date + "}"))).isEqualTo(Reason.DATE_MALFORMED);
    }

    @ParameterizedTest
    @CsvSource({
        "1700000000, VALID",
        "1700000030, VALID",
        "1700000031, NOT_YET_VALID",
        "253402300799, NOT_YET_VALID",
    })
    void a_token_counts_from_its_nbf(long notBefore, String expected) {
        assertThat(outcome(TOKENS.check(signed("{\"exp\":253402300799,\"nbf\":" + notBefore + "}"))))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"1700000030, VALID", "1700000031, FROM_THE_FUTURE"})
    void a_token_is_not_from_the_future(long issuedAt, String expected) {
        assertThat(outcome(TOKENS.check(signed("{\"exp\":253402300799,\"iat\":" + issuedAt + "}"))))
                .isEqualTo(expected);
        assertThat(outcome(TOKENS.clockSkew(Duration.ZERO).check(signed("{\"exp\":1700000020,\"iat\":1700000001}"))))
                .isEqualTo("FROM_THE_FUTURE");
    }

    @Test
    void a_token_does_not_expire_before_it_is_made() {
        assertThat(reason(signed("{\"iat\":1700000000,\"exp\":1699999999}"))).isEqualTo(Reason.EXPIRY_MALFORMED);
    }

    @Test
    void an_age_can_be_demanded_too() {
        var token = TOKENS.sign(json("{}"));
        assertThat(TOKENS.clock(at(NOW + 60)).check(token, Duration.ofSeconds(60)))
                .isInstanceOf(Valid.class);
        assertThat(TOKENS.clock(at(NOW + 61)).check(token, Duration.ofSeconds(60)))
                .isInstanceOf(Expired.class);
        assertThat(((Rejected<?>) TOKENS.check(signed("{\"exp\":1700000001}"), HOUR)).reason())
                .isEqualTo(Reason.DATE_MISSING);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''                                   | none     | VALID",
                "'\"iss\":\"a\",'                     | none     | CLAIM_MISMATCH",
                "'\"iss\":\"a\",'                     | expected | VALID",
                "'\"\\u0069ss\":\"\\u0061\",'         | expected | VALID",
                "'\"iss\":\"A\",'                     | expected | CLAIM_MISMATCH",
                "''                                   | expected | CLAIM_MISMATCH",
                "'\"iss\":[\"a\"],'                   | expected | PAYLOAD_MALFORMED",
                "'\"iss\":\"b\",'                     | ignored  | VALID",
                "''                                   | ignored  | VALID",
                "'\"iss\":5,'                         | ignored  | PAYLOAD_MALFORMED",
                "'\"iss\":{],'                        | ignored  | PAYLOAD_MALFORMED",
                "'\"iss\":\"a\",\"iss\":\"a\",'       | ignored  | PAYLOAD_MALFORMED",
                "'\"iss\":\"\\ud800\",'               | ignored  | PAYLOAD_MALFORMED",
            })
    void an_issuer_is_expected_or_ignored(String claim, String expectation, String expected) {
        var jwt = switch (expectation) {
            case "expected" -> JWT.issuer("a");
            case "ignored" -> JWT.ignoringIssuer();
            default -> JWT;
        };
        assertThat(outcome(jwt.expiringAfter(HOUR).clock(at(NOW)).check(signed("{" + claim + "\"exp\":1700000001}"))))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''                             | none     | VALID",
                "'\"aud\":\"a\",'               | none     | CLAIM_MISMATCH",
                "'\"aud\":[],'                  | none     | CLAIM_MISMATCH",
                "'\"aud\":\"a\",'               | expected | VALID",
                "'\"aud\":[\"b\",\"a\"],'       | expected | VALID",
                "'\"aud\":[\"b\"],'             | expected | CLAIM_MISMATCH",
                "'\"aud\":[],'                  | expected | CLAIM_MISMATCH",
                "''                             | expected | CLAIM_MISMATCH",
                "'\"aud\":[\"a\",1],'           | expected | PAYLOAD_MALFORMED",
                "'\"aud\":{\"a\":1},'           | expected | PAYLOAD_MALFORMED",
                "'\"aud\":null,'                | expected | PAYLOAD_MALFORMED",
                "'\"aud\":[\"b\"],'             | ignored  | VALID",
                "'\"aud\":[\"b\"}],'            | ignored  | PAYLOAD_MALFORMED",
            })
    void an_audience_is_expected_or_ignored(String claim, String expectation, String expected) {
        var jwt = switch (expectation) {
            case "expected" -> JWT.audience("a");
            case "ignored" -> JWT.ignoringAudience();
            default -> JWT;
        };
        assertThat(outcome(jwt.expiringAfter(HOUR).clock(at(NOW)).check(signed("{" + claim + "\"exp\":1700000001}"))))
                .isEqualTo(expected);
    }

    @Test
    void a_type_is_expected_or_ignored() {
        var access = JWT.type("at+jwt").expiringAfter(HOUR).clock(at(NOW));
        var token = access.sign(json("{}"));
        var untyped = signed("{\"alg\":\"HS256\"}", "{\"exp\":1700000001}");

        assertThat(access.check(token)).isInstanceOf(Valid.class);
        assertThat(reason(token)).isEqualTo(Reason.CLAIM_MISMATCH);
        assertThat(outcome(access.check(TOKENS.sign(json("{}"))))).isEqualTo("CLAIM_MISMATCH");
        assertThat(outcome(access.check(untyped))).isEqualTo("CLAIM_MISMATCH");
        assertThat(TOKENS.check(untyped)).isInstanceOf(Valid.class);
        assertThat(JWT.ignoringType().expiringAfter(HOUR).clock(at(NOW)).check(token))
                .isInstanceOf(Valid.class);
    }

    @Test
    void an_expiry_in_the_header_is_not_ours() {
        assertThat(reason(signed("{\"alg\":\"HS256\",\"exp\":1800000000}", "{\"exp\":1800000000}")))
                .isEqualTo(Reason.HEADER_MALFORMED);
    }

    @Test
    void the_registered_claims_can_be_asked_for() {
        var token = signed("{\"iss\":\"a\",\"sub\":\"s\",\"aud\":[\"x\",\"y\"],\"exp\":1700000001,\"nbf\":1699999999,"
                + "\"iat\":1699999998,\"jti\":\"7\"}");
        var verdict = JWT.ignoringIssuer()
                .ignoringAudience()
                .expiringAfter(HOUR)
                .clock(at(NOW))
                .check(token);

        assertThat(verdict.orThrow()).isEqualTo(json("{\"sub\":\"s\",\"jti\":\"7\"}"));
        assertThat(verdict.detail(Claims.class)).hasValueSatisfying(claims -> {
            assertThat(claims.issuer()).contains("a");
            assertThat(claims.subject()).contains("s");
            assertThat(claims.audience()).containsExactly("x", "y");
            assertThat(claims.expiresAt()).contains(Instant.ofEpochSecond(1700000001));
            assertThat(claims.notBefore()).contains(Instant.ofEpochSecond(1699999999));
            assertThat(claims.issuedAt()).contains(Instant.ofEpochSecond(1699999998));
            assertThat(claims.tokenId()).contains("7");
            assertThat(claims).hasToString("Claims");
        });
    }

    @Test
    void white_space_and_order_are_the_writers_business() {
        assertThat(TOKENS.verify(signed(" {\r\n\t\"a\" : { \"exp\" : \"}\" } ,\n \"exp\" : 1700000001 , \"b\":[ ] } ")))
                .isEqualTo(json("{\"a\":{\"exp\":\"}\"},\"b\":[]}"));
    }

    @Test
    void repeated_members_are_refused() {
        assertThat(reason(signed("{\"exp\":1,\"exp\":1700000001}"))).isEqualTo(Reason.PAYLOAD_MALFORMED);
        assertThat(reason(signed("{\"exp\":1700000001,\"\\u0065xp\":1}"))).isEqualTo(Reason.PAYLOAD_MALFORMED);
        assertThat(reason(signed("{\"exp\":1700000001,\"a\":1,\"a\":1}"))).isEqualTo(Reason.PAYLOAD_MALFORMED);
    }

    @Test
    void what_a_token_says_can_be_looked_at() {
        var unverified = TOKENS.unverified(TOKENS.sign(json("{\"id\":1}")));
        assertThat(unverified.unverifiedValue()).contains(json("{\"id\":1}"));
        assertThat(unverified.unverifiedExpiresAt()).contains(Instant.ofEpochSecond(NOW + 3600));
        assertThat(TOKENS.unverified("a.b.c").isWellFormed()).isFalse();
    }

    private static Reason reason(String token) {
        return ((Rejected<?>) TOKENS.check(token)).reason();
    }

    private static String outcome(Verdict<?> verdict) {
        return verdict instanceof Rejected<?> rejected
                ? rejected.reason().name()
                : verdict.getClass().getSimpleName().toUpperCase(Locale.ROOT);
    }

    private static JsonNode json(String text) {
        return JSON.loads(text);
    }

    private static String part(String token, int index) {
        int dot = token.indexOf('.');
        var text = index == 0 ? token.substring(0, dot) : token.substring(dot + 1, token.lastIndexOf('.'));
        return new String(Base64Url.decodeOrNull(text), UTF_8);
    }

    private static String signed(String payload) {
        return signed("{\"typ\":\"JWT\",\"alg\":\"HS256\"}", payload);
    }

    private static String signed(String header, String payload) {
        var text = JwsTest.encoded(header) + "." + JwsTest.encoded(payload);
        var mac = JwsAlgorithm.HS256.mac().withKey(key(1).revealSecret());
        return text + "." + Base64Url.encode(mac.compute(text.getBytes(UTF_8)));
    }
}
