package dev.countermark;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a token says, whoever wrote it: anybody can have made all of this up.
 *
 * <p>For debugging and for choosing a key. Nothing is decoded before it is asked for, and nothing beyond the limits.
 *
 * @param <T> type of the value
 */
public final class Unverified<T> {

    private final @Nullable TokenParts parts;
    private final Codec<T> codec;

    Unverified(@Nullable TokenParts parts, Codec<T> codec) {
        this.parts = parts;
        this.codec = codec;
    }

    /** Whether the text has the form of a token of this format. */
    public boolean isWellFormed() {
        return parts != null;
    }

    /** The value as it stands there; empty if it cannot be read. */
    public Optional<T> unverifiedValue() {
        var payload = parts == null ? null : parts.payload();
        if (payload == null) {
            return Optional.empty();
        }
        try {
            return Optional.ofNullable(codec.decode(payload));
        } catch (RuntimeException | StackOverflowError e) {
            return Optional.empty();
        }
    }

    /** The date as it stands there. */
    public Optional<Instant> unverifiedSignedAt() {
        return parts == null ? Optional.empty() : Reading.instant(parts.issuedAt());
    }

    /** The expiry as it stands there. */
    public Optional<Instant> unverifiedExpiresAt() {
        return parts == null ? Optional.empty() : Reading.instant(parts.expiresAt());
    }

    @Override
    public String toString() {
        return "Unverified[wellFormed=" + isWellFormed() + "]";
    }
}
