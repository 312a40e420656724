package dev.countermark.apitokens;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Until when a node may answer from memory: a lease's length after the begin of the last poll that succeeded.
 *
 * <p>Two clocks must agree. The monotonic one stands still while a machine sleeps; the wall clock would tell. When the
 * wall clock is set, the lease lapses early and the next poll renews it.
 */
final class Lease {

    /** The wall clock may be slewed back by this much without ending the lease. */
    private static final long BACKWARDS_MILLIS = 100;

    private final NodeTime time;
    private final long nanos;
    private final long millis;
    private final boolean enforced;
    private final AtomicReference<@Nullable Start> held = new AtomicReference<>();
    private volatile boolean ended;

    /** When a poll began, by both clocks. */
    record Start(long monotonic, long wall) {}

    Lease(NodeTime time, Duration length) {
        this(time, length, true);
    }

    /** @param enforced false only in the test that shows that the lease is what keeps the promise */
    Lease(NodeTime time, Duration length, boolean enforced) {
        this.time = time;
        this.nanos = length.toNanos();
        this.millis = length.toMillis();
        this.enforced = enforced;
    }

    Start begin() {
        return new Start(time.monotonic(), time.wall());
    }

    /** Extends the lease to a poll that began at {@code start} and has been applied; never shortens it. */
    void renew(Start start) {
        held.accumulateAndGet(start, (old, now) -> old != null && old.monotonic - now.monotonic() > 0 ? old : now);
        if (ended) {
            cancel();
        }
    }

    void cancel() {
        held.set(null);
    }

    /** No poll renews it any more, also not one that is under way. */
    void end() {
        ended = true;
        cancel();
    }

    boolean holds() {
        return holds(time.wall());
    }

    /** @param wall the wall clock, read by the caller before anything that the lease is to cover */
    boolean holds(long wall) {
        var start = held.get();
        if (start == null) {
            return false;
        }
        if (!enforced) {
            return true;
        }
        long age = time.monotonic() - start.monotonic;
        long wallAge = wall - start.wall;
        return age < nanos && wallAge < millis && wallAge >= -BACKWARDS_MILLIS;
    }

    Duration remaining() {
        var start = held.get();
        return start == null || !holds() ? Duration.ZERO : Duration.ofNanos(nanos - age(start));
    }

    /** How long ago the last successful poll began; a very long time when there was none. */
    Duration age() {
        var start = held.get();
        return start == null ? Duration.ofNanos(Long.MAX_VALUE) : Duration.ofNanos(age(start));
    }

    private long age(Start start) {
        return time.monotonic() - start.monotonic;
    }

    Duration length() {
        return Duration.ofNanos(nanos);
    }
}
