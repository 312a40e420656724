package dev.countermark.apitokens;

import java.time.Instant;
import java.util.Optional;

/**
 * A row of the audit table, written in the transaction of the change it tells of, never changed and never pruned.
 *
 * @param number grows from row to row
 * @param at when, by the clock of the node that made the change
 * @param actor who, as {@link ApiTokens#actingAs} said
 * @param action what
 * @param tokenId of which token
 * @param subject of which subject
 * @param detail more about it, for people: the successor of a rotation, the fingerprint of a key
 */
public record AuditEntry(
        long number,
        Instant at,
        String actor,
        Action action,
        Optional<String> tokenId,
        Optional<String> subject,
        String detail) {

    /** What was done. */
    public enum Action {
        /** A token was issued. */
        ISSUED,
        /** A token was revoked. */
        REVOKED,
        /** All tokens of a subject were revoked. */
        SUBJECT_REVOKED,
        /** A token got a successor. */
        ROTATED,
        /** A key was recorded as accepted. */
        KEY_ADDED,
        /** A key was recorded as the one that signs. */
        KEY_PROMOTED,
        /** A key was retired: no node accepts it any more. */
        KEY_RETIRED,
        /** The operator answered for a restored database. */
        RESTORE_ANSWERED
    }

    /** Number and action: actors and subjects may be private. */
    @Override
    public String toString() {
        return "AuditEntry[number=" + number + ", action=" + action + "]";
    }
}
