package dev.countermark.cli.keys;

import dev.countermark.SigningKey;
import dev.countermark.cli.files.FileFailure;
import dev.countermark.cli.keygen.Keys;
import dev.countermark.cli.store.StoreOptions;
import dev.countermark.cli.terminal.ExitCode;
import dev.countermark.cli.terminal.Surroundings;
import dev.countermark.cli.terminal.Version;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code countermark keys add}: adds a key to the file of keys. */
@Command(
        name = "add",
        description = "Add a key to the file, which verifies from now on; the first one also signs.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
final class KeysAddCommand implements Callable<Integer> {

    private final Surroundings surroundings;

    @Mixin
    private StoreOptions store = new StoreOptions();

    @Option(
            names = "--from",
            paramLabel = "FILE",
            description = "A file with the key in base64, or - for standard input; without it a new key is made.")
    private @Nullable Path from;

    KeysAddCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws IOException {
        var key = from == null ? Keys.generate() : SigningKey.fromBase64(text(from));
        store.keyFile(surroundings).add(key);
        surroundings.out().println(key.fingerprint());
        return ExitCode.OK;
    }

    private String text(Path file) throws IOException {
        try {
            var bytes = file.toString().equals("-") ? surroundings.in().readNBytes(10_000) : Files.readAllBytes(file);
            return new String(bytes, StandardCharsets.US_ASCII);
        } catch (NoSuchFileException e) {
            throw new IllegalArgumentException("there is no file " + file);
        } catch (IOException e) {
            throw new IOException("the key in " + file + " cannot be read: " + FileFailure.why(e), e);
        }
    }
}
