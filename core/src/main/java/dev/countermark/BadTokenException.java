package dev.countermark;

import java.util.Objects;

/** Thrown for a token that is not ours, damaged or expired. Carries neither the token nor its payload. */
public class BadTokenException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Why the token was refused. */
    private final Reason reason;

    /** Makes one with the reason's sentence as its message. */
    public BadTokenException(Reason reason) {
        super(Objects.requireNonNull(reason).sentence());
        this.reason = reason;
    }

    /** Why the token was refused. */
    public Reason reason() {
        return reason;
    }
}
