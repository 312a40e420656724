package dev.countermark.jws;

import static dev.countermark.jws.JwsKeysForTests.key;
import static dev.countermark.jws.JwsKeysForTests.keyring;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.countermark.Codec;
import dev.countermark.Keyring;
import dev.countermark.Reason;
import dev.countermark.Rejected;
import dev.countermark.SigningKey;
import dev.countermark.Tokens;
import dev.countermark.Valid;
import dev.countermark.encoding.Base64Url;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class JwsTest {

    private static final Keyring KEYS = keyring(1);
    private static final Tokens<String> TOKENS = Jws.of(KEYS, JwsAlgorithm.HS256, Codec.text());

    @Test
    void writes_rfc_7515_a_1() {
        var key = SigningKey.weak(Base64Url.decodeOrNull(
                "AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ-EstJQLr_T-1qS0gZH75aKtMN3Yj0iPS4hcgUuTwjAzZr1Z9CAow"));
        var header = encoded("{\"typ\":\"JWT\",\r\n \"alg\":\"HS256\"}") + ".";
        var payload = "{\"iss\":\"joe\",\r\n \"exp\":1300819380,\r\n \"http://example.com/is_root\":true}";
        var token = "eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9"
                + ".eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ"
                + ".dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";

        var keys = JwsKeys.of(Keyring.of(key), JwsAlgorithm.HS256, null);

        assertThat(keys.sign(header.getBytes(US_ASCII), payload.getBytes(UTF_8)))
                .isEqualTo(token);
        assertThat(Jws.of(Keyring.of(key), JwsAlgorithm.HS256, Codec.text()).verify(token))
                .isEqualTo(payload);
    }

    @Test
    void writes_rfc_7520_4_4() {
        var key = SigningKey.of(Base64Url.decodeOrNull("hJtXIZ2uSN5kbQfbtTNWbpdmhkV8FJG-Onbc6mxCcYg"))
                .named("018c0ae5-4d9b-471b-bfd6-eef314bc7037");
        var payload =
                "It\u2019s a dangerous business, Frodo, going out your door. You step onto the road, and if you don't "
                        + "keep your feet, there\u2019s no knowing where you might be swept off to.";
        var token = "eyJhbGciOiJIUzI1NiIsImtpZCI6IjAxOGMwYWU1LTRkOWItNDcxYi1iZmQ2LWVlZjMxNGJjNzAzNyJ9"
                + ".SXTigJlzIGEgZGFuZ2Vyb3VzIGJ1c2luZXNzLCBGcm9kbywgZ29pbmcgb3V0IHlvdXIgZG9vci4gWW91IHN0ZXAgb250byB0aGUgcm9h"
                + "ZCwgYW5kIGlmIHlvdSBkb24ndCBrZWVwIHlvdXIgZmVldCwgdGhlcmXigJlzIG5vIGtub3dpbmcgd2hlcmUgeW91IG1pZ2h0IGJlIHN3"
                + "ZXB0IG9mZiB0by4"
                + ".s0h6KThzkfBBBkLspW1h84VsJZFTsPPqMDA7g1Md7p0";
        var tokens = Jws.of(Keyring.of(key), JwsAlgorithm.HS256, Codec.text());

        assertThat(tokens.sign(payload)).isEqualTo(token);
        assertThat(tokens.verify(token)).isEqualTo(payload);
    }

    @ParameterizedTest
    @EnumSource
    void a_key_is_as_long_as_the_hash(JwsAlgorithm algorithm) {
        int length = algorithm.minimumKeyLength();
        Jws.of(Keyring.of(SigningKey.weak(new byte[length])), algorithm, Codec.text());

        assertThatIllegalArgumentException()
                .isThrownBy(() -> Jws.of(Keyring.of(SigningKey.weak(new byte[length - 1])), algorithm, Codec.text()))
                .withMessageContaining("needs at least " + length);
    }

    @Test
    void the_algorithm_comes_from_the_reader() {
        var token = signed("{\"alg\":\"HS512\"}", "\"x\"");
        assertThat(reason(token)).isEqualTo(Reason.ALGORITHM_MISMATCH);
        assertThat(reason(signed("{\"alg\":\"none\"}", "\"x\""))).isEqualTo(Reason.ALGORITHM_MISMATCH);
        assertThat(reason(encoded("{\"alg\":\"none\"}") + "." + encoded("x") + "."))
                .isEqualTo(Reason.MALFORMED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"alg\":\"HS256\",\"crit\":[\"exp\"]}",
                "{\"alg\":\"HS256\",\"b64\":false}",
                "{\"alg\":\"HS256\",\"b64\":true}",
                "{\"alg\":\"HS256\",\"zip\":\"DEF\"}",
                "{\"alg\":\"HS256\",\"jku\":\"http://127.0.0.1:9/k\"}",
                "{\"alg\":\"HS256\",\"jwk\":{\"kty\":\"oct\",\"k\":\"AA\"}}",
                "{\"alg\":\"HS256\",\"x5u\":\"file:///etc/passwd\"}",
                "{\"alg\":\"HS256\",\"x5c\":[\"MIIB\"]}",
                "{\"alg\":\"HS256\",\"x5t\":\"AAAA\"}",
                "{\"alg\":\"HS256\",\"x5t#S256\":\"AAAA\"}",
                "{\"alg\":\"HS256\",\"\\u0063rit\":[]}",
                "{\"alg\":\"HS256\",\"alg\":\"HS256\"}",
                "{\"alg\":\"HS256\",\"x\":{\"a\":1,\"a\":2}}",
                "{\"alg\":\"HS256\",\"kid\":1}",
                "{\"alg\":\"HS256\",\"typ\":[]}",
                "{\"alg\":\"HS256\",\"exp\":1700003600}",
                "{\"alg\":[\"HS256\"]}",
                "{\"alg\":null}",
                "{\"Alg\":\"HS256\"}",
                "{}",
                "[]",
                "null",
                "\"HS256\"",
                "{\"alg\":\"HS256\"}}",
                ""
            })
    void refuses_a_well_signed_header_that_is_not_one(String header) {
        assertThat(reason(signed(header, "x"))).isIn(Reason.HEADER_MALFORMED, Reason.MALFORMED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"alg\":\"HS256\"}",
                "{ \"alg\" : \"HS256\" }",
                "{\"typ\":\"JWT\",\"alg\":\"HS256\"}",
                "{\"typ\":\"JOSE\",\"alg\":\"HS256\"}",
                "{\"alg\":\"HS256\",\"kid\":\"../../etc/passwd\"}",
                "{\"alg\":\"HS256\",\"more\":{\"a\":[1]}}"
            })
    void reads_headers_of_others(String header) {
        assertThat(TOKENS.verify(signed(header, "x"))).isEqualTo("x");
    }

    @Test
    void a_header_has_at_most_4096_bytes() {
        var header = "{\"alg\":\"HS256\",\"p\":\"" + "p".repeat(4096 - 22) + "\"}";
        assertThat(header).hasSize(4096);
        assertThat(TOKENS.verify(signed(header, "x"))).isEqualTo("x");
        assertThat(reason(signed(header.replace("pp\"", "ppp\""), "x"))).isEqualTo(Reason.HEADER_MALFORMED);
    }

    @Test
    void one_token_has_one_text() {
        var token = TOKENS.sign("hello!");
        for (int i = 0; i <= token.length(); i++) {
            for (var junk : new String[] {"=", " ", "\n", ".", "A", "\u00e9", "\u0141", "\0"}) {
                var other = token.substring(0, i) + junk + token.substring(i);
                assertThat(TOKENS.check(other)).as("%s at %d", junk, i).isInstanceOf(Rejected.class);
            }
            if (i < token.length()) {
                var flipped = token.substring(0, i) + (char) (token.charAt(i) ^ 1) + token.substring(i + 1);
                assertThat(TOKENS.check(flipped)).as("flipped at %d", i).isInstanceOf(Rejected.class);
                var cut = token.substring(0, i);
                assertThat(TOKENS.check(cut)).as("cut at %d", i).isInstanceOf(Rejected.class);
            }
        }
        assertThat(reason(signedText(encoded("{\"alg\":\"HS256\"}"), "eB"))).isEqualTo(Reason.NOT_CANONICAL);
        assertThat(reason(signedText(encoded("{\"alg\":\"HS256\"}"), "eA=="))).isEqualTo(Reason.NOT_CANONICAL);
        assertThat(reason(signedText(encoded("{\"alg\":\"HS256\"}"), "eA.eA"))).isEqualTo(Reason.NOT_CANONICAL);
    }

    @Test
    void a_key_id_selects_among_named_keys_only() {
        var old = key(2).named("old");
        var tokens = Jws.of(Keyring.of(key(3).named("new")).accepting(old, key(4)), JwsAlgorithm.HS256, Codec.text());
        var older = Jws.of(Keyring.of(old), JwsAlgorithm.HS256, Codec.text()).sign("x");
        var misnamed = Jws.of(Keyring.of(key(2).named("new")), JwsAlgorithm.HS256, Codec.text())
                .sign("x");
        var unknown = Jws.of(Keyring.of(key(2).named("other")), JwsAlgorithm.HS256, Codec.text())
                .sign("x");
        var nameless =
                Jws.of(Keyring.of(key(2)), JwsAlgorithm.HS256, Codec.text()).sign("x");
        var named = Jws.of(Keyring.of(key(4).named("theirs")), JwsAlgorithm.HS256, Codec.text())
                .sign("x");

        assertThat(tokens.check(older)).isInstanceOfSatisfying(Valid.class, valid -> {
            assertThat(valid.keyId()).isEqualTo("old");
            assertThat(valid.reissue()).isTrue();
        });
        assertThat(tokens.check(misnamed)).isInstanceOf(Rejected.class);
        assertThat(((Rejected<?>) tokens.check(unknown)).reason()).isEqualTo(Reason.UNKNOWN_KEY);
        assertThat(tokens.verify(nameless)).isEqualTo("x");
        assertThat(tokens.verify(named)).isEqualTo("x");
    }

    /** Also where the header is not written as we would write it. */
    @Test
    void a_key_id_that_names_another_key_is_refused() {
        var tokens = Jws.of(Keyring.of(key(3).named("new")).accepting(key(4)), JwsAlgorithm.HS256, Codec.text());
        var header = "{\"kid\":\"KID\",\"alg\":\"HS256\"}";
        assertThat(tokens.verify(signed(3, header.replace("KID", "new")))).isEqualTo("x");
        assertThat(tokens.verify(signed(4, header.replace("KID", "theirs")))).isEqualTo("x");
        for (var other :
                new String[] {signed(3, header.replace("KID", "theirs")), signed(4, header.replace("KID", "new"))}) {
            assertThat(((Rejected<?>) tokens.check(other)).reason()).isEqualTo(Reason.UNKNOWN_KEY);
        }
        // The header that we write names the key to try, and no other is.
        var misnamed = Jws.of(Keyring.of(key(4).named("new")), JwsAlgorithm.HS256, Codec.text())
                .sign("x");
        assertThat(((Rejected<?>) tokens.check(misnamed)).reason()).isEqualTo(Reason.SIGNATURE_MISMATCH);
    }

    private static String signed(int seed, String header) {
        var text = encoded(header) + "." + encoded("x");
        var mac = JwsAlgorithm.HS256.mac().withKey(key(seed).revealSecret());
        return text + "." + Base64Url.encode(mac.compute(text.getBytes(US_ASCII)));
    }

    @Test
    void a_type_is_written_and_demanded() {
        var invites = Jws.typed(KEYS, JwsAlgorithm.HS256, "invite+jws", Codec.text());
        var token = invites.sign("x");

        assertThat(token).startsWith(encoded("{\"alg\":\"HS256\",\"typ\":\"invite+jws\"}"));
        assertThat(invites.verify(token)).isEqualTo("x");
        assertThat(invites.verify(signed("{\"typ\":\"application/INVITE+jws\",\"alg\":\"HS256\"}", "x")))
                .isEqualTo("x");
        assertThat(((Rejected<?>) invites.check(TOKENS.sign("x"))).reason()).isEqualTo(Reason.CLAIM_MISMATCH);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Jws.typed(KEYS, JwsAlgorithm.HS256, "a\"b", Codec.text()));
    }

    @Test
    void there_is_no_place_for_an_expiry() {
        assertThat(TOKENS.unverified(TOKENS.sign("x")).unverifiedValue()).contains("x");
        assertThat(TOKENS.toString()).doesNotContain(key(1).revealBase64());
    }

    private static Reason reason(String token) {
        return ((Rejected<?>) TOKENS.check(token)).reason();
    }

    static String encoded(String text) {
        return Base64Url.encode(text.getBytes(UTF_8));
    }

    private static String signed(String header, String payload) {
        return signedText(encoded(header), encoded(payload));
    }

    private static String signedText(String header, String payload) {
        var text = header + "." + payload;
        var mac = JwsAlgorithm.HS256.mac().withKey(key(1).revealSecret());
        return text + "." + Base64Url.encode(mac.compute(text.getBytes(UTF_8)));
    }

    @Test
    void the_clock_is_asked_only_where_a_date_is_looked_at() {
        var broken = new Clock() {
            @Override
            public Instant instant() {
                throw new IllegalStateException("asked");
            }

            @Override
            public ZoneId getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
                return this;
            }
        };
        var withoutDates = TOKENS.clock(broken);

        assertThat(withoutDates.verify(withoutDates.sign("text"))).isEqualTo("text");
        var withOlder = withoutDates.alsoReading(Tokens.of(KEYS, "login", Codec.text()));
        assertThatIllegalStateException().isThrownBy(() -> withOlder.check("older"));
    }
}
