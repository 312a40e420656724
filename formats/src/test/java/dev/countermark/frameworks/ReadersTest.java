package dev.countermark.frameworks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.countermark.Keyring;
import dev.countermark.SigningKey;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

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
