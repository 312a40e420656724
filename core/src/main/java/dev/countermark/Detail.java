package dev.countermark;

import java.util.Optional;

/**
 * What a wire format has to say of a token beyond value, dates and reason: a header, or the error that another program
 * would have raised.
 *
 * <p>Each format has its own type; ask for it with {@link Verdict#detail(Class)}.
 */
public interface Detail {

    /** What is told: this, or what is worked out only now that somebody asks; empty if that comes to nothing. */
    default Optional<Detail> resolved() {
        return Optional.of(this);
    }
}
