package dev.countermark;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a check found: {@link Valid}, {@link Expired} or {@link Rejected}.
 *
 * <p>Immutable; its {@code toString} shows neither token nor value.
 *
 * @param <T> type of the value
 */
public sealed interface Verdict<T> permits Valid, Expired, Rejected {

    /** What the wire format adds, where it adds something. */
    Optional<Detail> detail();

    /** What the wire format adds, if it is a {@code type}. */
    default <D extends Detail> Optional<D> detail(Class<D> type) {
        return detail().filter(type::isInstance).map(type::cast);
    }

    /**
     * The value of a valid token.
     *
     * @throws ExpiredTokenException if it was ours, and is too old
     * @throws BadTokenException if it is not ours, or damaged
     */
    T orThrow();

    /** The value of a valid token, or null. */
    default @Nullable T orNull() {
        return this instanceof Valid<T> valid ? valid.value() : null;
    }
}
