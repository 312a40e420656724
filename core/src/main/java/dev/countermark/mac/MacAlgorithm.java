package dev.countermark.mac;

/**
 * A way to authenticate bytes with a secret; the place to plug in another algorithm.
 *
 * <p>Implementations are immutable and safe for many threads. {@link Hmac} has the usual ones.
 */
public interface MacAlgorithm {

    /** Name of the algorithm as its standard writes it, for instance {@code HMAC-SHA-256}. */
    String algorithmName();

    /** Length of a code, in bytes; the same for every key and message. */
    int length();

    /**
     * Binds the algorithm to a key.
     *
     * @param key the secret, of any length including none; copied
     */
    MacFunction withKey(byte[] key);
}
