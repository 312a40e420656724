package dev.countermark.jws;

import dev.countermark.Keyring;
import dev.countermark.SigningKey;
import dev.countermark.mac.Hmac;
import dev.countermark.mac.MacAlgorithm;

/** The signature algorithms of RFC 7518 section 3.2: HMAC with a hash of the SHA-2 family. */
public enum JwsAlgorithm {
    /** HMAC-SHA-256; keys of 32 bytes or more. */
    HS256(Hmac.SHA256),
    /** HMAC-SHA-384; keys of 48 bytes or more. */
    HS384(Hmac.SHA384),
    /** HMAC-SHA-512; keys of 64 bytes or more. */
    HS512(Hmac.SHA512);

    private final Hmac mac;

    JwsAlgorithm(Hmac mac) {
        this.mac = mac;
    }

    /** The code that makes the signature. */
    public MacAlgorithm mac() {
        return mac;
    }

    /** Fewest bytes of a key: as many as the hash has (RFC 7518 section 3.2). */
    public int minimumKeyLength() {
        return mac.length();
    }

    /** @throws IllegalArgumentException if a key is too short, also a {@linkplain SigningKey#weak weak} one */
    void requireLongEnough(Keyring keys) {
        for (var key : keys.keys()) {
            if (key.length() < minimumKeyLength()) {
                throw new IllegalArgumentException(
                        "a key has " + key.length() + " bytes and " + this + " needs at least " + minimumKeyLength()
                                + "; make one with: countermark keygen --bytes " + minimumKeyLength()
                                + ", or choose an algorithm with a shorter hash");
            }
        }
    }
}
