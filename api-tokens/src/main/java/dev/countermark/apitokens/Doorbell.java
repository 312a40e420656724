package dev.countermark.apitokens;

import java.time.Duration;

/** Waits for the store to say that something has changed, and has the node poll at once. */
final class Doorbell implements Runnable {

    private static final Duration WAIT = Duration.ofSeconds(1);
    private static final Duration PAUSE_AFTER_FAILURE = Duration.ofMillis(500);

    private final TokenStore store;
    private final Poller poller;
    private volatile boolean closed;

    Doorbell(TokenStore store, Poller poller) {
        this.store = store;
        this.poller = poller;
    }

    @Override
    public void run() {
        try {
            while (!closed) {
                listen();
            }
        } catch (InterruptedException e) {
            // The node ends.
            return;
        }
    }

    private void listen() throws InterruptedException {
        try {
            if (store.awaitChange(WAIT)) {
                poller.ring();
            }
        } catch (RuntimeException | Error e) {
            // The store is away: the poll goes on by itself.
            if (!closed) {
                Thread.sleep(PAUSE_AFTER_FAILURE.toMillis());
            }
        }
    }

    void close() {
        closed = true;
    }
}
