package dev.countermark.apitokens;

import dev.countermark.apitokens.TokenStore.NodeReport;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Tells the store what a node has applied: as soon as that changes, and before others take the node for dead. */
final class Reports implements Runnable {

    private static final Duration PAUSE = Duration.ofMillis(200);

    private final TokenStore store;
    private final Supplier<NodeReport> current;
    private final Duration longestSilence;
    private final Object monitor = new Object();
    private boolean wanted;
    private volatile boolean closed;
    private @Nullable NodeReport written;

    Reports(TokenStore store, Supplier<NodeReport> current, Duration lease) {
        this.store = store;
        this.current = current;
        this.longestSilence = lease.dividedBy(4);
    }

    /** Something may have changed, or time has passed. */
    void wake() {
        synchronized (monitor) {
            wanted = true;
            monitor.notifyAll();
        }
    }

    @Override
    public void run() {
        long writtenAt = System.nanoTime();
        while (awaitWake()) {
            boolean due = System.nanoTime() - writtenAt > longestSilence.toNanos();
            if (due || !current.get().equals(written)) {
                writtenAt = System.nanoTime();
                if (!write() && !pause()) {
                    return;
                }
            }
        }
    }

    /** Whether to go on. */
    private boolean awaitWake() {
        synchronized (monitor) {
            while (!wanted && !closed) {
                try {
                    monitor.wait();
                } catch (InterruptedException e) {
                    return false;
                }
            }
            wanted = false;
            return !closed;
        }
    }

    private boolean pause() {
        try {
            Thread.sleep(PAUSE.toMillis());
            return true;
        } catch (InterruptedException e) {
            return false;
        }
    }

    /** Whether the store took it. */
    boolean write() {
        var report = current.get();
        try {
            store.report(report);
            written = report;
            return true;
        } catch (RuntimeException | Error e) {
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
