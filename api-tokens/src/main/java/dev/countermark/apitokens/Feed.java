package dev.countermark.apitokens;

import dev.countermark.apitokens.TokenStore.FeedPage;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads a store's change feed into memory, and renews the lease when everything up to now has been applied.
 *
 * <p>Number order is commit order, so a page that is not full ends with the newest entry of its snapshot; the lease
 * counts from before that page was asked for. The node remembers the last entry, number and random mark, and asks for
 * its mark with every page: a database that was restored, or failed over, to an older state no longer has it, or has
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

            var page = store.read(applied, known == null ? 0 : known.number(), PAGE);
            if (known != null && isAnswered(known, page)) {
                rebase(page);
                continue;
            }
            if (page.doubted() || known != null && isRestored(known, page)) {
                stop(page);
                return false;
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
            store.doubt();
        }
    }

    /** Whether the operator has started a new incarnation since. */
    private static boolean isAnswered(FeedMemory known, FeedPage page) {
        return page.incarnation() > known.incarnation();
    }

    /** Whether the store has not what this node has seen in it. */
    private static boolean isRestored(FeedMemory known, FeedPage page) {
        if (page.incarnation() < known.incarnation()
                || !page.incarnationMark().equals(known.incarnationMark())
                || page.number() < known.number()) {
            return true;
        }
        if (known.number() == 0) {
            return false;
        }
        boolean mayBeGone = known.keepUntil().plus(TokenStore.KEPT_LONGER).isBefore(page.now());
        return !page.witnessMark().map(known.mark()::equals).orElse(mayBeGone);
    }

    /** Reads the new incarnation from its begin, and no older one; what is refused by memory stays so. */
    private void rebase(FeedPage page) {
        memory = new FeedMemory(0, "", Instant.EPOCH, page.incarnation(), page.incarnationMark());
        applied = 0;
    }

    private void apply(FeedPage page) {
        revocations.refuseIssuedBefore(page.refuseIssuedBefore());
        var last = memory;
        for (var entry : page.entries()) {
            revocations.apply(entry);
            applied = entry.number();
            if (entry.kind() == TokenStore.FeedEntry.Kind.KEY) {
                keysRetired.run();
            }
        }
        if (!page.entries().isEmpty()) {
            var entry = page.entries().get(page.entries().size() - 1);
            if (last == null || entry.number() > last.number()) {
                last = new FeedMemory(
                        entry.number(), entry.mark(), entry.keepUntil(), page.incarnation(), page.incarnationMark());
            }
        } else if (last == null) {
            last = new FeedMemory(0, "", Instant.EPOCH, page.incarnation(), page.incarnationMark());
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
