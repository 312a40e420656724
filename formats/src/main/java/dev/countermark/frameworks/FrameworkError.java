package dev.countermark.frameworks;

import dev.countermark.Detail;

/**
 * The error that the framework itself would have raised for a refused text; for those who port code and compare.
 *
 * <p>A rejection has none where the framework accepts the text, or fails with an error that is not its own.
 *
 * <p>Source: {@code core/signing.py} of Django, {@code csrf.py} of Flask-WTF and {@code message_verifier.rb} of activesupport, in
 * the releases that the classes of those formats name.
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
