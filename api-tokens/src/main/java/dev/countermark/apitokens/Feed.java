package dev.countermark.apitokens;

import dev.countermark.apitokens.FeedMemory.Witness;
import dev.countermark.apitokens.TokenStore.FeedPage;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads a store's change feed into memory, and renews the lease when everything up to now has been applied.
 *
 * <p>Number order is commit order, so a page that is not full ends with the newest entry of its snapshot; the lease
 * counts from before that page was asked for. The node remembers entries, number and random mark, and asks for the last
 * one's mark with every page: a database that was restored, or failed over, to an older state no longer has it, or has
 * another one of that number. Then the lease ends until an operator has started a new incarnation of the feed.
 *
 * <p>One thread polls at a time. Never holds a lock while the store works.
 */
final class Feed {

    private static final int PAGE = 5000;

    private final TokenStore store;
    private final Lease lease;
    private final Revocations revocations;
    private final FeedMemory.Place place;
    private final Runnable keysRetired;

    private @Nullable FeedMemory memory;
    private volatile long applied;
    private volatile boolean started;
    private volatile boolean restored;

    /** @param keysRetired called after a retired key was applied, before the lease is renewed */
    Feed(TokenStore store, Lease lease, Revocations revocations, FeedMemory.Place place, Runnable keysRetired) {
        this.store = store;
        this.lease = lease;
        this.revocations = revocations;
        this.place = place;
        this.keysRetired = keysRetired;
        this.memory = place.load().orElse(null);
    }

    /** Number of the last entry applied. */
    long applied() {
        return applied;
    }

    boolean started() {
        return started;
    }

    /** Whether the store is older than what this node remembers. */
    boolean restored() {
        return restored;
    }

    /**
     * Reads and applies what is new.
     *
     * @return whether the lease was renewed
     * @throws TokenStoreException if the store does not answer
     */
    boolean poll() {
        while (true) {
            var start = lease.begin();
            var known = memory;
            var witness = Optional.ofNullable(known).flatMap(FeedMemory::newest);

            var page = store.read(applied, witness.map(Witness::number).orElse(0L), PAGE);
            if (known != null && page.incarnation() > known.incarnation()) {
                // The operator has answered. What is refused by memory stays so.
                memory = FeedMemory.of(page.incarnation(), page.incarnationMark());
                applied = 0;
                continue;
            }
            if (page.doubted() || known != null && isRestored(known, witness, page)) {
                stop(page);
                return false;
            }
            if (known != null && witness.isPresent() && page.witnessMark().isEmpty()) {
                // It was pruned, as it seems; an earlier one that still matters may know better.
                memory = known.withoutNewest();
                continue;
            }
            apply(page);
            if (page.entries().size() < PAGE) {
                return finish(page, start);
            }
        }
    }

    /** No node may answer any more, also one that remembers too little to notice by itself. */
    private void stop(FeedPage page) {
        restored = true;
        lease.cancel();
        if (!page.doubted()) {
            store.doubt(page.incarnationMark());
        }
    }

    /** Whether the store has not what this node has seen in it. */
    private static boolean isRestored(FeedMemory known, Optional<Witness> witness, FeedPage page) {
        if (page.incarnation() < known.incarnation()
                || !page.incarnationMark().equals(known.incarnationMark())
                || page.number() < known.number()) {
            return true;
        }
        if (witness.isEmpty()) {
            return false;
        }
        boolean mayBeGone =
                witness.get().keepUntil().plus(TokenStore.KEPT_LONGER).isBefore(page.now());
        return !page.witnessMark().map(witness.get().mark()::equals).orElse(mayBeGone);
    }

    private void apply(FeedPage page) {
        revocations.refuseIssuedBefore(page.refuseIssuedBefore());
        var last =
                Optional.ofNullable(memory).orElseGet(() -> FeedMemory.of(page.incarnation(), page.incarnationMark()));
        for (var entry : page.entries()) {
            revocations.apply(entry);
            if (entry.kind() == TokenStore.FeedEntry.Kind.KEY) {
                keysRetired.run();
            }
            applied = entry.number();
            if (entry.number() > last.number()) {
                last = last.with(entry);
            }
        }
        memory = last;
        revocations.forget(page.prunedThrough());
    }

    private boolean finish(FeedPage page, Lease.Start start) {
        if (applied != page.number()) {
            // The newest entry is never pruned, so somebody has deleted it by hand.
            stop(page);
            return false;
        }
        restored = false;
        started = true;
        lease.renew(start);
        Optional.ofNullable(memory).ifPresent(place::save);
        return true;
    }
}
