package dev.countermark.apitokens;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where the records of tokens, the revocations and the audit rows are kept. For those who add a store; everybody else
 * meets {@link ApiTokens}.
 *
 * <p>Every change is one transaction of the store's own, with its audit row, durable when the call returns. A change to
 * what is refused (revocation, rotation, retired key) takes the next feed number in the same transaction, so that the
 * order of numbers is the order of commits. A store never holds a token's text or a key.
 *
 * <p>Safe for many threads. Calls block, and throw {@link TokenStoreException} within seconds when the store does not
 * answer; {@link OutcomeUnknownException} when the answer to a commit was lost.
 */
public interface TokenStore extends AutoCloseable {

    /** How long what has ended is kept. */
    Duration KEPT_LONGER = Duration.ofHours(24);

    /** For how long the same idempotency key brings the same token. */
    Duration REPEATABLE = Duration.ofHours(24);

    /** How long before its end a token is announced, if it lives longer than that. */
    Duration ANNOUNCED = Duration.ofDays(7);

    /** Shortest time between two notes of a token's last use. */
    Duration USE_INTERVAL = Duration.ofSeconds(60);

    /** Numbers of the feed that a second stands for when an incarnation begins. */
    long NUMBERS_PER_SECOND = 4096;

    /** A store whose clock differs from its node's by more than this prunes nothing. */
    Duration CLOCKS_AGREE = Duration.ofHours(1);

    /** Whether processes on other machines can use the same store; then no node makes a key by itself. */
    boolean shared();

    /**
     * Adds a token. Its generation is the number of the feed, taken after every revocation of its subject that has
     * returned and before every one that begins later.
     *
     * @return its record, or that of the token which the same idempotency key brought within the last 24 hours
     * @throws RefusedChangeException if that key was used for another request
     */
    ApiToken issue(Draft draft, Change change);

    /**
     * Adds a successor with the subject, name, scopes, metadata and lifetime of an active token, which ends after the
     * overlap.
     *
     * @throws RefusedChangeException if there is no such token, it is not active or has a successor already
     */
    Rotated rotate(Rotation rotation, Change change);

    /**
     * Revokes a token; one that was revoked before stays so.
     *
     * @param keepUntil until when to remember it when the store has no such token; empty to do nothing then
     * @return what went into the feed; empty when nothing was done
     */
    Optional<FeedEntry> revoke(String id, Optional<Instant> keepUntil, Change change);

    /**
     * Revokes every token of a subject whose issue has returned.
     *
     * @param keepUntil until when a token of this subject can be unexpired
     */
    FeedEntry revokeSubject(String subject, Instant keepUntil, Change change);

    /** The token of this id. */
    Optional<ApiToken> find(String id, Instant now);

    /**
     * A page of tokens.
     *
     * @throws IllegalArgumentException if the cursor is none of ours
     */
    Page<ApiToken> list(TokenQuery query, Instant now);

    /**
     * A page of audit rows.
     *
     * @throws IllegalArgumentException if the cursor is none of ours
     */
    Page<AuditEntry> audit(AuditQuery query);

    /** Notes when tokens were last used, by id; not for those noted within the minute before. */
    void used(Map<String, Instant> lastUses);

    /** Active tokens without a successor that end before {@code before}; no later call returns them again. */
    List<ApiToken> takeExpiring(Instant now, Instant before, int limit);

    /**
     * Deletes tokens and revocations that ended more than 24 hours ago, idempotency keys as old, and nodes long gone.
     *
     * <p>By the store's clock; does nothing when that and {@code now} are more than an hour apart, because a clock that
     * has jumped would delete what is still needed.
     *
     * @return how many tokens were deleted
     */
    int prune(Instant now);

    /**
     * Reads the feed from a snapshot that is not older than this call.
     *
     * @param after only entries with a higher number
     * @param witness number of an entry whose mark is wanted
     * @param limit how many entries at most
     */
    FeedPage read(long after, long witness, int limit);

    /**
     * Waits until something may have changed, or as long as told. Returning for no reason is allowed.
     *
     * @return whether something rang
     */
    boolean awaitChange(Duration atMost) throws InterruptedException;

    /** Writes how a node is, at the store's time. */
    void report(NodeReport report);

    /** Forgets a node. */
    void leave(String nodeId);

    /** The nodes that have reported and not left. */
    List<NodeInfo> nodes();

    /** The keys that nodes have recorded. */
    List<KeyInfo> keys();

    /**
     * Records a node's keys in one step: all as accepted and the first as primary when no primary is recorded, or the
     * recorded primary is among them.
     *
     * @param fingerprints the primary first
     * @return the primary recorded before, if it is not among them; then nothing was recorded
     */
    Optional<String> recordKeys(List<String> fingerprints, Change change);

    /** Retires a key on all nodes. */
    FeedEntry retireKey(String fingerprint, Change change);

    /**
     * Tells all nodes that the feed is older than what one of them remembers: none answers until it is answered for.
     *
     * @param incarnationMark of the incarnation that is doubted; nothing happens once there is another
     */
    void doubt(String incarnationMark);

