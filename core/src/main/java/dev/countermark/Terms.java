package dev.countermark;

import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a reader demands of a token besides its signature.
 *
 * @param lifetime longest age, inclusive, in whole seconds; null for no bound
 * @param leeway how much longer an expired token is accepted, in whole seconds; not negative
 * @param skew how far in the future a token may have been signed, in whole seconds; not negative, null for the wire format's
 *     own rule
 * @param limits sizes checked before any work
 */
public record Terms(
        @Nullable Duration lifetime,
        Duration leeway,
        @Nullable Duration skew,
        Limits limits) {

    /** No lifetime, no leeway, the format's own clock skew, the default limits. */
    public static final Terms DEFAULT = new Terms(null, Duration.ZERO, null, Limits.DEFAULT);

    /** @throws IllegalArgumentException if a duration is negative */
    public Terms {
        Objects.requireNonNull(limits, "limits");
        requireNotNegative(leeway, "leeway");
        if (skew != null) {
            requireNotNegative(skew, "clock skew");
        }
    }

    private static void requireNotNegative(Duration duration, String name) {
        if (duration.isNegative()) {
            throw new IllegalArgumentException("a " + name + " is not negative");
        }
    }

    /** The same terms with a longest age. */
    public Terms lifetime(Duration lifetime) {
        return new Terms(lifetime, leeway, skew, limits);
    }

    /** The same terms with the shorter of two lifetimes, so that both hold. */
    public Terms within(@Nullable Duration other) {
        return other == null || lifetime != null && lifetime.compareTo(other) <= 0 ? this : lifetime(other);
    }

    /** The same terms with another leeway. */
    public Terms leeway(Duration leeway) {
        return new Terms(lifetime, leeway, skew, limits);
    }

    /** The same terms with another clock skew. */
    public Terms skew(Duration skew) {
        return new Terms(lifetime, leeway, skew, limits);
    }

    /** The same terms with other limits. */
    public Terms limits(Limits limits) {
        return new Terms(lifetime, leeway, skew, limits);
    }

    /** Whether a token of this age, in whole seconds, has outlived its lifetime. */
    public boolean outlived(long age) {
        if (lifetime == null) {
            return false;
        }
        // Python compares whole seconds; so do we. Two durations can add up to more than a long: for ever.
        long bound = lifetime.toSeconds() + leeway.toSeconds();
        return age > bound && bound >= lifetime.toSeconds();
    }

    /** Whether a written expiry, in seconds, has passed: the second itself still counts. */
    public boolean passed(long expiresAt, long now) {
        return now - expiresAt > leeway.toSeconds();
    }
}
