package dev.countermark.mac;

import java.nio.charset.StandardCharsets;

/**
 * How a secret and a salt become the key of one purpose.
 *
 * <p>Source: itsdangerous 2.2.0, {@code signer.py}, {@code Signer.derive_key}. Only {@link #HMAC} keeps salts apart:
 * the two concatenations give salt {@code ab} with secret {@code c} and salt {@code a} with secret {@code bc} one key.
 */
public enum KeyDerivation {
    /** {@code H(salt || secret)}. */
    CONCAT {
        @Override
        public byte[] derive(Digest digest, byte[] secret, byte[] salt) {
            return digest.of(salt, secret);
        }
    },
    /** {@code H(salt || "signer" || secret)}. */
    DJANGO_CONCAT {
        @Override
        public byte[] derive(Digest digest, byte[] secret, byte[] salt) {
            return digest.of(salt, SIGNER, secret);
        }
    },
    /** {@code HMAC-H(key = secret, message = salt)}. */
    HMAC {
        @Override
        public byte[] derive(Digest digest, byte[] secret, byte[] salt) {
            return digest.hmac().withKey(secret).compute(salt);
        }
    },
    /** The secret itself, whatever the salt. */
    NONE {
        @Override
        public byte[] derive(Digest digest, byte[] secret, byte[] salt) {
            return secret.clone();
        }
    };

    private static final byte[] SIGNER = "signer".getBytes(StandardCharsets.US_ASCII);

    /**
     * Derives a key.
     *
     * @param digest the hash function {@code H}
     * @param secret any bytes, also none
     * @param salt any bytes, also none
     * @return a new array: as long as the digest, except for {@link #NONE}
     */
    public abstract byte[] derive(Digest digest, byte[] secret, byte[] salt);
}