    /**
     * Starts a new incarnation of the feed, after a restore, without doubt.
     *
     * <p>Its entry takes at least the number {@code seconds since 1970 × 4096}, which is above those that were lost: a
     * generation of a subject must not come twice. The incarnation is at least the seconds since 1970: a backup may be
     * restored a second time, and nodes still remember the incarnation that began after the first.
     *
     * @param refuseIssuedBefore refuse tokens issued before this, which are revoked in every record from then on; empty
     *     for none besides those refused so already
     */
    void reincarnate(Optional<Instant> refuseIssuedBefore, Change change);

    @Override
    void close();

    /**
     * Who makes a change, and when.
     *
     * @param actor who
     * @param at the node's time
     */
    record Change(String actor, Instant at) {}

    /**
     * A request that may be repeated.
     *
     * @param key the caller's; unique to the actor of the change
     * @param digest digest of the request
     */
    record Idempotency(String key, String digest) {

        /** Nothing of what was asked. */
        @Override
        public String toString() {
            return "Idempotency[redacted]";
        }
    }

    /**
     * A token to add. Its end is its expiry; its generation is the store's to say.
     *
     * @param id 32 lower-case hexadecimal digits
     * @param prefix what its text begins with
     * @param subject whom it speaks for
     * @param name what its owner calls it; may be empty
     * @param scope what it may do, separated by spaces; empty for nothing
     * @param metadata free facts
     * @param issuedAt when it is issued, to the second
     * @param expiresAt last second of its validity
     * @param keyFingerprint fingerprint of the key that signs it
     * @param announceExpiry whether {@link #ANNOUNCED} before its end somebody is to be told
     * @param idempotency for a request that may be repeated
     */
    record Draft(
            String id,
            String prefix,
            String subject,
            String name,
            String scope,
            Map<String, String> metadata,
            Instant issuedAt,
            Instant expiresAt,
            String keyFingerprint,
            boolean announceExpiry,
            Optional<Idempotency> idempotency) {

        /** The id: names and metadata may be private. */
        @Override
        public String toString() {
            return "Draft[id=" + id + "]";
        }
    }

    /**
     * A token to replace, and what is new about its successor.
     *
     * @param id of the token to replace
     * @param successorId 32 lower-case hexadecimal digits
     * @param prefix what the successor's text begins with
     * @param issuedAt when the successor is issued, to the second
     * @param longestLifetime what the successor's lifetime is cut to
     * @param overlapEnds until when the old token is accepted, unless it expires before
     * @param keyFingerprint fingerprint of the key that signs the successor
     * @param idempotency for a request that may be repeated
     */
    record Rotation(
            String id,
            String successorId,
            String prefix,
            Instant issuedAt,
            Duration longestLifetime,
            Instant overlapEnds,
            String keyFingerprint,
            Optional<Idempotency> idempotency) {}

    /**
     * What a rotation did.
     *
     * @param successor the new token
     * @param entry what went into the feed; empty for a repeated request
     */
    record Rotated(ApiToken successor, Optional<FeedEntry> entry) {}

    /**
     * A row of the change feed.
     *
     * @param number higher than that of the entry committed before; one more unless an incarnation begins
     * @param mark random text that tells it from another entry of the same number in a database that was restored
     * @param kind what is refused
     * @param target token id, subject or key fingerprint
     * @param effectiveAt from when on; the epoch for at once, later for the end of an overlap
     * @param keepUntil from when on it makes no difference any more
     */
    record FeedEntry(long number, String mark, Kind kind, String target, Instant effectiveAt, Instant keepUntil) {

        /** What a feed entry refuses. */
        public enum Kind {
            /** One token. */
            TOKEN,
            /** The tokens of a subject in generations below the entry's number. */
            SUBJECT,
            /** The tokens signed with a key. */
            KEY,
            /** Nothing: here begins a new incarnation of the feed. */
            INCARNATION
        }

        @Override
        public String toString() {
            return "FeedEntry[number=" + number + ", kind=" + kind + "]";
        }
    }

    /**
     * A snapshot of the feed.
     *
     * @param number of the last entry ever committed; 0 for none
     * @param incarnation which incarnation of the feed this is; grows
     * @param incarnationMark random text of the incarnation
     * @param doubted whether a node has found this feed older than what it remembers
     * @param refuseIssuedBefore tokens issued before this are refused; the epoch for none
     * @param prunedThrough revocations of tokens that expired before this may be gone; the epoch for none
     * @param now the store's time
     * @param witnessMark mark of the entry asked for; empty when there is none
     * @param entries in order of number
     */
    record FeedPage(
            long number,
            long incarnation,
            String incarnationMark,
            boolean doubted,
            Instant refuseIssuedBefore,
            Instant prunedThrough,
            Instant now,
            Optional<String> witnessMark,
            List<FeedEntry> entries) {}

    /**
     * How a node is.
     *
     * @param id random, new at every start
     * @param name what the operator calls it
     * @param applied number of the last entry of the feed that it has applied
     * @param lease how long it answers from memory
     * @param keyFingerprints fingerprints of its keys, the one that signs first
     */
    record NodeReport(String id, String name, long applied, Duration lease, List<String> keyFingerprints) {}
}
