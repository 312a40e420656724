package dev.countermark.apitokens;

import dev.countermark.apitokens.TokenStore.FeedEntry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How far a node has read the feed, and what a database that was not restored must still contain.
 *
 * <p>A restore loses the end of the feed. Of every end that could be lost this remembers the entry that matters longest:
 * each witness lasts longer than all entries after it. Once the newest may have been pruned, the one before it still
 * tells of every lost entry that makes a difference.
 *
 * @param number of the last entry applied; 0 for none
 * @param witnesses in order of number, each kept for longer than the next; at most 32
 * @param incarnation of the feed
 * @param incarnationMark of that
 */
record FeedMemory(long number, List<Witness> witnesses, long incarnation, String incarnationMark) {

    private static final int MOST = 32;

    /**
     * An entry that a node has seen.
     *
     * @param number of the entry
     * @param mark of the entry
     * @param keepUntil of the entry: once that is long past it may have been pruned
     */
    record Witness(long number, String mark, Instant keepUntil) {}

    FeedMemory {
        witnesses = List.copyOf(witnesses);
    }

    /** Of a feed of which nothing was read yet. */
    static FeedMemory of(long incarnation, String incarnationMark) {
        return new FeedMemory(0, List.of(), incarnation, incarnationMark);
    }

    Optional<Witness> newest() {
        return witnesses.isEmpty() ? Optional.empty() : Optional.of(witnesses.get(witnesses.size() - 1));
    }

    FeedMemory with(FeedEntry entry) {
        var kept = new ArrayList<>(witnesses);
        kept.removeIf(witness -> !witness.keepUntil().isAfter(entry.keepUntil()));
        kept.add(new Witness(entry.number(), entry.mark(), entry.keepUntil()));
        if (kept.size() > MOST) {
            kept.remove(leastMissed(kept));
        }
        return new FeedMemory(entry.number(), kept, incarnation, incarnationMark);
    }

    /** Without a witness, the next one speaks for its entries, and ends earlier: neither end, and the closest between. */
    private static int leastMissed(List<Witness> witnesses) {
        int least = 1;
        Duration shortest = Duration.ofSeconds(Long.MAX_VALUE);
        for (int i = 1; i + 1 < witnesses.size(); i++) {
            var between = Duration.between(
                    witnesses.get(i + 1).keepUntil(), witnesses.get(i - 1).keepUntil());
            if (between.compareTo(shortest) < 0) {
                least = i;
                shortest = between;
            }
        }
        return least;
    }

    FeedMemory withoutNewest() {
        return new FeedMemory(number, witnesses.subList(0, witnesses.size() - 1), incarnation, incarnationMark);
    }

    /** Where a node keeps it between two runs. */
    interface Place {

        /** Nothing is kept. */
        Place NOWHERE = new Place() {
            @Override
            public Optional<FeedMemory> load() {
                return Optional.empty();
            }

            @Override
            public void save(FeedMemory memory) {}
        };

        Optional<FeedMemory> load();

        void save(FeedMemory memory);
    }
}
