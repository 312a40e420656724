package dev.countermark.apitokens;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The thread that polls: at an interval, when the doorbell rings, and when a check finds the lease lapsed. Callers
 * share its polls.
 */
final class Poller implements Checker.Refresh, Runnable {

    private static final long SHARED_POLL_MILLIS = 1000;
    private static final long PAUSE_AFTER_FAILURE_MILLIS = 200;

    private final Feed feed;
    private final Lease lease;
    private final long intervalMillis;
    private final Runnable afterwards;
    private final Object monitor = new Object();

    private boolean wanted;
    private boolean closed;
    private long begun;
    private long ended;
    private long failedAt;
    private volatile @Nullable Throwable failure;
    private volatile @Nullable Thread thread;

    /** @param afterwards called after every poll, whatever became of it */
    Poller(Feed feed, Lease lease, Duration interval, Runnable afterwards) {
        this.feed = feed;
        this.lease = lease;
        this.intervalMillis = interval.toMillis();
        this.afterwards = afterwards;
    }

    @Override
    public void run() {
        thread = Thread.currentThread();
        while (awaitTurn()) {
            pollOnce();
        }
    }

    /** Polls on the caller's thread; only before {@link #run} is called, or when it has ended. */
    void pollOnce() {
        synchronized (monitor) {
            begun++;
        }
        Throwable failed = null;
        boolean renewed = false;
        try {
            renewed = feed.poll();
        } catch (RuntimeException | Error e) {
            // Also when memory runs out: this thread is what brings the node back.
            failed = e;
        }
        failure = failed;
        afterwards.run();
        synchronized (monitor) {
            ended = begun;
            failedAt = renewed ? 0 : System.nanoTime() | 1;
            monitor.notifyAll();
        }
    }

    /** What the last poll threw, if it did. */
    @Nullable
    Throwable failure() {
        return failure;
    }

    private boolean awaitTurn() {
        synchronized (monitor) {
            long until = System.nanoTime() + intervalMillis * 1_000_000;
            long earliest = failedAt == 0 ? Long.MIN_VALUE : failedAt + PAUSE_AFTER_FAILURE_MILLIS * 1_000_000;
            while (!closed) {
                long now = System.nanoTime();
                boolean pausing = failedAt != 0 && now - earliest < 0;
                if (now - until >= 0 || wanted && !pausing) {
                    wanted = false;
                    return true;
                }
                long end = wanted ? earliest : until;
                if (!pause(Math.max(1, (end - now) / 1_000_000))) {
                    return false;
                }
            }
            return false;
        }
    }

    /** Has the thread poll soon. */
    void ring() {
        synchronized (monitor) {
            wanted = true;
            monitor.notifyAll();
        }
    }

    @Override
    public void poll() {
        await(lease::holds);
    }

    /**
     * Has the thread poll now, and waits until what was in the store before this call is applied and remembered: at most a
     * second, and not while polls fail.
     */
    void pollNow() {
        // A listener that changes something from within a poll must not wait for the next one.
        if (Thread.currentThread() != thread) {
            await(() -> false);
        }
    }

    private void await(BooleanSupplier enough) {
        long deadline = System.nanoTime() + SHARED_POLL_MILLIS * 1_000_000;
        synchronized (monitor) {
            // A poll under way may have begun too early to renew the lease now.
            long before = begun;
            if (closed || isFailing()) {
                return;
            }
            wanted = true;
            monitor.notifyAll();
            while (!closed && !enough.getAsBoolean() && !isFailing() && ended <= before) {
                long left = (deadline - System.nanoTime()) / 1_000_000;
                if (left <= 0 || !pause(left)) {
                    return;
                }
            }
        }
    }

    private boolean isFailing() {
        return failedAt != 0 && System.nanoTime() - failedAt < PAUSE_AFTER_FAILURE_MILLIS * 1_000_000;
    }

    /** Waits on the monitor; false when the thread is to end. */
    @SuppressWarnings("WaitNotInLoop") // the callers loop
    private boolean pause(long millis) {
        try {
            monitor.wait(millis);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    void close() {
        synchronized (monitor) {
            closed = true;
            monitor.notifyAll();
        }
    }
}
