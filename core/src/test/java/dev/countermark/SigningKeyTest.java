package dev.countermark;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.util.Base64;
import java.util.HashSet;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SigningKeyTest {

    @Test
    void a_generated_key_survives_its_text() {
        var key = SigningKey.generate();
        assertThat(SigningKey.fromBase64(key.revealBase64())).isEqualTo(key);
        assertThat(SigningKey.fromBase64(Base64.getEncoder().encodeToString(key.revealSecret()) + "\n"))
                .isEqualTo(key);
        assertThat(SigningKey.generate()).isNotEqualTo(key);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "secret",
                "changeme",
                "00000000000000000000000000000000",
                "abcabcabcabcabcabcabcabcabcabcabc",
                "0123456789abcdef0123456789abcdef",
                "abcdefghijklmnopqrstuvwxyz0123456789",
                "my-super-SECRET-key-for-production-42",
                "django-insecure-a1b2c3d4e5a1b2c3d4e5a1b2c3d4e5a1b2c3d4e5",
                "${COUNTERMARK_KEY:-please-fill-this-in-before-start}",
                "{{ countermark_signing_key_from_vault }}",
                "<put 32 random bytes of your own in here>",
                "https://vault.example.org/v1/keys/signing-key",
                "-----BEGIN PUBLIC KEY-----\nMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE\n-----END PUBLIC KEY-----",
                "ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAABAQC7 someone@example",
                "{\"kty\":\"RSA\",\"n\":\"0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78\"}",
                "9z05EY6ubuPYzuLcucKKIXwHSwCvUFG"
            })
    void what_can_be_guessed_is_refused_with_a_remedy_and_without_the_key(String secret) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SigningKey.ofText(secret))
                .withMessageContaining("countermark keygen")
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain(secret));
        assertThatIllegalArgumentException().isThrownBy(() -> SigningKey.of(secret.getBytes(UTF_8)));
        assertThat(SigningKey.weakText(secret).isWeak()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"8Ne4vRVoCz6udHBozuAeHRqNj5DA2vi3", "corpus-key-one-b7Qm2xV9tLr4Zc8Wn3Ks6Yd1Ha5Te0Fu7"})
    void long_random_texts_are_keys(String secret) {
        assertThat(SigningKey.ofText(secret).revealSecret()).isEqualTo(secret.getBytes(UTF_8));
    }

    @Test
    void random_bytes_and_their_texts_are_never_called_weak() {
        var random = new Random(20);
        var bytes = new byte[32];
        for (int i = 0; i < 30_000; i++) {
            random.nextBytes(bytes);
            SigningKey.of(bytes);
            SigningKey.ofText(Base64.getEncoder().encodeToString(bytes));
            SigningKey.fromBase64(Base64.getEncoder().encodeToString(bytes));
        }
    }

    @Test
    void a_phrase_that_happens_to_be_base64_is_still_a_phrase() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SigningKey.fromBase64("changeme-Changeme-chAngeme-chaNgeme-chanGeme"))
                .withMessageContaining("countermark keygen");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "not base64!", "AAAA", "ka4MFwjp+GwlO6aSs8DiVOzamXgamMlnV4wfS6W5N8c=="})
    void text_that_is_no_good_base64_key_is_refused_without_quoting_it(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SigningKey.fromBase64(text))
                .withMessageContaining("countermark keygen")
                .withNoCause();
    }

    @Test
    void a_word_in_place_of_base64_hears_what_it_was_read_as() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SigningKey.fromBase64("mysecretpassword"))
                .withMessageStartingWith("the key is read as base64, which makes 12 bytes, and needs at least 32");
    }

    @ParameterizedTest
    @ValueSource(strings = {"${COUNTERMARK_KEY}", " {{ countermark.key }}\n", "<your key>"})
    void a_template_in_place_of_base64_is_called_one(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SigningKey.fromBase64(text))
                .withMessageContaining("a template that nobody has filled in");
    }

    @Test
    void a_lone_surrogate_is_refused_instead_of_becoming_a_question_mark() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SigningKey.ofText("corpus-key-with-surrogate-0123456789\ud800"));
        assertThatIllegalArgumentException().isThrownBy(() -> SigningKey.weakText("\udc00"));
    }

    @Test
    void a_missing_key_says_how_to_make_one() {
        assertThatNullPointerException()
                .isThrownBy(() -> SigningKey.fromBase64(null))
                .withMessageContaining("countermark keygen");
        assertThatNullPointerException()
                .isThrownBy(() -> SigningKey.weakText(null))
                .withMessage("no key was given");
        assertThatNullPointerException()
                .isThrownBy(() -> SigningKey.ofText(null))
                .withMessage("no key was given");
    }

    @Test
    void the_secret_is_copied_and_never_shown() {
        var bytes = TestKeys.NEW.revealSecret();
        var key = SigningKey.of(bytes);
        bytes[0] ^= 1;
        assertThat(key).isEqualTo(TestKeys.NEW);
        assertThat(key.toString()).doesNotContain(key.revealBase64()).contains(key.fingerprint());
        assertThat(SigningKey.weakText("hunter2").toString()).isEqualTo("SigningKey[weak]");
        assertThat(key.named("2026-11").toString()).isEqualTo("SigningKey[2026-11]");
    }

    @Test
    void a_name_is_plain_text() {
        assertThat(TestKeys.NEW.named("2026-11").id()).isEqualTo("2026-11");
        assertThat(TestKeys.NEW.id()).isEqualTo(TestKeys.NEW.fingerprint());
        for (var name : new String[] {"azAZ09._-", "x".repeat(64)}) {
            assertThat(TestKeys.NEW.named(name).id()).isEqualTo(name);
        }
        // The last ones are neighbours of those that are allowed.
        for (var name : new String[] {"", "a b", "a\n", "é", "x".repeat(65), "`", "{", "@", "[", "/", ":"}) {
            assertThatIllegalArgumentException().isThrownBy(() -> TestKeys.NEW.named(name));
        }
    }

    @Test
    void fingerprints_tell_keys_apart() {
        var seen = new HashSet<String>();
        for (int i = 0; i < 1000; i++) {
            assertThat(seen.add(SigningKey.generate().fingerprint())).isTrue();
        }
    }

    @Test
    void what_may_be_known_of_a_key() {
        var named = TestKeys.NEW.named("2026-11");
        assertThat(TestKeys.NEW.isNamed()).isFalse();
        assertThat(named.isNamed()).isTrue();
        assertThat(TestKeys.NEW.length()).isEqualTo(32);
        assertThat(SigningKey.weakText("").length()).isZero();
        assertThat(named.hashCode()).isEqualTo(TestKeys.NEW.named("2026-11").hashCode());
        assertThat(TestKeys.NEW.hashCode()).isNotEqualTo(TestKeys.OLD.hashCode());
    }
}
