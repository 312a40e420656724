package dev.countermark.apitokens;

import java.time.Instant;
import java.util.Optional;

/**
 * How far a node has read the feed: what a database that was not restored must still contain.
 *
 * @param number of the last entry applied; 0 for none
 * @param mark of that entry
 * @param keepUntil of that entry: once that is long past it may have been pruned
 * @param incarnation of the feed
 * @param incarnationMark of that
 */
record FeedMemory(long number, String mark, Instant keepUntil, long incarnation, String incarnationMark) {

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
