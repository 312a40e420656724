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
import dev.countermark.Limits;
import dev.countermark.Reason;
import dev.countermark.Rejected;
import dev.countermark.SigningKey;
import dev.countermark.TimedTokens;
import dev.countermark.Tokens;
import dev.countermark.Valid;
import dev.countermark.Verdict;
import dev.countermark.encoding.Base64Url;
import dev.countermark.json.PythonJson;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** The first and the last of what a JSON Web Signature can have, and of the claims in one. */
class JwsEdgesTest {

    private static final PythonJson JSON = PythonJson.standard().compact();
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Jwt<JsonNode> JWT = Jwt.of(keyring(1), JwsAlgorithm.HS256, JSON);
    private static final TimedTokens<JsonNode> TOKENS = JWT.expiringAfter(HOUR).clock(at(NOW));
    private static final Tokens<String> TEXTS = Jws.of(keyring(1), JwsAlgorithm.HS256, Codec.text());

    private static String signed(String payload) {
        return signedText(JwsTest.encoded("{\"alg\":\"HS256\"}") + "." + JwsTest.encoded(payload));
    }

    private static String signedText(String text) {
        var mac = JwsAlgorithm.HS256.mac().withKey(key(1).revealSecret());
        return text + "." + Base64Url.encode(mac.compute(text.getBytes(UTF_8)));
    }

    private static Reason reason(Verdict<?> verdict) {
        assertThat(verdict).isInstanceOf(Rejected.class);
        return ((Rejected<?>) verdict).reason();
    }

    @Test
    void a_token_of_exactly_the_limits_is_read() {
        var token = TEXTS.sign("hello");
        var fits = TEXTS.limits(new Limits(token.length(), 5));
        assertThat(fits.verify(token)).isEqualTo("hello");
        assertThat(fits.unverified(token).unverifiedValue()).contains("hello");
        var shorter = TEXTS.limits(new Limits(token.length() - 1, 5));
        assertThat(reason(shorter.check(token))).isEqualTo(Reason.TOO_LONG);
        assertThat(shorter.unverified(token).isWellFormed()).isFalse();
        var smaller = TEXTS.limits(new Limits(token.length(), 4));
        assertThat(reason(smaller.check(token))).isEqualTo(Reason.PAYLOAD_TOO_LARGE);
        assertThat(smaller.unverified(token).isWellFormed()).isFalse();
    }

    @Test
    void a_jwt_of_exactly_the_limits_is_read() {
        var token = TOKENS.sign(JSON.loads("{\"id\":1}"));
        int payload = "{\"iat\":1700000000,\"exp\":1700003600,\"id\":1}".length();
        var fits = TOKENS.limits(new Limits(token.length(), payload));
        assertThat(fits.verify(token)).hasToString("{\"id\":1}");
        assertThat(fits.unverified(token).unverifiedSignedAt()).contains(Instant.ofEpochSecond(NOW));
        var shorter = TOKENS.limits(new Limits(token.length() - 1, payload));
        assertThat(reason(shorter.check(token))).isEqualTo(Reason.TOO_LONG);
        assertThat(shorter.unverified(token).isWellFormed()).isFalse();
        var smaller = TOKENS.limits(new Limits(token.length(), payload - 1));
        assertThat(reason(smaller.check(token))).isEqualTo(Reason.PAYLOAD_TOO_LARGE);
        assertThat(smaller.unverified(token).isWellFormed()).isFalse();
    }

    @Test
    void an_empty_payload_is_one() {
        assertThat(TEXTS.verify(TEXTS.sign(""))).isEmpty();
        assertThat(TEXTS.unverified(TEXTS.sign("")).unverifiedValue()).contains("");
        assertThat(TEXTS.unverified(TEXTS.sign("x")).unverifiedSignedAt()).isEmpty();
        assertThat(TEXTS.unverified(TEXTS.sign("x")).unverifiedExpiresAt()).isEmpty();
    }

    @Test
    void a_text_has_a_header_two_dots_and_a_signature() {
        var signature = "A".repeat(43);
        for (var other : new String[] {
            "",
            ".",
            "..",
            signature,
            "." + signature,
            ".." + signature,
            ".eA." + signature,
            "e30." + signature,
            "e30.eA" + signature,
            "e30.eA." + signature.substring(1),
            "e30.eA." + signature + "A"
        }) {
            assertThat(TEXTS.unverified(other).isWellFormed()).as(other).isFalse();
            assertThat(reason(TEXTS.check(other))).as(other).isEqualTo(Reason.MALFORMED);
        }
        assertThat(TEXTS.unverified("e30.eA." + signature).unverifiedValue()).contains("x");
        assertThat(TEXTS.unverified("e.." + signature).isWellFormed()).isTrue();
        assertThat(reason(TEXTS.check("e.." + signature))).isEqualTo(Reason.SIGNATURE_MISMATCH);
    }

