package dev.countermark.apitokens;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * A process that uses a store, as it last reported itself.
 *
 * @param id random, new at every start
 * @param name what the operator calls it
 * @param startedAt when it first reported, by the store's clock
 * @param seenAt when it last reported, by the store's clock
 * @param live whether it reported within its lease, by the store's clock
 * @param applied number of the last revocation it has applied
 * @param lease how long it answers from memory
 * @param keyFingerprints fingerprints of its keys, the one that signs first
 */
public record NodeInfo(
        String id,
        String name,
        Instant startedAt,
        Instant seenAt,
        boolean live,
        long applied,
        Duration lease,
        List<String> keyFingerprints) {

    /** Makes one; its list of keys does not change afterwards. */
    public NodeInfo {
        keyFingerprints = List.copyOf(keyFingerprints);
    }
}
