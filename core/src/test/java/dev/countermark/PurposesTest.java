package dev.countermark;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.countermark.mac.Digest;
import dev.countermark.mac.KeyDerivation;
import org.junit.jupiter.api.Test;

class PurposesTest {

    @Test
    void different_purposes_pass() {
        var keys = Keyring.of(TestKeys.NEW).accepting(TestKeys.OLD);
        assertThatCode(() -> Purposes.check(keys, "login", "reset-password")).doesNotThrowAnyException();
    }

    @Test
    void one_purpose_used_twice_is_found() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Purposes.check(TestKeys.KEYS, "login", "reset", "login"))
                .withMessageContaining("'login'");
    }

    @Test
    void salts_that_run_into_the_secret_are_found() {
        var purposes = Purposes.under(KeyDerivation.CONCAT, Digest.SHA1)
                .add("reset", SigningKey.weakText("password-key"), "reset-".getBytes(UTF_8));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> purposes.add("login", SigningKey.weakText("key"), "reset-password-".getBytes(UTF_8)))
                .withMessageContaining("'reset' and 'login'");
        var django = Purposes.under(KeyDerivation.DJANGO_CONCAT, Digest.SHA1)
                .add("a", SigningKey.weakText("signerX"), "s".getBytes(UTF_8));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> django.add("b", SigningKey.weakText("X"), "ssigner".getBytes(UTF_8)));
    }

    @Test
    void half_a_character_is_no_question_mark() {
        for (var half : new String[] {"\ud800", "a\udc00"}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> Purposes.check(TestKeys.KEYS, half))
                    .withMessageContaining("lone surrogate");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> Tokens.of(TestKeys.KEYS, half, Codec.text()))
                    .withMessageContaining("lone surrogate");
            assertThatIllegalArgumentException().isThrownBy(() -> SignedUrl.withoutExpiry(TestKeys.KEYS, half));
        }
    }

    @Test
    void hmac_keeps_the_same_pair_apart() {
        var purposes = Purposes.under(KeyDerivation.HMAC, Digest.SHA256)
                .add("reset", SigningKey.weakText("password-key"), "reset-".getBytes(UTF_8));
        assertThatCode(() -> purposes.add("login", SigningKey.weakText("key"), "reset-password-".getBytes(UTF_8)))
                .doesNotThrowAnyException();
    }
}
