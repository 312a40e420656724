package dev.countermark.server.problems;

import java.util.function.Supplier;

/** Thrown for a request that can never be granted as it is. Its message is shown to the client: no value of the request. */
public final class BadRequestException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Makes one that says what to change. */
    public BadRequestException(String message) {
        super(message);
    }

    /**
     * What a call to the library returns.
     *
     * @throws BadRequestException with the library's sentence, if it refuses an argument
     */
    public static <T> T orBadRequest(Supplier<T> call) {
        try {
            return call.get();
        } catch (IllegalArgumentException e) {
            throw new BadRequestException(String.valueOf(e.getMessage()));
        }
    }
}
