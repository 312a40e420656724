package dev.countermark.apitokens;

import dev.countermark.Keyring;
import dev.countermark.SigningKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * A file of keys that may change while nodes run: one key to a line, {@code primary <base64>} for the one that signs and
 * {@code accepted <base64>} for the others. Lines that begin with {@code #} and empty ones are ignored.
 *
 * <p>Replaced whole, by one process at a time, readable by its owner only. To change keys without downtime: {@link #add} on
 * every machine, wait until every node reports the key, {@link #promote} on every machine, and when the last token of the old
 * key has expired, {@link ApiTokens#retireKey} and {@link #remove}.
 */
public final class KeyFile implements KeySource {

    private static final String PRIMARY = "primary ";
    private static final String ACCEPTED = "accepted ";

    /** Of this process: the lock of a file keeps out other processes only. */
    private static final Object CHANGING = new Object();

    private final Path file;

    private KeyFile(Path file) {
        this.file = file;
    }

    /** The key file at a path; it need not exist yet. */
    public static KeyFile at(Path file) {
        return new KeyFile(file);
    }

    /** Where it is. */
    public Path path() {
        return file;
    }

    /** Whether it exists. */
    public boolean exists() {
        return Files.exists(file);
    }

    /**
     * Reads it.
     *
     * @throws UncheckedIOException if it cannot be read
     * @throws IllegalArgumentException if it does not hold exactly one primary key, or a key that is weak or none; the
     *     message names the line, never the key
     */
    @Override
    public Keyring keyring() {
        List<String> lines;
        try {
            lines = Files.readAllLines(file, StandardCharsets.UTF_8);
        } catch (NoSuchFileException e) {
            throw new UncheckedIOException("no keys at " + file + "; make them with: countermark keys add", e);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
        Optional<SigningKey> primary = Optional.empty();
        var accepted = new ArrayList<SigningKey>();
        for (int i = 0; i < lines.size(); i++) {
            var line = lines.get(i).strip();
            if (line.isEmpty() || line.startsWith("#")) {
                continue;
            }
            if (line.startsWith(ACCEPTED)) {
                accepted.add(key(line.substring(ACCEPTED.length()), i + 1));
            } else if (line.startsWith(PRIMARY) && primary.isEmpty()) {
                primary = Optional.of(key(line.substring(PRIMARY.length()), i + 1));
            } else {
                throw new IllegalArgumentException("line " + (i + 1) + " of " + file
                        + " is no 'primary' or 'accepted' key, or a second primary one");
            }
        }
        var signer = primary.orElseThrow(() -> new IllegalArgumentException(file
                + " has no primary key; write 'primary' before the one that signs, or remove the file and add a key"));
        try {
            return Keyring.of(signer).accepting(accepted.toArray(SigningKey[]::new));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(file + ": " + e.getMessage(), e);
        }
    }

    private SigningKey key(String base64, int line) {
        try {
            return SigningKey.fromBase64(base64);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("line " + line + " of " + file + ": " + e.getMessage());
        }
    }

    /**
     * Adds a key that verifies; the first one of a new file also signs.
     *
     * @throws UncheckedIOException if the file cannot be written
     * @throws IllegalArgumentException if it has the key already
     */
    public void add(SigningKey key) {
        alone(() -> {
            if (!exists()) {
                write(Keyring.of(key));
                return true;
            }
            var keys = keyring();
            if (keys.keys().stream().anyMatch(each -> each.fingerprint().equals(key.fingerprint()))) {
                throw new IllegalArgumentException(file + " has the key " + key.fingerprint() + " already");
            }
            write(keys.accepting(key));
            return true;
        });
    }

    /** Makes the file with a first key, unless it is there; answers whether it did. */
    boolean addFirst(Supplier<SigningKey> key) {
        return !exists()
                && alone(() -> {
                    if (exists()) {
                        return false;
                    }
                    write(Keyring.of(key.get()));
                    return true;
                });
    }

    /**
     * Makes a key of the file the one that signs; the one before goes on verifying.
     *
     * @throws RefusedChangeException if the file has no such key
     */
    public void promote(String fingerprint) {
        requireThere();
        alone(() -> {
            var keys = keyring();
            var next = keys.keys().stream()
                    .filter(key -> key.fingerprint().equals(fingerprint))
                    .findFirst()
                    .orElseThrow(() -> unknown(fingerprint));
            write(Keyring.of(next).accepting(others(keys, fingerprint)));
            return true;
        });
    }

    /**
     * Removes a key that does not sign.
     *
     * @throws RefusedChangeException if the file has no such key, or it signs
     */
    public void remove(String fingerprint) {
        requireThere();
        alone(() -> {
            var keys = keyring();
            if (keys.primary().fingerprint().equals(fingerprint)) {
                throw new RefusedChangeException(
                        RefusedChangeException.Why.KEY_NOT_READY, "this key signs; promote another first");
            }
            if (keys.keys().stream().noneMatch(key -> key.fingerprint().equals(fingerprint))) {
                throw unknown(fingerprint);
            }
            var rest = new ArrayList<>(List.of(others(keys, fingerprint)));
            rest.remove(keys.primary());
            write(Keyring.of(keys.primary()).accepting(rest.toArray(SigningKey[]::new)));
            return true;
        });
    }

    /** Before a lock is left where there are no keys. */
    private void requireThere() {
        keyring();
    }

    /**
     * Changes the file while no other process does: of two that add a key, the second would lose the first's.
     *
     * <p>So does the command's OwnKey, with a file of another format; a lock to share would be public here, where nobody else
     * needs it.
     *
     * @return what the change answers: whether it did anything
     */
    private boolean alone(BooleanSupplier change) {
        var lock = Path.of(file + ".lock");
        synchronized (CHANGING) {
            try {
                PrivateFiles.createFolder(
                        Objects.requireNonNull(lock.toAbsolutePath().getParent(), "a file has a folder"));
                try (var channel = FileChannel.open(
                                lock,
                                Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
                                PrivateFiles.owner("rw-------"));
                        var held = channel.lock()) {
                    if (!held.isValid()) {
                        throw new IOException("the lock is lost");
                    }
                    return change.getAsBoolean();
                }
            } catch (IOException e) {
                throw new UncheckedIOException("cannot change " + file, e);
            }
        }
    }

    private static SigningKey[] others(Keyring keys, String fingerprint) {
        return keys.keys().stream()
                .filter(key -> !key.fingerprint().equals(fingerprint))
                .toArray(SigningKey[]::new);
    }

    private RefusedChangeException unknown(String fingerprint) {
        return new RefusedChangeException(
                RefusedChangeException.Why.KEY_NOT_READY, file + " has no key with the fingerprint " + fingerprint);
    }

    private void write(Keyring keys) {
        var text =
                new StringBuilder("# Keys of Countermark: the primary one signs, all verify. Keep this file secret.\n");
        for (var key : keys.keys()) {
            text.append(key.equals(keys.primary()) ? PRIMARY : ACCEPTED)
                    .append(key.revealBase64())
                    .append('\n');
        }
        try {
            PrivateFiles.replace(file, text.toString());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file, e);
        }
    }

    @Override
    public String toString() {
        return "KeyFile[" + file + "]";
    }
}
