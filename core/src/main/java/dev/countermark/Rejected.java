package dev.countermark;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A text that is not a token of ours, or a damaged one.
 *
 * @param <T> type of the value it does not have
 */
public final class Rejected<T> implements Verdict<T> {

    private final Reason reason;
    private final @Nullable Detail detail;

    Rejected(Reason reason, @Nullable Detail detail) {
        this.reason = reason;
        this.detail = detail;
    }

    /** Why. For logs and metrics; do not tell the client. */
    public Reason reason() {
        return reason;
    }

    @Override
    public Optional<Detail> detail() {
        return Optional.ofNullable(detail).flatMap(Detail::resolved);
    }

    @Override
    public T orThrow() {
        throw new BadTokenException(reason);
    }

    @Override
    public String toString() {
        return "Rejected[" + reason + "]";
    }
}
