package dev.countermark.spring;

import dev.countermark.Keyring;
import dev.countermark.SigningKey;
import dev.countermark.apitokens.KeyFile;
import dev.countermark.apitokens.KeySource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The keys that the configuration names: in itself, or in a file that may change. */
final class ConfiguredKeys {

    private static final long LONGEST_FILE = 1 << 20;
    private static final String MAKE_ONE = "Make a key with: countermark keygen";
    private static final String WHERE_TO_PUT_IT = ", and give it as the environment variable COUNTERMARK_KEY or the"
            + " property countermark.key, or in a file named by countermark.key-file.";

    private ConfiguredKeys() {}

    /**
     * The source of the configured keys, read once to see that they are there and strong.
     *
     * @throws StartFailure if they are not
     */
    static KeySource of(CountermarkProperties properties) {
        var key = properties.key();
        var file = properties.keyFile();
        if (hasText(key) && file != null) {
            throw new StartFailure(
                    "Both countermark.key and countermark.key-file are set.",
                    "Keep one of them; the file may hold several keys.");
        }
        if (file != null) {
            return ofFile(file.toPath(), properties.acceptedKeys());
        }
        if (!hasText(key)) {
            throw new StartFailure("There is no key to sign tokens with.", MAKE_ONE + WHERE_TO_PUT_IT);
        }
        var accepted = properties.acceptedKeys();
        var keyring = Keyring.of(signingKey(key, "countermark.key"));
        for (int i = 0; i < accepted.size(); i++) {
            keyring = accepting(keyring, accepted.get(i), "countermark.accepted-keys[" + i + "]");
        }
        return KeySource.of(keyring);
    }

    private static Keyring accepting(Keyring keyring, @Nullable String base64, String property) {
        var key = signingKey(base64, property);
        if (keyring.keys().contains(key)) {
            throw new StartFailure(
                    property + " is a key that signs or is accepted already.", "Leave it out; each key stands once.");
        }
        return keyring.accepting(key);
    }

    private static boolean hasText(@Nullable String text) {
        return text != null && !text.isBlank();
    }

    private static SigningKey signingKey(@Nullable String base64, String property) {
        if (base64 != null && base64.startsWith("${")) {
            throw new StartFailure(
                    property + " names a variable that has no value.",
                    "Set that variable to a key, for instance: export COUNTERMARK_KEY=$(countermark keygen). Keep the key:"
                            + " what it signed is good with it alone.");
        }
        try {
            return SigningKey.fromBase64(base64 == null ? "" : base64);
        } catch (IllegalArgumentException e) {
            // Neither the property's value nor a cause that might quote it.
            throw new StartFailure(property + " is refused: " + e.getMessage(), MAKE_ONE + WHERE_TO_PUT_IT);
        }
    }

    private static KeySource ofFile(Path file, List<String> accepted) {
        if (!accepted.isEmpty()) {
            throw new StartFailure(
                    "countermark.accepted-keys is set beside countermark.key-file.",
                    "Write each accepted key into the file, on a line of its own: accepted <base64>");
        }
        KeySource source = () -> read(file);
        try {
            source.keyring();
        } catch (IllegalArgumentException e) {
            throw new StartFailure("The key file is refused: " + e.getMessage(), MAKE_ONE + " --out " + file, e);
        } catch (UncheckedIOException e) {
            var why =
                    e.getCause() instanceof NoSuchFileException ? "There is no key file " : "No keys can be read from ";
            throw new StartFailure(why + file + ".", MAKE_ONE + " --out " + file + ", as the application's user.", e);
        }
        return source;
    }

    private static Keyring read(Path file) {
        try {
            if (Files.size(file) > LONGEST_FILE) {
                throw new IllegalArgumentException(file + " is longer than a file of keys can be");
            }
            var text = Files.readString(file, StandardCharsets.US_ASCII).strip();
            // What countermark keygen prints, and what a mounted secret holds: one key and nothing else.
            boolean bare = !text.isEmpty() && text.chars().noneMatch(Character::isWhitespace);
            return bare
                    ? Keyring.of(SigningKey.fromBase64(text))
                    : KeyFile.at(file).keyring();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }
}
