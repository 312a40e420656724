package dev.countermark.apitokens;

/** Thrown when a store does not work: unreachable, full, unsafe or broken. The change was not made. */
public class TokenStoreException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Makes one without a cause. */
    public TokenStoreException(String message) {
        super(message);
    }

    /** Makes one with a cause. */
    public TokenStoreException(String message, Throwable cause) {
        super(message, cause);
    }
}
