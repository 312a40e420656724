package dev.countermark.cli.sign;

import dev.countermark.apitokens.DataFolder;
import dev.countermark.cli.files.FileFailure;
import dev.countermark.cli.files.PrivateFile;
import dev.countermark.cli.keygen.Keys;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Set;

/**
 * The key that the command makes for {@code sign} and {@code verify} when it is given none, in the data folder.
 *
 * <p>{@link DataFolder#makeKeyOnce} makes the first key of a store under a lock as here. It is another file of another
 * format, and asks the store first; what both share, ten lines, no library of tokens would export.
 */
final class OwnKey {

    private final Path folder;

    OwnKey(Map<String, String> variables) {
        this.folder = DataFolder.of(variables).path();
    }

    /** The file that holds the key. */
    Path keyFile() {
        return folder.resolve("key");
    }

    /**
     * Whether the key was made just now; afterwards it is there, whole, and its owner's alone.
     *
     * @throws IOException if it cannot be made
     */
    boolean makeKeyOnce() throws IOException {
        if (Files.exists(keyFile())) {
            return false;
        }
        try {
            Files.createDirectories(folder, PrivateFile.folder());
            // Two first runs at once must end with one key: the second waits, then finds it.
            try (var lock = FileChannel.open(
                            folder.resolve("key.lock"),
                            Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
                            PrivateFile.file());
                    var held = lock.lock()) {
                return held.isValid() && !Files.exists(keyFile()) && writeNewKey();
            }
        } catch (IOException e) {
            throw new IOException(
                    "no key can be kept in " + folder + " (" + FileFailure.why(e)
                            + "); give one with --key-file, or set COUNTERMARK_HOME to a folder of yours",
                    e);
        }
    }

    private boolean writeNewKey() throws IOException {
        var text = Keys.generate().revealBase64() + "\n";
        var temporary = Files.createTempFile(folder, "key", ".new", PrivateFile.file());
        try {
            try (var file = FileChannel.open(temporary, StandardOpenOption.WRITE)) {
                var bytes = StandardCharsets.US_ASCII.encode(text);
                while (bytes.hasRemaining()) {
                    file.write(bytes);
                }
                file.force(true);
            }
            Files.move(temporary, keyFile(), StandardCopyOption.ATOMIC_MOVE);
            return true;
        } finally {
            Files.deleteIfExists(temporary);
        }
    }
}
