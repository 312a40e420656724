package dev.countermark.apitokens;

import java.time.Instant;

/**
 * A key as the store knows it: its fingerprint, never itself.
 *
 * @param fingerprint {@link dev.countermark.SigningKey#fingerprint}
 * @param state what it does
 * @param since since when, by the clock of the node that recorded it
 */
public record KeyInfo(String fingerprint, State state, Instant since) {

    /** What a key does. */
    public enum State {
        /** Signs and verifies. */
        PRIMARY,
        /** Verifies only. */
        ACCEPTED,
        /** Neither; for good. */
        RETIRED
    }
}
