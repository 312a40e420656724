package dev.countermark;

/**
 * Sizes above which a token is refused before any work is done on it.
 *
 * @param tokenLength longest token, in characters, or in bytes where it comes as bytes; at least 1
 * @param payloadLength longest payload after decoding and inflating, in bytes; at least 1
 */
public record Limits(int tokenLength, int payloadLength) {

    /** Tokens of 16,384 characters, payloads of 65,536 bytes. */
    public static final Limits DEFAULT = new Limits(16 * 1024, 64 * 1024);

    /** @throws IllegalArgumentException if one of them is not positive */
    public Limits {
        if (tokenLength <= 0 || payloadLength <= 0) {
            throw new IllegalArgumentException("limits are positive");
        }
    }

    /**
     * The same limits with another longest token, in characters.
     *
     * @throws IllegalArgumentException if it is not positive
     */
    public Limits tokenLength(int characters) {
        return new Limits(characters, payloadLength);
    }

    /**
     * The same limits with another longest payload, in bytes.
     *
     * @throws IllegalArgumentException if it is not positive
     */
    public Limits payloadLength(int bytes) {
        return new Limits(tokenLength, bytes);
    }
}
