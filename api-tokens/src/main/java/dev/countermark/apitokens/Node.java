package dev.countermark.apitokens;

import dev.countermark.apitokens.TokenStore.Change;
import dev.countermark.apitokens.TokenStore.FeedEntry;
import dev.countermark.apitokens.TokenStore.NodeReport;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A running node: what it knows, and the threads that keep it so.
 *
 * <p>Four, because none may wait for another's I/O: {@link Poller}, {@link Doorbell}, {@link Reports}, {@link Upkeep}.
 */
final class Node implements AutoCloseable {

    final String id = TokenId.random();
    final TokenStore store;
    final ApiTokenOptions options;
    final NodeTime time;
    final Lease lease;
    final Revocations revocations = new Revocations();
    final NodeKeys keys;
    final SharedKeys sharedKeys;
    final Feed feed;
    final LastUses lastUses;
    final LastUses reuses;
    final Checker checker;
    final Poller poller;
    final Upkeep upkeep;

    private final Doorbell doorbell;
    private final Reports reports;
    private final List<Thread> threads = new ArrayList<>();
    private final AtomicReference<NodeStatus.State> told = new AtomicReference<>(NodeStatus.State.STARTING);
    private final Set<Long> acknowledged = ConcurrentHashMap.newKeySet();

    Node(TokenStore store, KeySource source, ApiTokenOptions options) {
        this.store = store;
        this.options = options;
        this.time = NodeTime.of(options.clock());
        this.lease = new Lease(time, options.lease());
        this.keys = new NodeKeys(source, options.prefix(), time, revocations);
        this.sharedKeys = new SharedKeys(store, keys, id, options.nodeName(), time);
        FeedMemory.Place place =
                options.dataFolder().<FeedMemory.Place>map(FeedFile::new).orElse(FeedMemory.Place.NOWHERE);
        this.feed = new Feed(store, lease, revocations, place, keys::retired);
        this.lastUses = new LastUses(time);
        this.reuses = new LastUses(time);
        this.poller = new Poller(feed, lease, options.pollInterval(), this::polled);
        this.checker = new Checker(keys::verifying, time, lease, revocations, poller, store, lastUses);
        this.upkeep = new Upkeep(store, options, time, lastUses, reuses, this::reloadKeys);
        this.doorbell = new Doorbell(store, poller);
        this.reports = new Reports(store, this::report, options.lease());
    }

    void start() {
        sharedKeys.admit();
        poller.pollOnce();
        if (options.listed()) {
            reports.write();
            begin("report", reports);
        }
        begin("poll", poller);
        listen();
        begin("upkeep", upkeep);
    }

    /** Nobody waits for this thread at the end: it changes nothing, and may sit in a read for a second. */
    private void listen() {
        var thread = new Thread(doorbell, "countermark-doorbell");
        thread.setDaemon(true);
        thread.start();
    }

    private void begin(String name, Runnable work) {
        var thread = new Thread(work, "countermark-" + name);
        thread.setDaemon(true);
        threads.add(thread);
        thread.start();
    }

    private void polled() {
        var state = state();
        if (told.getAndSet(state) != state) {
            safely(() -> options.events().state(state));
        }
        acknowledged.removeIf(number -> number <= feed.applied());
        reports.wake();
    }

    /** Whether this node refuses what an entry of the feed says: it took it itself, or has read it. */
    boolean refuses(long number) {
        return acknowledged.contains(number) || number <= feed.applied();
    }

    private NodeReport report() {
        // A node that does not hear has applied nothing that anybody may rely on.
        return new NodeReport(id, options.nodeName(), feed.applied(), options.lease(), keys.fingerprints());
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
        acknowledged.add(entry.number());
        if (options.dataFolder().isPresent()) {
            poller.pollNow();
        } else {
            poller.ring();
        }
        return new RevokeOutcome(OptionalLong.of(entry.number()), 1, 0);
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

    void reloadKeys() {
        if (keys.reload(sharedKeys::everyOtherHas)) {
            sharedKeys.record();
            polled();
        }
    }

    @Override
    public void close() {
        upkeep.close();
        doorbell.close();
        poller.close();
        reports.close();
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
        Upkeep.attempt(upkeep::writeLastUses);
        if (options.listed()) {
            Upkeep.attempt(() -> store.leave(id));
        }
    }

    /** What no poll could write down in time, for instance because the database did not answer for a moment. */
    private void rememberAcknowledged() {
        if (acknowledged.stream().anyMatch(number -> number > feed.applied())
                && threads.stream().noneMatch(Thread::isAlive)) {
            poller.pollOnce();
        }
    }
}
