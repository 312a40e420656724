package dev.countermark.apitokens;

import dev.countermark.BadTokenException;
import dev.countermark.Reason;

/** Thrown for a token that was ours and was taken back. */
public final class RevokedTokenException extends BadTokenException {

    private static final long serialVersionUID = 1L;

    RevokedTokenException() {
        super(Reason.REVOKED);
    }
}
