package dev.countermark.frameworks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.countermark.Keyring;
import dev.countermark.SigningKey;
import dev.countermark.Valid;
import dev.countermark.Verdict;
import dev.countermark.mac.Hmac;
import java.time.Duration;
import java.util.List;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.node.JsonNodeFactory;

/** What the short way to a value gives back, and the first and last of what may be asked of a helper. */
class ReadersTest {

    private static final SigningKey OLD = SigningKey.weakText("an old key");
    private static final SigningKey NEW = SigningKey.weakText("a new key");
    private static final Keyring KEYS = Keyring.of(NEW).accepting(OLD);
    private static final Duration HOUR = Duration.ofHours(1);

    @Test
    void a_reader_gives_what_was_written() {
        var message = new DjangoMessages.Message(20, "hello", true, "info");
        assertThat(DjangoSigner.of(KEYS).read(DjangoSigner.of(KEYS).write("a"))).isEqualTo("a");
        assertThat(DjangoTimestampSigner.of(KEYS)
                        .read(DjangoTimestampSigner.of(KEYS).write("a"), HOUR))
                .isEqualTo("a");
        assertThat(DjangoMessages.of(KEYS).read(DjangoMessages.of(KEYS).write(List.of(message))))
                .containsExactly(message);
        assertThat(FlaskCsrf.of(KEYS).read(FlaskCsrf.of(KEYS).write("a"), "a")).isEqualTo("a");
        assertThat(FlaskLogin.of(KEYS).read(FlaskLogin.of(KEYS).write("1"))).isEqualTo("1");
        assertThat(Keygrip.of(KEYS).read("a", Keygrip.of(KEYS).write("a"))).isEqualTo("a");
    }

    /** @param check of a token by a keyring */
    record Format(String token, BiFunction<Keyring, String, Verdict<?>> check) {}

    static Stream<Named<Format>> formats() {
        var old = Keyring.of(OLD);
        var json = JsonNodeFactory.instance.objectNode().put("n", 1);
        return Stream.of(
                Named.of(
                        "express",
                        new Format(
                                ExpressSignature.of(old).write("a"),
                                (k, t) -> ExpressSignature.of(k).check(t))),
                Named.of(
                        "keygrip",
                        new Format(
                                Keygrip.of(old).write("a"),
                                (k, t) -> Keygrip.of(k).check("a", t))),
                Named.of(
                        "login",
                        new Format(
                                FlaskLogin.of(old).write("1"),
                                (k, t) -> FlaskLogin.of(k).check(t))),
                Named.of(
                        "rails",
                        new Format(
                                RailsMessageVerifier.of(old).write(json),
                                (k, t) -> RailsMessageVerifier.of(k).check(t))));
    }

    @ParameterizedTest
    @MethodSource("formats")
    void only_an_older_key_asks_for_a_new_token(Format format) {
        for (boolean older : new boolean[] {false, true}) {
            var keys = older ? KEYS : Keyring.of(OLD).accepting(NEW);
            assertThat(format.check().apply(keys, format.token()))
                    .isInstanceOfSatisfying(
                            Valid.class, valid -> assertThat(valid.reissue()).isEqualTo(older));
        }
    }

    @Test
    void a_format_shows_the_names_of_its_keys() {
        var keys = Keyring.of(SigningKey.weakText("a secret").named("2026"));
        var formats = List.of(
                ExpressCookie.of(keys),
                ExpressCookie.of(keys).decoded(),
                ExpressJsonCookie.of(keys),
                ExpressSession.of(keys, "session"),
                ExpressSignature.of(keys),
                FlaskCsrf.of(keys),
                FlaskSession.of(keys),
                Keygrip.of(keys),
                RailsCookie.of(keys, "c"),
                RailsMessageVerifier.of(keys),
                RailsSignedId.of(keys, "User"),
                StarletteSession.of(keys));

        assertThat(formats)
                .allSatisfy(format -> assertThat(format.toString())
                        .startsWith(format.getClass().getSimpleName() + "[")
                        .contains("2026")
                        .doesNotContain("a secret"));
        assertThat(RailsMessageVerifier.of(keys).digest(Hmac.SHA256).purpose("login"))
                .asString()
                .contains("V8_1", "HMAC-SHA-256", "ACTIVE_SUPPORT", "login");
    }

    @Test
    void a_signature_of_keygrip_tells_the_place_of_its_key() {
        var keygrip = Keygrip.of(KEYS);
        assertThat(keygrip.index("a", keygrip.write("a"))).isEqualTo(0);
        assertThat(keygrip.index("a", Keygrip.of(Keyring.of(OLD)).write("a"))).isEqualTo(1);
        assertThat(keygrip.index("b", keygrip.write("a"))).isEqualTo(-1);
    }

    @Test
    void rails_makes_keys_of_these_lengths() {
        var generator = RailsKeyGenerator.of(RailsRelease.V8_1).iterations(1);
        var salt = new byte[] {1};
        assertThat(generator.generate(NEW, salt, 1)).hasSize(1);
        assertThat(generator.generate(NEW, salt, 1024)).hasSize(1024);
        assertThatIllegalArgumentException().isThrownBy(() -> generator.generate(NEW, salt, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> generator.generate(NEW, salt, 1025));
        assertThat(generator.iterations(10_000_000)).isNotNull();
        assertThatIllegalArgumentException().isThrownBy(() -> generator.iterations(0));
        assertThatIllegalArgumentException().isThrownBy(() -> generator.iterations(10_000_001));
    }
}
