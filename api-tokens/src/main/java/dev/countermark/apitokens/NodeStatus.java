package dev.countermark.apitokens;

import java.time.Duration;

/**
 * How well this node hears revocations.
 *
 * @param state whether it can answer
 * @param feedNumber number of the last revocation it has applied
 * @param lag how long ago its last successful poll began
 * @param leaseRemaining for how long it answers from memory; zero when it does not
 * @param revocations how many revocations it holds in memory
 */
public record NodeStatus(State state, long feedNumber, Duration lag, Duration leaseRemaining, int revocations) {

    /** Whether a node can answer. */
    public enum State {
        /** It has not read the revocations yet. */
        STARTING,
        /** It answers. */
        HEARING,
        /** It cannot reach the store: its lease has lapsed, and it answers Unavailable. */
        LAPSED,
        /** The store is older than what the node remembers: Unavailable until {@link ApiTokens#answerRestore}. */
        RESTORED
    }
}
