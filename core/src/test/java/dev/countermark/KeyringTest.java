package dev.countermark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.util.Map;
import org.junit.jupiter.api.Test;

class KeyringTest {

    private static Tokens<String> tokens(Keyring keys) {
        return Tokens.of(keys, "login", Codec.text());
    }

    @Test
    void a_retired_key_still_verifies() {
        var token = tokens(Keyring.of(TestKeys.OLD)).sign("foobar");
        var verdict = tokens(Keyring.of(TestKeys.NEW).accepting(TestKeys.OLD)).check(token);
        assertThat(verdict).isInstanceOfSatisfying(Valid.class, valid -> {
            assertThat(valid.value()).isEqualTo("foobar");
            assertThat(valid.reissue()).isTrue();
            assertThat(valid.keyId()).isEqualTo(TestKeys.OLD.id());
        });
    }

    @Test
    void the_primary_key_signs() {
        var both = tokens(Keyring.of(TestKeys.NEW).accepting(TestKeys.OLD));
        var token = both.sign("foobar");
        assertThat(tokens(Keyring.of(TestKeys.NEW)).verify(token)).isEqualTo("foobar");
        assertThat(tokens(Keyring.of(TestKeys.OLD)).check(token)).isInstanceOf(Rejected.class);
        assertThat(both.check(token))
                .isInstanceOfSatisfying(
                        Valid.class, v -> assertThat(v.reissue()).isFalse());
    }

    @Test
    void two_keys_of_one_id_are_refused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Keyring.of(TestKeys.NEW).accepting(TestKeys.NEW));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Keyring.of(TestKeys.NEW.named("a")).accepting(TestKeys.OLD.named("a")));
    }

    @Test
    void weak_keys_sign_nothing_of_our_own() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> tokens(Keyring.of(TestKeys.NEW).accepting(SigningKey.weakText("sekrit"))))
                .withMessageContaining("countermark keygen");
    }

    /** A variable that is not set is the first mistake with keys. */
    @Test
    void an_argument_that_is_null_is_named() {
        var keys = Keyring.of(TestKeys.NEW);
        var codec = Codec.text();
        Map<String, Runnable> calls = Map.of(
                "primary", () -> Keyring.of(null),
                "one of the keys", () -> keys.accepting((SigningKey) null),
                "keys", () -> Tokens.of(null, "login", codec),
                "purpose", () -> Tokens.of(keys, null, codec),
                "no key was given; make one with: countermark keygen", () -> SigningKey.fromBase64(null));
        calls.forEach((name, call) ->
                assertThatNullPointerException().isThrownBy(call::run).withMessage(name));
        assertThatNullPointerException()
                .isThrownBy(() -> SignedUrl.withoutExpiry(null, "download"))
                .withMessage("keys");
    }

    @Test
    void its_text_names_keys_by_id_alone() {
        var keys = Keyring.of(TestKeys.NEW.named("new")).accepting(TestKeys.OLD);
        assertThat(keys.toString()).contains("new", TestKeys.OLD.id()).doesNotContain(TestKeys.OLD.revealBase64());
    }
}
