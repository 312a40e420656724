package dev.countermark.jws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.countermark.Codec;
import dev.countermark.SigningKey;
import dev.countermark.encoding.Base64Url;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonWebKeysTest {

    /** RFC 7515 appendix A.1.1; as a key of its own it also stands in RFC 7517 appendix A.3. */
    private static final String RFC =
            "AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ-EstJQLr_T-1qS0gZH75aKtMN3Yj0iPS4hcgUuTwjAzZr1Z9CAow";

    private static final String OTHER = Base64Url.encode(JwsKeysForTests.key(9).revealSecret());

    private static SigningKey key(String text) {
        return SigningKey.of(Base64Url.decodeOrNull(text));
    }

    @Test
    void a_key_is_read_with_its_name() {
        var json = "{\"kty\":\"oct\",\"k\":\"" + RFC + "\",\"kid\":\"HMAC-key-used-in-JWS-spec-Appendix-A.1-example\"}";
        var keys = JsonWebKeys.read(json, JwsAlgorithm.HS256);
        assertThat(keys.keys()).containsExactly(key(RFC).named("HMAC-key-used-in-JWS-spec-Appendix-A.1-example"));
        var payload = "{\"iss\":\"joe\",\r\n \"exp\":1300819380,\r\n \"http://example.com/is_root\":true}";
        assertThat(Jws.of(keys, JwsAlgorithm.HS256, Codec.text())
                        .verify("eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9"
                                + ".eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290I"
                                + "jp0cnVlfQ.dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"))
                .isEqualTo(payload);
    }

    @Test
    void the_first_of_a_set_signs_and_all_verify() {
        var keys = JsonWebKeys.read(
                "{\"keys\":[{\"kty\":\"oct\",\"alg\":\"HS512\",\"use\":\"sig\",\"k\":\"" + RFC
                        + "\"},{\"kty\":\"oct\",\"k\":\"" + OTHER + "\",\"kid\":\"old\",\"x\":1}]}",
                JwsAlgorithm.HS512);
        assertThat(keys.primary()).isEqualTo(key(RFC));
        assertThat(keys.keys()).containsExactly(key(RFC), key(OTHER).named("old"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "1",
                "{}",
                "{\"keys\":[]}",
                "{\"keys\":{}}",
                "{\"keys\":5}",
                "{\"keys\":[5]}",
                "{\"k\":\"KEY\"}",
                "{\"kty\":\"RSA\",\"k\":\"KEY\"}",
                "{\"kty\":[\"oct\"],\"k\":\"KEY\"}",
                "{\"kty\":\"oct\"}",
                "{\"kty\":\"oct\",\"k\":5}",
                "{\"kty\":\"oct\",\"k\":\"KEY=\"}",
                "{\"kty\":\"oct\",\"k\":\"KEY\",\"alg\":\"HS512\"}",
                "{\"kty\":\"oct\",\"k\":\"KEY\",\"alg\":null}",
                "{\"kty\":\"oct\",\"k\":\"KEY\",\"use\":\"enc\"}",
                "{\"kty\":\"oct\",\"k\":\"KEY\",\"use\":5}",
                "{\"kty\":\"oct\",\"k\":\"KEY\",\"kid\":\"a b\"}",
                "{\"keys\":[{\"kty\":\"oct\",\"k\":\"KEY\"},{\"kty\":\"RSA\",\"n\":\"AQAB\",\"e\":\"AQAB\"}]}",
                "{\"keys\":[{\"kty\":\"oct\",\"k\":\"KEY\"},{\"kty\":\"oct\",\"k\":\"KEY\"}]}",
                "{\"kty\":\"oct\",\"k\":\"KEY\",\"k\":\"KEY\"}"
            })
    void what_is_no_key_for_this_use_is_refused_without_showing_it(String json) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> JsonWebKeys.read(json.replace("KEY", RFC), JwsAlgorithm.HS256))
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain(RFC));
    }

    @Test
    void a_key_is_as_long_as_the_hash_and_cannot_be_guessed_unless_asked() {
        var short63 = Base64Url.encode(new byte[63]);
        var zeros = Base64Url.encode(new byte[64]);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> JsonWebKeys.readWeak(jwk(short63), JwsAlgorithm.HS512))
                .withMessageContaining("needs at least 64");
        assertThat(JsonWebKeys.readWeak(jwk(zeros), JwsAlgorithm.HS512)
                        .primary()
                        .isWeak())
                .isTrue();
        assertThatIllegalArgumentException().isThrownBy(() -> JsonWebKeys.read(jwk(zeros), JwsAlgorithm.HS512));
    }

    private static String jwk(String k) {
        return "{\"kty\":\"oct\",\"k\":\"" + k + "\"}";
    }
}
