package dev.countermark.frameworks;

import dev.countermark.Detail;

/**
 * The error that the framework itself would have raised for a refused text; for those who port code and compare.
 *
 * <p>A rejection has none where the framework accepts the text, or fails with an error that is not its own.
 *
 * @param errorClass name of the class: {@code SignatureExpired}
 * @param message its text, which can quote parts of the token: {@code Signature age 61.0 > 60 seconds}
 */
public record FrameworkError(String errorClass, String message) implements Detail {

    /** The class only, since the message can quote the token. */
    @Override
    public String toString() {
        return "FrameworkError[" + errorClass + "]";
    }
}
