package dev.countermark;

import java.time.Instant;
import java.util.Optional;

/**
 * A token that is ours and unchanged, and too old.
 *
 * @param <T> type of the value
 */
public final class Expired<T> implements Verdict<T> {

    private final T value;
    private final Reading reading;

    Expired(T value, Reading reading) {
        this.value = value;
        this.reading = reading;
    }

    /** The value that was signed. It no longer counts. */
    public T value() {
        return value;
    }

    /** When it was signed, to the second; empty where the format has only an expiry. */
    public Optional<Instant> signedAt() {
        return Reading.instant(reading.issuedAt());
    }

    /**
     * The expiry that is written into the token, if one is: in our own format the last second of its validity, in a JWT
     * the first one after it (RFC 7519 section 4.1.4).
     */
    public Optional<Instant> expiresAt() {
        return Reading.instant(reading.expiresAt());
    }

    @Override
    public Optional<Detail> detail() {
        return Optional.ofNullable(reading.detail()).flatMap(Detail::resolved);
    }

    @Override
    public T orThrow() {
        throw new ExpiredTokenException(signedAt().orElse(null), expiresAt().orElse(null));
    }

    @Override
    public String toString() {
        return "Expired[signedAt=" + signedAt() + "]";
    }
}
