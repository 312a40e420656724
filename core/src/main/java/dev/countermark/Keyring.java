package dev.countermark;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;

/**
 * Keys that sign and verify: one signs, all verify.
 *
 * <p>To change keys without downtime: accept the new key everywhere, then make it the primary one everywhere, then,
 * when the last token signed with the old one has expired, accept the old one no longer.
 *
 * <pre>{@code
 * Keyring keys = Keyring.of(SigningKey.fromBase64(thisYear)).accepting(SigningKey.fromBase64(lastYear));
 * }</pre>
 *
 * <p>Immutable.
 */
public final class Keyring {

    private final List<SigningKey> keys;

    private Keyring(List<SigningKey> keys) {
        this.keys = keys;
    }

    /** A keyring of one key, which signs. */
    public static Keyring of(SigningKey primary) {
        return new Keyring(List.of(Objects.requireNonNull(primary, "primary")));
    }

    /**
     * The same keyring, also verifying with {@code keys}; they never sign.
     *
     * @throws IllegalArgumentException if two keys have one id
     */
    public Keyring accepting(SigningKey... keys) {
        var all = new ArrayList<>(this.keys);
        for (var key : Objects.requireNonNull(keys, "keys")) {
            all.add(Objects.requireNonNull(key, "one of the keys"));
        }
        var ids = new HashSet<String>();
        for (var key : all) {
            if (!ids.add(key.id())) {
                throw new IllegalArgumentException(
                        "two keys of a keyring have one id, " + key.id() + "; name them apart, or drop the double");
            }
        }
        return new Keyring(List.copyOf(all));
    }

    /** The key that signs. */
    public SigningKey primary() {
        return keys.get(0);
    }

    /** All keys that verify, the primary one first. */
    public List<SigningKey> keys() {
        return keys;
    }

    /** Ids only. */
    @Override
    public String toString() {
        return "Keyring[primary=" + primary() + ", accepting=" + keys.subList(1, keys.size()) + "]";
    }
}