    @Test
    void an_older_key_asks_for_a_new_token() {
        var both = Keyring.of(key(2)).accepting(key(1));
        var texts = Jws.of(both, JwsAlgorithm.HS256, Codec.text());
        assertThat(((Valid<String>) texts.check(TEXTS.sign("x"))).reissue()).isTrue();
        assertThat(((Valid<String>) texts.check(texts.sign("x"))).reissue()).isFalse();
        var jwt = Jwt.of(both, JwsAlgorithm.HS256, JSON).expiringAfter(HOUR).clock(at(NOW));
        assertThat(((Valid<JsonNode>) jwt.check(TOKENS.sign(JSON.loads("{}")))).reissue())
                .isTrue();
        assertThat(((Valid<JsonNode>) jwt.check(jwt.sign(JSON.loads("{}")))).reissue())
                .isFalse();
    }

    /** RFC 2045 section 5.1, without the slash, which {@code application/} has; and the braces. */
    @Test
    void a_type_has_1_to_127_characters_of_a_media_type() {
        var keys = keyring(1);
        for (char c = 0; c < 0x100; c++) {
            var type = "a" + c;
            if (c > ' ' && c < 0x7f && "()<>@,;:\\\"[]?={}".indexOf(c) < 0) {
                assertThat(JwsKeys.of(keys, JwsAlgorithm.HS256, type)).isNotNull();
            } else {
                assertThatIllegalArgumentException().isThrownBy(() -> JwsKeys.of(keys, JwsAlgorithm.HS256, type));
            }
        }
        assertThat(JwsKeys.of(keys, JwsAlgorithm.HS256, "a".repeat(127))).isNotNull();
        assertThatIllegalArgumentException().isThrownBy(() -> JwsKeys.of(keys, JwsAlgorithm.HS256, "a".repeat(128)));
        assertThatIllegalArgumentException().isThrownBy(() -> JwsKeys.of(keys, JwsAlgorithm.HS256, ""));
        assertThatIllegalArgumentException().isThrownBy(() -> JWT.type("a b"));
        assertThatIllegalArgumentException().isThrownBy(() -> JWT.issuer(""));
        assertThat(JwsKeys.of(keys, JwsAlgorithm.HS384, "at+jwt").toString())
                .startsWith("HS384, type=at+jwt, keys=")
                .doesNotContain(key(1).revealBase64());
        assertThat(TOKENS.toString()).contains("JwtFormat[HS256, type=JWT, keys=");
        assertThat(TEXTS.toString()).contains("JwsFormat[HS256, keys=");
    }

