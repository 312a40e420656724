package dev.countermark.apitokens;

import dev.countermark.apitokens.TokenStore.Change;
import dev.countermark.apitokens.TokenStore.FeedEntry;
import dev.countermark.apitokens.TokenStore.NodeReport;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * A running node: it listens to the store, reports itself, and does what is due: last uses, keys, expiry, pruning.
 *
 * <p>Four threads, because none may wait for another's I/O: poll, doorbell, report, upkeep.
 */
final class Node implements AutoCloseable {

    private static final Duration UPKEEP = Duration.ofHours(1);

    private static final int BATCH = 500;

    final String id = TokenId.random();
    final TokenStore store;
    final ApiTokenOptions options;
    final NodeTime time;
    final Lease lease;
    final Revocations revocations = new Revocations();
    final NodeKeys keys;
    final Feed feed;
    final LastUses lastUses;
    final LastUses reuses;
    final Checker checker;
    final Poller poller;

    private final List<Thread> threads = new ArrayList<>();
    private final Object reportMonitor = new Object();
    private final AtomicReference<NodeStatus.State> told = new AtomicReference<>(NodeStatus.State.STARTING);
    private final AtomicLong acknowledged = new AtomicLong();
    private volatile boolean closed;
    private boolean reportWanted;
    private @Nullable NodeReport reported;

    Node(TokenStore store, KeySource source, ApiTokenOptions options) {
        this.store = store;
        this.options = options;
        this.time = NodeTime.of(options.clock());
        this.lease = new Lease(time, options.lease());
        this.keys = new NodeKeys(source, options.prefix(), time, revocations);
        FeedMemory.Place place =
                options.dataFolder().<FeedMemory.Place>map(FeedFile::new).orElse(FeedMemory.Place.NOWHERE);
        this.feed = new Feed(store, lease, revocations, place, keys::retired);
        this.lastUses = new LastUses(time);
        this.reuses = new LastUses(time);
        this.poller = new Poller(feed, lease, options.pollInterval(), this::polled);
        this.checker = new Checker(keys::verifying, time, lease, revocations, poller, store, lastUses);
    }

    void start() {
        admitKeys();
        poller.pollOnce();
        if (options.listed()) {
            report();
            begin("report", this::reports);
        }
        begin("poll", poller);
        listen();
        begin("upkeep", this::upkeep);
    }

    /** Nobody waits for this thread at the end: it changes nothing, and may sit in a read for a second. */
    private void listen() {
        var thread = new Thread(this::doorbell, "countermark-doorbell");
        thread.setDaemon(true);
        thread.start();
    }

    private void begin(String name, Runnable work) {
        var thread = new Thread(work, "countermark-" + name);
        thread.setDaemon(true);
        threads.add(thread);
        thread.start();
    }

    /** A node whose tokens others would refuse, or that would refuse theirs, does not start. */
    private void admitKeys() {
        var mine = keys.fingerprints();
        for (var other : store.nodes()) {
            if (other.live() && !other.keyFingerprints().isEmpty()) {
                var theirs = other.keyFingerprints();
                if (!theirs.contains(mine.get(0))) {
                    throw new KeyMismatchException("node '" + other.name() + "' does not accept the signing key "
                            + mine.get(0) + " of this node; add it there first, promote it afterwards");
                }
                if (!mine.contains(theirs.get(0))) {
                    throw new KeyMismatchException("this node does not have the key " + theirs.get(0) + " that node '"
                            + other.name() + "' signs with; add it here");
                }
            }
        }
        recordKeys();
    }

    private void recordKeys() {
        store.recordKeys(keys.fingerprints(), change("node " + options.nodeName()))
                .ifPresent(primary -> {
                    throw new KeyMismatchException("the tokens of this store are signed with the key " + primary
                            + ", which this node does not have; give it that key, or another database");
                });
    }

    private void polled() {
        var state = state();
        if (told.getAndSet(state) != state) {
            safely(() -> options.events().state(state));
        }
        synchronized (reportMonitor) {
            reportWanted = true;
            reportMonitor.notifyAll();
        }
    }

    NodeStatus.State state() {
        if (feed.restored()) {
            return NodeStatus.State.RESTORED;
        }
        if (!feed.started()) {
            return NodeStatus.State.STARTING;
        }
        return lease.holds() ? NodeStatus.State.HEARING : NodeStatus.State.LAPSED;
    }

    Change change(String actor) {
        return new Change(actor, time.now());
    }

