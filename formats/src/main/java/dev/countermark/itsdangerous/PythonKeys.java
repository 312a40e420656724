package dev.countermark.itsdangerous;

import dev.countermark.Keyring;
import dev.countermark.SigningKey;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * Keys in Python's order, oldest first: the last one signs, and reading tries from the last to the first.
 *
 * <p>A type of its own, because a {@link Keyring} names the key that signs first.
 *
 * <p>Source: itsdangerous 2.2.0, {@code signer.py}, {@code Signer.secret_keys}. Immutable.
 */
public final class PythonKeys {

    private final List<SigningKey> newestFirst;

    private PythonKeys(List<SigningKey> newestFirst) {
        this.newestFirst = newestFirst;
    }

    /**
     * Keys of any strength, from the UTF-8 bytes of texts.
     *
     * @param secrets oldest first; with none, nothing can be signed and nothing verifies
     * @throws IllegalArgumentException if one holds a lone surrogate
     */
    public static PythonKeys oldestFirst(String... secrets) {
        return oldestFirst(Arrays.stream(secrets).map(SigningKey::weakText).toList());
    }

    /** Keys, oldest first. */
    public static PythonKeys oldestFirst(SigningKey... keys) {
        return oldestFirst(List.of(keys));
    }

    /** Keys, oldest first; the list is copied. */
    public static PythonKeys oldestFirst(List<SigningKey> keys) {
        var turned = new ArrayList<>(keys);
        Collections.reverse(turned);
        return new PythonKeys(List.copyOf(turned));
    }

    /** The keys of a keyring: its primary key becomes the newest. */
    public static PythonKeys of(Keyring keyring) {
        return new PythonKeys(keyring.keys());
    }

    List<SigningKey> newestFirst() {
        return newestFirst;
    }

    /** Ids only, newest first. */
    @Override
    public String toString() {
        return "PythonKeys" + newestFirst;
    }
}
