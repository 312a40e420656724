package dev.countermark.apitokens;

/** Thrown at start when a node's keys are not those of the store's other nodes or tokens. */
public final class KeyMismatchException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    KeyMismatchException(String message) {
        super(message);
    }
}
