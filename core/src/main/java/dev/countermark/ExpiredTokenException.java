package dev.countermark;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Thrown for a token that is ours and unchanged, and too old. */
public final class ExpiredTokenException extends BadTokenException {

    private static final long serialVersionUID = 1L;

    /** When the token was signed. */
    private final @Nullable Instant signedAt;

    /** The expiry that the token carried. */
    private final @Nullable Instant expiresAt;

    /** Makes one with the dates that the token carried; null for those it did not. */
    public ExpiredTokenException(@Nullable Instant signedAt, @Nullable Instant expiresAt) {
        super(Reason.EXPIRED);
        this.signedAt = signedAt;
        this.expiresAt = expiresAt;
    }

    /** When the token was signed, to the second; empty where the format has only an expiry. */
    public Optional<Instant> signedAt() {
        return Optional.ofNullable(signedAt);
    }

    /**
     * The expiry that is written into the token, if one is: in our own format the last second of its validity, in a JWT
     * the first one after it (RFC 7519 section 4.1.4).
     */
    public Optional<Instant> expiresAt() {
        return Optional.ofNullable(expiresAt);
    }
}
