package dev.countermark.frameworks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.countermark.Codec;
import dev.countermark.Keyring;
import dev.countermark.Rejected;
import dev.countermark.SigningKey;
import dev.countermark.itsdangerous.ItsDangerous;
import dev.countermark.itsdangerous.PythonKeys;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Half of a pair has no UTF-8: Python and Ruby refuse to encode it, Java would sign a question mark in its place. */
class LoneSurrogateTest {

    private static final Keyring KEYS = Keyring.of(SigningKey.weakText("a key"));

    static Stream<Named<Function<String, Object>>> settings() {
        return Stream.of(
                named("salt of Django's Signer", DjangoSigner.of(KEYS)::salt),
                named(
                        "separator of Django's Signer",
                        text -> DjangoSigner.of(KEYS).separator(":" + text)),
                named("salt of Django's TimestampSigner", DjangoTimestampSigner.of(KEYS)::salt),
                named(
                        "separator of Django's TimestampSigner",
                        text -> DjangoTimestampSigner.of(KEYS).separator(":" + text)),
                named("salt of Django's dumps", DjangoJson.of(KEYS)::salt),
                named("name of Django's cookie", name -> DjangoCookie.of(KEYS, name)),
                named("salt of Django's cookie", DjangoCookie.of(KEYS, "c")::salt),
                named("name of Express' session", name -> ExpressSession.of(KEYS, name)),
                named(
                        "salt of a key of Rails",
                        salt -> RailsKeyGenerator.of(RailsRelease.V8_1).keys(KEYS, salt)),
                named("name of Rails' cookie", name -> RailsCookie.of(KEYS, name)),
                named("purpose of Rails", RailsMessageVerifier.of(KEYS)::purpose),
                named("symbol of Rails", RailsMessageVerifier.ofMarshal(KEYS)::purposeSymbol),
                named("model of Rails", model -> RailsSignedId.of(KEYS, model)),
                named("purpose of a signed id", RailsSignedId.of(KEYS, "User")::purpose));
    }

    private static Named<Function<String, Object>> named(String name, Function<String, Object> setting) {
        return Named.of(name, setting);
    }

    @ParameterizedTest
    @MethodSource("settings")
    void what_is_signed_or_becomes_part_of_a_key_has_none(Function<String, Object> setting) {
        for (var text : new String[] {"\ud800", "a\udc00", "\udc00\ud800", "a\ud800b"}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> setting.apply(text))
                    .withMessageContaining("lone surrogate");
        }
        assertThat(setting.apply("a\ud83d\ude00?")).isNotNull();
    }

    @Test
    void halves_do_not_become_a_pair_where_texts_are_joined() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DjangoCookie.of(KEYS, "c\ud83d").salt("\ude00"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new DjangoPasswordReset.User("1\ud83d", "\ude00", null, null));
    }

    @Test
    void a_form_token_with_one_is_not_that_of_a_question_mark() {
        var signed = ItsDangerous.newest()
                .keys(PythonKeys.of(KEYS))
                .salt("wtf-csrf-token")
                .urlSafeTimedSerializer()
                .as(Codec.bytes())
                .sign("\"a\\ud800\"".getBytes(StandardCharsets.US_ASCII));

        assertThat(FlaskCsrf.of(KEYS).lenient().check(signed, "a?")).isInstanceOf(Rejected.class);
        assertThat(FlaskCsrf.of(KEYS).lenient().check(signed, "a\ud800")).isInstanceOf(Rejected.class);
    }
}
