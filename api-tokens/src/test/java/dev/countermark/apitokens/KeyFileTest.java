package dev.countermark.apitokens;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countermark.SigningKey;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeyFileTest {

    @TempDir
    Path folder;

    @Test
    void a_file_of_keys_is_private_and_says_what_is_wrong_without_the_key() throws Exception {
        var path = folder.resolve("keys");
        var file = KeyFile.at(path);
        assertThatThrownBy(file::keyring)
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("keys add");
        var first = SigningKey.generate();
        file.add(first);
        var second = SigningKey.generate();
        file.add(second);
        assertThatThrownBy(() -> file.add(second))
                .hasMessageContaining("has the key " + second.fingerprint() + " already");
        assertThat(Files.getPosixFilePermissions(path)).isEqualTo(PosixFilePermissions.fromString("rw-------"));
        assertThat(file.keyring().primary()).isEqualTo(first);
        assertThatThrownBy(() -> file.remove(first.fingerprint())).isInstanceOf(RefusedChangeException.class);
        file.promote(second.fingerprint());
        assertThat(file.keyring().primary()).isEqualTo(second);
        file.remove(first.fingerprint());
        assertThat(file.keyring().keys()).containsExactly(second);

        Files.writeString(path, "accepted " + second.revealBase64() + "\n");
        assertThatThrownBy(file::keyring).hasMessageContaining("no primary key");
        Files.writeString(path, "primary " + second.revealBase64().substring(10) + "\n");
        assertThatThrownBy(file::keyring)
                .hasMessageContaining("line 1")
                .message()
                .doesNotContain(second.revealBase64().substring(10, 30));
        Files.writeString(path, "sesame\n");
        assertThatThrownBy(file::keyring)
                .hasMessageContaining("line 1")
                .message()
                .doesNotContain("sesame");
    }
}
