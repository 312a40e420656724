package dev.countermark.apitokens;

import java.time.Duration;

/**
 * Thrown when revocations cannot be heard, so that nobody knows whether a token was taken back. The token may be good:
 * answer 503, never 401.
 */
public final class RevocationsUnavailableException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** When to ask again. */
    private final Duration retryAfter;

    RevocationsUnavailableException(Duration retryAfter) {
        super("revocations cannot be heard; try again in " + retryAfter.toSeconds() + " s");
        this.retryAfter = retryAfter;
    }

    /** When to ask again. */
    public Duration retryAfter() {
        return retryAfter;
    }
}