    @Test
    void a_plain_one_has_no_place_for_a_lifetime_and_an_expiring_one_needs_it() {
        var keys = JwsKeys.of(keyring(1), JwsAlgorithm.HS256, null);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new JwsFormat(keys, null).write(new byte[1], NOW, HOUR))
                .withMessageContaining("Jwt");
        var none = Expectation.NONE;
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new JwtFormat(keys, none, none, none, true).write("{}".getBytes(UTF_8), NOW, null))
                .withMessageContaining("lifetime");
    }

    @Test
    void dates_lie_in_the_years_1970_to_9999() {
        var last = Instant.parse("9999-12-31T23:59:59Z").getEpochSecond();
        var empty = JSON.loads("{}");
        var second = JWT.expiringAfter(Duration.ofSeconds(1));
        assertThat(second.clock(at(0)).verify(second.clock(at(0)).sign(empty))).isEqualTo(empty);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> second.clock(at(-1)).sign(empty));
        var end = second.clock(at(last - 1)).sign(empty);
        assertThat(((Valid<JsonNode>) second.clock(at(last - 1)).check(end)).expiresAt())
                .contains(Instant.ofEpochSecond(last));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> second.clock(at(last)).sign(empty));
        var lasting = JWT.neverExpiring();
        assertThat(lasting.clock(at(last)).verify(lasting.clock(at(last)).sign(empty)))
                .isEqualTo(empty);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> lasting.clock(at(last + 1)).sign(empty));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> JWT.expiringAfter(Duration.ofSeconds(Long.MAX_VALUE))
                        .clock(at(NOW))
                        .sign(empty))
                .withMessageContaining("1970 to 9999");
        assertThatIllegalArgumentException().isThrownBy(() -> TOKENS.sign(empty, Duration.ofSeconds(Long.MAX_VALUE)));
    }

    @Test
    void a_skew_and_a_leeway_without_end_refuse_nothing() {
        var endless = Duration.ofSeconds(Long.MAX_VALUE);
        var token = TOKENS.sign(JSON.loads("{}"));
        assertThat(TOKENS.clockSkew(endless).leeway(endless).check(token)).isInstanceOf(Valid.class);
        assertThat(TOKENS.clockSkew(endless).clock(at(0)).check(token)).isInstanceOf(Valid.class);
        assertThat(TOKENS.leeway(endless).clock(at(NOW + 9999)).check(token)).isInstanceOf(Valid.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"exp\":17000000/1}      | EXPIRY_MALFORMED",
                "{\"exp\":17000000:1}      | EXPIRY_MALFORMED",
                "{\"exp\":1700000001000}   | EXPIRY_MALFORMED",
                "{\"exp\":00}              | EXPIRY_MALFORMED",
                "{\"exp\":0}               | EXPIRED",
                "{\"exp\":9,\"iat\":0}     | EXPIRED",
                "{\"exp\":1700000010,\"iat\":1700000010} | VALID",
                "{\"exp\":253402300799,\"nbf\":0}        | VALID",
                "{\"exp\":1700000001,\"a\":[1,{\"b\":\"]}\\\"\"},[]],\"c\":{}}  | VALID",
                "{\"exp\":1700000001,\"a\":[{]}}         | PAYLOAD_MALFORMED",
                "{\"exp\":1700000001,\"expo\":1,\"ex\":1,\"e\":1,\"\":1,\"exq\":1} | VALID",
                "{\"exp\":1700000001,\"a\"=1}            | PAYLOAD_MALFORMED",
                "{\"exp\":1700000001,\"a\":}             | PAYLOAD_MALFORMED",
                "{\"exp\":1700000001;\"a\":1}            | EXPIRY_MALFORMED",
                "{\"exp\":1700000001}x                   | PAYLOAD_MALFORMED",
                "{\"exp\":1700000001} {}                 | PAYLOAD_MALFORMED",
            })
    void claims_are_found_where_they_stand(String payload, String expected) {
        var verdict = TOKENS.check(signed(payload));
        var outcome = verdict instanceof Rejected<?> rejected
                ? rejected.reason().name()
                : verdict instanceof Expired ? "EXPIRED" : "VALID";
        assertThat(outcome).isEqualTo(expected);
    }

    /** RFC 8259 section 7: any character of a name can be written as an escape. */
    @Test
    void a_claim_is_known_by_its_name_in_any_spelling() {
        var token = signed("{\"\\u0065xp\":1700000001,\"\\u0069ss\":\"me\",\"n\\u0061me\":1,\"\\u0073ub\":\"ada\"}");
        var tokens = JWT.issuer("me").expiringAfter(HOUR).clock(at(NOW));
        assertThat(tokens.verify(token)).hasToString("{\"name\":1,\"sub\":\"ada\"}");
        var claims = tokens.check(token).detail(Claims.class).orElseThrow();
        assertThat(claims.issuer()).contains("me");
        assertThat(claims.subject()).contains("ada");
        assertThat(claims.expiresAt()).contains(Instant.ofEpochSecond(1_700_000_001));
    }

    @Test
    void a_short_key_is_refused_before_anything_else_is_said() {
        var shorter = Keyring.of(SigningKey.of(Arrays.copyOf(key(1).revealSecret(), 47)));
        assertThatIllegalArgumentException().isThrownBy(() -> Jwt.of(shorter, JwsAlgorithm.HS384, JSON));
    }

    @Test
    void claims_that_end_too_early_are_refused_wherever_they_end() {
        var whole = "{\"exp\":1700000001,\"aud\":[\"a\",\"b\\\"\"],\"x\":{\"y\":null},\"iss\":\"me\"} ";
        var tokens = JWT.ignoringIssuer().ignoringAudience().expiringAfter(HOUR).clock(at(NOW));
        assertThat(tokens.check(signed(whole))).isInstanceOf(Valid.class);
        for (int length = 0; length < whole.length() - 1; length++) {
            var token = signed(whole.substring(0, length));
            assertThat(reason(tokens.check(token))).as("%d", length).isEqualTo(Reason.PAYLOAD_MALFORMED);
            assertThat(tokens.unverified(token).isWellFormed()).isFalse();
        }
    }

    /** RFC 8259 section 2. */
    @Test
    void white_space_is_four_characters() {
        for (char c = 0; c <= ' '; c++) {
            boolean white = c == ' ' || c == '\t' || c == '\n' || c == '\r';
            for (var payload : new String[] {
                "W{W\"exp\"W:W1700000001W,W\"a\"W:W1W}W".replace('W', c),
                "{\"exp\":1700000001}" + c,
                c + "{\"exp\":1700000001}"
            }) {
                assertThat(TOKENS.check(signed(payload)) instanceof Valid).isEqualTo(white);
            }
        }
    }

    @Test
    void an_issuer_is_text_in_any_spelling() {
        for (var issuer : new String[] {"\u00e9\u20ac", "a b", "\"", "\\", "\u0000x", "\ud83d\ude00", "~\u007f"}) {
            var jwt = JWT.issuer(issuer).expiringAfter(HOUR).clock(at(NOW));
            assertThat(jwt.check(jwt.sign(JSON.loads("{}")))).isInstanceOf(Valid.class);
            var raw = signed("{\"exp\":1700000001,\"iss\":" + JSON.unescaped().dumps(issuer) + "}");
            assertThat(jwt.check(raw)).as(issuer).isInstanceOf(Valid.class);
            assertThat(jwt.check(raw).detail(Claims.class).flatMap(Claims::issuer))
                    .contains(issuer);
        }
        // RFC 8259 section 7: a control character stands in a string as its escape only.
        assertThat(reason(JWT.ignoringIssuer()
                        .expiringAfter(HOUR)
                        .clock(at(NOW))
                        .check(signed("{\"exp\":1700000001,\"iss\":\"\n\"}"))))
                .isEqualTo(Reason.PAYLOAD_MALFORMED);
    }

    @Test
    void claims_that_are_none_are_absent_to_who_asks_and_their_dates_too() {
        var token = signed("{\"exp\":\"x\",\"iat\":1.5,\"sub\":5,\"jti\":{}}");
        assertThat(TOKENS.unverified(token).isWellFormed()).isTrue();
        assertThat(TOKENS.unverified(token).unverifiedExpiresAt()).isEmpty();
        assertThat(TOKENS.unverified(token).unverifiedSignedAt()).isEmpty();
        var claims = new Claims(
                json("{\"exp\":\"x\",\"iat\":1.5,\"nbf\":7,\"sub\":5,\"jti\":{}}"),
                scanner("{\"exp\":\"x\",\"iat\":1.5,\"nbf\":7,\"sub\":5,\"jti\":{}}"));
        assertThat(claims.expiresAt()).isEmpty();
        assertThat(claims.issuedAt()).isEmpty();
        assertThat(claims.notBefore()).contains(Instant.ofEpochSecond(7));
        assertThat(claims.subject()).isEmpty();
        assertThat(claims.tokenId()).isEmpty();
        assertThat(claims.issuer()).isEmpty();
        assertThat(claims.audience()).isEmpty();
    }

    private static byte[] json(String text) {
        return text.getBytes(UTF_8);
    }

    private static ClaimScanner scanner(String text) {
        return ClaimScanner.of(json(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"at+jwt", "AT+JWT", "application/at+jwt", "Application/At+Jwt"})
    void a_type_is_compared_as_a_media_type(String type) {
        var header = JwsTest.encoded("{\"alg\":\"HS256\",\"typ\":\"" + type + "\"}");
        var token = signedText(header + "." + JwsTest.encoded("{\"exp\":1700000001}"));
        assertThat(JWT.type("at+jwt").expiringAfter(HOUR).clock(at(NOW)).check(token))
                .isInstanceOf(Valid.class);
        assertThat(JWT.type("Application/AT+jwt")
                        .expiringAfter(HOUR)
                        .clock(at(NOW))
                        .check(token))
                .isInstanceOf(Valid.class);
        assertThat(reason(TOKENS.check(token))).isEqualTo(Reason.CLAIM_MISMATCH);
    }
}
