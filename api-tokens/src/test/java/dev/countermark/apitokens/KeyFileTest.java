package dev.countermark.apitokens;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countermark.SigningKey;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
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
        var text = second.revealBase64();
        Files.writeString(path, "primary " + text + "\naccepted " + text + "\n");
        assertThatThrownBy(file::keyring)
                .hasMessageContaining(path.toString())
                .hasMessageContaining(second.fingerprint())
                .message()
                .doesNotContain(text);
        Files.writeString(path, "sesame\n");
        assertThatThrownBy(file::keyring)
                .hasMessageContaining("line 1")
                .message()
                .doesNotContain("sesame");
    }

    @Test
    void a_file_without_a_primary_key_says_what_mends_it() throws Exception {
        var file = KeyFile.at(Files.createFile(folder.resolve("keys")));
        assertThatThrownBy(() -> file.add(SigningKey.generate())).hasMessageContaining("remove the file and add a key");
        Files.delete(file.path());
        file.add(SigningKey.generate());
        assertThat(file.keyring().keys()).hasSize(1);
    }

    @Test
    void of_many_that_add_a_key_at_once_none_is_lost() throws Exception {
        var path = folder.resolve("new").resolve("keys");
        var keys = Stream.generate(SigningKey::generate).limit(20).toList();
        var threads = Executors.newFixedThreadPool(keys.size());
        try {
            threads.invokeAll(keys.stream()
                            .map(key ->
                                    Executors.callable(() -> KeyFile.at(path).add(key)))
                            .toList())
                    .forEach(KeyFileTest::finish);
        } finally {
            threads.shutdownNow();
        }
        assertThat(KeyFile.at(path).keyring().keys()).containsExactlyInAnyOrderElementsOf(keys);
    }

    private static void finish(Future<?> future) {
        try {
            future.get();
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void what_there_is_no_file_for_leaves_none() {
        var file = KeyFile.at(folder.resolve("nowhere").resolve("keys"));
        assertThatThrownBy(() -> file.promote("0123456789abcdef")).hasMessageContaining("keys add");
        assertThatThrownBy(() -> file.remove("0123456789abcdef")).hasMessageContaining("keys add");
        assertThat(folder.resolve("nowhere")).doesNotExist();
    }
}
