package dev.countermark.apitokens;

import java.time.Duration;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Waits until the live nodes have applied an entry of the feed, or until the longest lease among them has passed. */
final class Confirmation {

    private static final long PAUSE_MILLIS = 20;

    private final Node node;
    private final long number;
    private Duration lease;

    Confirmation(Node node, long number) {
        this.node = node;
        this.number = number;
        this.lease = node.options.lease();
    }

    /** @throws TokenStoreException if the store never answered */
    RevokeOutcome await() {
        long start = System.nanoTime();
        RevokeOutcome last = null;
        while (true) {
            TokenStoreException away = null;
            try {
                last = count();
            } catch (TokenStoreException e) {
                away = e;
            }
            if (last != null && last.everywhere()) {
                return last;
            }
            if (System.nanoTime() - start >= lease.toNanos() || !pause()) {
                return known(last, away);
            }
        }
    }

    private static RevokeOutcome known(@Nullable RevokeOutcome last, @Nullable TokenStoreException away) {
        if (last == null && away != null) {
            throw away;
        }
        return last == null ? RevokeOutcome.NOTHING : last;
    }

    private RevokeOutcome count() {
        var live = node.store.nodes().stream().filter(NodeInfo::live).toList();
        for (var other : live) {
            lease = lease.compareTo(other.lease()) < 0 ? other.lease() : lease;
        }
        int self = live.stream().anyMatch(other -> other.id().equals(node.id)) ? 0 : 1;
        int confirmed = (int) live.stream()
                .filter(other -> other.id().equals(node.id) ? node.refuses(number) : other.applied() >= number)
                .count();
        return new RevokeOutcome(
                OptionalLong.of(number), confirmed + (node.refuses(number) ? self : 0), live.size() + self);
    }

    private static boolean pause() {
        try {
            Thread.sleep(PAUSE_MILLIS);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