    /**
     * Refuses from now on what an entry of the feed says, and has the poll find out what else is new.
     *
     * <p>A node with a data folder waits for that poll: it writes down how far the feed goes, and one that is killed as soon as
     * the caller knows of the revocation still notices a database that has lost it.
     */
    RevokeOutcome applied(FeedEntry entry) {
        revocations.apply(entry);
        if (entry.kind() == FeedEntry.Kind.KEY) {
            keys.retired();
        }
        acknowledged.accumulateAndGet(entry.number(), Math::max);
        if (options.dataFolder().isPresent()) {
            poller.pollNow();
        } else {
            poller.ring();
        }
        return new RevokeOutcome(OptionalLong.of(entry.number()), 1, 1);
    }

    /** Runs a listener; what it throws concerns nobody else. */
    static void safely(Runnable listener) {
        try {
            listener.run();
        } catch (RuntimeException | Error e) {
            // A listener's fault must not become an answer to a check.
            return;
        }
    }

    private void doorbell() {
        while (!closed) {
            try {
                if (store.awaitChange(Duration.ofSeconds(1))) {
                    poller.ring();
                }
            } catch (InterruptedException e) {
                return;
            } catch (RuntimeException | Error e) {
                if (!sleep(500)) {
                    return;
                }
            }
        }
    }

    private void reports() {
        long writtenAt = System.nanoTime();
        while (!closed) {
            synchronized (reportMonitor) {
                while (!reportWanted && !closed) {
                    try {
                        reportMonitor.wait();
                    } catch (InterruptedException e) {
                        return;
                    }
                }
                reportWanted = false;
            }
            boolean due = System.nanoTime() - writtenAt > options.lease().toNanos() / 4;
            if (!closed && (due || !reportNow().equals(reported))) {
                writtenAt = System.nanoTime();
                if (!report() && !sleep(200)) {
                    return;
                }
            }
        }
    }

    private NodeReport reportNow() {
        // A node that does not hear has applied nothing that anybody may rely on.
        return new NodeReport(id, options.nodeName(), feed.applied(), options.lease(), keys.fingerprints());
    }

    private boolean report() {
        var report = reportNow();
        try {
            store.report(report);
            reported = report;
            return true;
        } catch (RuntimeException | Error e) {
            return false;
        }
    }

    private void upkeep() {
        long usesAt = System.nanoTime();
        long pruneAt = System.nanoTime() + Duration.ofMinutes(1).toNanos();
        while (sleep(options.pollInterval().toMillis())) {
            attempt(this::reloadKeys);
            long now = System.nanoTime();
            if (now - usesAt >= TokenStore.USE_INTERVAL.toNanos()) {
                usesAt = now;
                attempt(this::writeLastUses);
            }
            if (now - pruneAt >= 0) {
                pruneAt = now + UPKEEP.toNanos();
                attempt(this::announceExpiring);
                attempt(() -> store.prune(time.now()));
            }
        }
    }

    private static void attempt(Runnable work) {
        try {
            work.run();
        } catch (RuntimeException | Error e) {
            // The store is away, or a file is half written: the next round tries again.
            return;
        }
    }

    void reloadKeys() {
        if (keys.reload(this::everyNodeHas)) {
            recordKeys();
            polled();
        }
    }

    /** Whether every live node, besides this one, reports a key. */
    boolean everyNodeHas(String fingerprint) {
        return store.nodes().stream()
                .filter(node -> node.live() && !node.id().equals(id))
                .allMatch(node -> node.keyFingerprints().contains(fingerprint));
    }

    void writeLastUses() {
        reuses.forget();
        lastUses.take(store::used);
    }

    void announceExpiring() {
        Instant now = time.now();
        List<ApiToken> expiring;
        do {
            expiring = store.takeExpiring(now, now.plus(TokenStore.ANNOUNCED), BATCH);
            for (var token : expiring) {
                safely(() -> options.events().expiring(token));
            }
        } while (expiring.size() == BATCH);
    }

    private boolean sleep(long millis) {
        if (closed) {
            return false;
        }
        try {
            Thread.sleep(millis);
            return !closed;
        } catch (InterruptedException e) {
            return false;
        }
    }

    @Override
    public void close() {
        closed = true;
        poller.close();
        synchronized (reportMonitor) {
            reportMonitor.notifyAll();
        }
        threads.forEach(Thread::interrupt);
        for (var thread : threads) {
            try {
                thread.join(3000);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        rememberAcknowledged();
        lease.end();
        attempt(this::writeLastUses);
        if (options.listed()) {
            attempt(() -> store.leave(id));
        }
    }

    /** What no poll could write down in time, for instance because the database did not answer for a moment. */
    private void rememberAcknowledged() {
        if (acknowledged.get() > feed.applied() && threads.stream().noneMatch(Thread::isAlive)) {
            poller.pollOnce();
        }
    }
}
