package dev.countermark;

import dev.countermark.mac.Digest;
import dev.countermark.mac.KeyDerivation;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;

/**
 * Finds purposes that share a key, so that a token of one would pass as a token of the other.
 *
 * <p>With the derivations {@code concat} and {@code django-concat} that happens across different salts and secrets;
 * with every derivation when one purpose is used twice. Run it once at start.
 */
public final class Purposes {

    private final KeyDerivation derivation;
    private final Digest digest;
    private final Map<String, String> owners = new HashMap<>();

    private Purposes(KeyDerivation derivation, Digest digest) {
        this.derivation = derivation;
        this.digest = digest;
    }

    /**
     * Checks purposes of the default scheme.
     *
     * @throws IllegalArgumentException if two of them derive one key, and the message names both; or if one holds a lone
     *     surrogate
     */
    public static void check(Keyring keyring, String... purposes) {
        var checked = new Purposes(Scheme.HMAC_SHA256.derivation(), Scheme.HMAC_SHA256.digest());
        for (var purpose : purposes) {
            for (var key : keyring.keys()) {
                checked.add(purpose, key, Codec.text().encode(purpose));
            }
        }
    }

    /** Starts a check of purposes under another derivation; continue with {@link #add}. */
    public static Purposes under(KeyDerivation derivation, Digest digest) {
        return new Purposes(derivation, digest);
    }

    /**
     * Adds a purpose.
     *
     * @param name what to call it in the message
     * @param key one of its keys
     * @param salt its salt
     * @return this
     * @throws IllegalArgumentException if a purpose added before derives the same key
     */
    public Purposes add(String name, SigningKey key, byte[] salt) {
        var derived = digest.of(derivation.derive(digest, key.secret(), salt));
        var other = owners.putIfAbsent(HexFormat.of().formatHex(derived), name);
        if (other != null) {
            throw new IllegalArgumentException("purposes '" + other + "' and '" + name
                    + "' derive one key, so a token of one passes as the other; give each purpose a name of its own");
        }
        return this;
    }
}
