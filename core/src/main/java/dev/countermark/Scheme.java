package dev.countermark;

import dev.countermark.mac.Digest;
import dev.countermark.mac.Hmac;
import dev.countermark.mac.KeyDerivation;
import dev.countermark.mac.MacAlgorithm;

/**
 * How a key of one purpose is derived and what it signs with: the part of a wire format that both sides must share.
 *
 * <p>A constant here is wire format: it is never edited; a better one is added beside it.
 *
 * @param derivation how secret and purpose become a key
 * @param digest hash function of the derivation
 * @param mac algorithm of the signature
 */
public record Scheme(KeyDerivation derivation, Digest digest, MacAlgorithm mac) {

    /** Key {@code HMAC-SHA-256(secret, purpose)}, signature HMAC-SHA-256 of 32 bytes. The default. */
    public static final Scheme HMAC_SHA256 = new Scheme(KeyDerivation.HMAC, Digest.SHA256, Hmac.SHA256);

    /** Key {@code HMAC-SHA-384(secret, purpose)}, signature HMAC-SHA-384 of 48 bytes. */
    public static final Scheme HMAC_SHA384 = new Scheme(KeyDerivation.HMAC, Digest.SHA384, Hmac.SHA384);

    /** Key {@code HMAC-SHA-512(secret, purpose)}, signature HMAC-SHA-512 of 64 bytes. */
    public static final Scheme HMAC_SHA512 = new Scheme(KeyDerivation.HMAC, Digest.SHA512, Hmac.SHA512);

    byte[] derive(SigningKey key, byte[] salt) {
        return derivation.derive(digest, key.secret(), salt);
    }
}
