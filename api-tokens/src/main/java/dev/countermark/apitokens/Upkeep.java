package dev.countermark.apitokens;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** What a node does by and by: keys that were changed, last uses, what is about to expire and what has expired. */
final class Upkeep implements Runnable {

    private static final Duration FIRST_PRUNING = Duration.ofMinutes(1);
    private static final Duration PRUNING = Duration.ofHours(1);

    private static final int BATCH = 500;

    private final TokenStore store;
    private final ApiTokenOptions options;
    private final NodeTime time;
    private final LastUses lastUses;
    private final LastUses reuses;
    private final Runnable reloadKeys;
    private volatile boolean closed;

    Upkeep(
            TokenStore store,
            ApiTokenOptions options,
            NodeTime time,
            LastUses lastUses,
            LastUses reuses,
            Runnable reloadKeys) {
        this.store = store;
        this.options = options;
        this.time = time;
        this.lastUses = lastUses;
        this.reuses = reuses;
        this.reloadKeys = reloadKeys;
    }

    @Override
    public void run() {
        long usesAt = System.nanoTime();
        long pruneAt = System.nanoTime() + FIRST_PRUNING.toNanos();
        while (sleep(options.pollInterval())) {
            attempt(reloadKeys);
            long now = System.nanoTime();
            if (now - usesAt >= TokenStore.USE_INTERVAL.toNanos()) {
                usesAt = now;
                attempt(this::writeLastUses);
            }
            if (now - pruneAt >= 0) {
                pruneAt = now + PRUNING.toNanos();
                attempt(this::announceExpiring);
                attempt(() -> store.prune(time.now()));
            }
        }
    }

    /** Whether to go on. */
    private boolean sleep(Duration pause) {
        if (closed) {
            return false;
        }
        try {
            Thread.sleep(pause.toMillis());
            return !closed;
        } catch (InterruptedException e) {
            return false;
        }
    }

    static void attempt(Runnable work) {
        try {
            work.run();
        } catch (RuntimeException | Error e) {
            // The store is away, or a file is half written: the next round tries again.
            return;
        }
    }

    void writeLastUses() {
        reuses.forget();
        lastUses.take(store::used);
    }

    void announceExpiring() {
        // Told once, hence not where nobody listens: another node may.
        if (options.events().equals(TokenEvents.NONE)) {
            return;
        }
        Instant now = time.now();
        List<ApiToken> expiring;
        do {
            expiring = store.takeExpiring(now, now.plus(TokenStore.ANNOUNCED), BATCH);
            for (var token : expiring) {
                Node.safely(() -> options.events().expiring(token));
            }
        } while (expiring.size() == BATCH);
    }

    void close() {
        closed = true;
    }
}
