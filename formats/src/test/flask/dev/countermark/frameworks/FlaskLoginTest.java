package dev.countermark.frameworks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.countermark.Keyring;
import dev.countermark.Reason;
import dev.countermark.Rejected;
import dev.countermark.SigningKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Signatures here are of Python 3.11: {@code hmac.new(key, text, hashlib.sha512).hexdigest()}. */
class FlaskLoginTest {

    private static FlaskLogin login(String secret) {
        return FlaskLogin.of(Keyring.of(FlaskLogin.key(secret)));
    }

    @Test
    void a_key_is_latin_1() {
        var cookie = "42|3430c4d0bad8516370863669c8d0c71d74730baf75cbf24dfa38e289ee92cac6"
                + "01c669de8a027d4e613ddfa50e2639e5f1323950acc242932793ea2b9d05b808";

        assertThat(login("\u00e9\u00ff").write("42")).isEqualTo(cookie);
        assertThat(login("\u00e9\u00ff").read(cookie)).isEqualTo("42");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> FlaskLogin.key("secret\u0100"))
                .withMessageContaining("Latin-1")
                .withMessageNotContaining("secret");
    }

    @Test
    void an_id_can_be_empty() {
        var cookie = "|98cb4b4b3c01bc60dbe9f4162085ea5619312b800b340de1a115c0ad43e9e525"
                + "da3c9cf04e0d52f2286ddbe0e9a737a11d47c1f8c8ee2ef917eb11a6a4101700";

        assertThat(login("a key").read(cookie)).isEmpty();
        assertThat(login("a key").write("")).isEqualTo(cookie);
    }

    @ParameterizedTest
    @CsvSource({"'', MALFORMED", "42, MALFORMED", "42|, SIGNATURE_MISMATCH", "|, SIGNATURE_MISMATCH"})
    void a_cookie_of_another_form_is_refused_for_it(String cookie, Reason reason) {
        assertThat(login("a key").check(cookie))
                .isInstanceOfSatisfying(
                        Rejected.class,
                        rejected -> assertThat(rejected.reason()).isEqualTo(reason));
    }

    @Test
    void it_shows_its_hash_and_the_names_of_its_keys() {
        assertThat(FlaskLogin.of(Keyring.of(SigningKey.weakText("a secret").named("2026"))))
                .asString()
                .contains("SHA512", "2026")
                .doesNotContain("a secret");
    }
}
