package dev.countermark.apitokens;

import dev.countermark.BadTokenException;
import dev.countermark.ExpiredTokenException;
import dev.countermark.apitokens.RefusedChangeException.Why;
import dev.countermark.apitokens.TokenStore.Change;
import dev.countermark.apitokens.TokenStore.FeedEntry;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/**
 * API tokens with a store: issue, check, list, rotate and revoke them.
 *
 * <pre>{@code
 * try (var store = JdbcTokenStore.open("jdbc:sqlite:/var/lib/app/tokens.db");
 *         var tokens = ApiTokens.start(store, KeySource.of(keyring))) {
 *     IssuedToken issued = tokens.issue(IssueRequest.forSubject("ci").scopes("packages:read"));
 *     if (tokens.check(issued.text()) instanceof ApiTokenVerdict.Valid valid) { … valid.subject() … }
 *     tokens.revoke(issued.token().id());
 * }
 * }</pre>
 *
 * <p>When a revocation returns, this node refuses the token; every other node refuses it within the lease (5 s by
 * default, usually under 100 ms with PostgreSQL); a node that cannot hear revocations answers
 * {@link ApiTokenVerdict.Unavailable}, never valid. A check does no I/O while the lease holds, except for a token with a
 * reserved scope ({@code countermark:…}), which counts only with its live row.
 *
 * <p>Safe for many threads. Changes run in transactions of the store's own, never inside the caller's. They throw
 * {@link TokenStoreException} when the store does not work and {@link OutcomeUnknownException} when nobody knows whether
 * the change was made.
 */
public final class ApiTokens implements AutoCloseable {

    /** Scope of a token that may issue, rotate and see other tokens. */
    public static final String ADMIN_SCOPE = "countermark:admin";

    private final Node node;
    private final String actor;

    private ApiTokens(Node node, String actor) {
        this.node = node;
        this.actor = actor;
    }

    /** Starts a node with the default options. */
    public static ApiTokens start(TokenStore store, KeySource keys) {
        return start(store, keys, ApiTokenOptions.DEFAULT);
    }

    /**
     * Starts a node: its threads listen to the store until {@link #close}.
     *
     * @param store stays the caller's to close
     * @throws KeyMismatchException if the keys are not those of the store's other nodes and tokens
     * @throws TokenStoreException if the store does not work
     */
    public static ApiTokens start(TokenStore store, KeySource keys, ApiTokenOptions options) {
        var node = new Node(store, keys, options);
        node.start();
        return new ApiTokens(node, options.nodeName());
    }

    /**
     * The same tokens, with another name in the audit rows of the changes made through it.
     *
     * @param actor 1 to 200 characters
     * @throws IllegalArgumentException if it has fewer or more, or control characters
     */
    public ApiTokens actingAs(String actor) {
        Text.require(actor, "actor", 1, 200);
        return new ApiTokens(node, actor);
    }

    /**
     * Issues a token.
     *
     * @return its text, which is kept nowhere, and its record; for a repeated request with an idempotency key the same
     *     as before
     * @throws IllegalArgumentException if the lifetime is longer than the policy allows, or the text would be longer
     *     than 2,048 characters
     * @throws RefusedChangeException if the idempotency key was used for another request, or the key that signed the
     *     token of the repeated request is retired
     */
    public IssuedToken issue(IssueRequest request) {
        return new Issuing(node, actor).issue(request);
    }

    /** What a text is. Never throws for a text; null is a {@code NullPointerException}. */
    public ApiTokenVerdict check(String text) {
        return told(node.checker.check(text));
    }

    /**
     * As {@link #check}, without I/O and without waiting for other threads' I/O: for threads that must not, such as those
     * of an event loop. Listeners hear of it on the calling thread, as of any check; none of theirs may wait either.
     *
     * @return never {@code Unavailable}; empty where the store would have to be asked, which is when the lease has lapsed,
     *     and for a token with a reserved scope. Nothing has happened then, nobody has heard of it, and only
     *     {@link #check} knows the answer: empty is no reason to let anybody through
     */
    public Optional<ApiTokenVerdict> checkFromMemory(String text) {
        return Optional.ofNullable(node.checker.checkFromMemory(text)).map(this::told);
    }

    private ApiTokenVerdict told(ApiTokenVerdict verdict) {
        var events = node.options.events();
        if (!events.equals(TokenEvents.NONE)) {
            Node.safely(() -> events.checked(verdict));
            if (verdict instanceof ApiTokenVerdict.Revoked revoked
                    && revoked.rotated()
                    && node.reuses.note(revoked.id())) {
                Node.safely(() -> events.reusedAfterRotation(revoked.id(), revoked.subject()));
            }
        }
        return verdict;
    }

    /**
     * The token of a text.
     *
     * @throws ExpiredTokenException if it is too old
     * @throws RevokedTokenException if it was taken back
     * @throws BadTokenException if it is not ours
     * @throws RevocationsUnavailableException if revocations cannot be heard; that is no {@code BadTokenException}
     */
    public ApiTokenVerdict.Valid verify(String text) {
        return check(text).orThrow();
    }

    /**
     * Revokes the token of an id. Nothing happens when the store has none; revoking twice does no harm.
     *
     * @param id 32 hexadecimal digits; any other text is the id of no token
     * @return what was done, for {@link #confirm}; {@link RevokeOutcome#found} tells whether there was such a token
     */
    public RevokeOutcome revoke(String id) {
        return TokenId.isId(id) ? revoke(id, Optional.empty()) : RevokeOutcome.NOTHING;
    }

    /**
     * Revokes the token of a text, also one that the store does not know. Nothing happens when the text is not signed
     * with a key of ours.
     */
    public RevokeOutcome revokeText(String text) {
        var reading = node.keys.verifying().read(text);
        if (reading.refused() != null) {
            return RevokeOutcome.NOTHING;
        }
        var claims = reading.claims();
        return revoke(claims.id(), Optional.of(Instant.ofEpochSecond(claims.expiresAt())));
    }

    private RevokeOutcome revoke(String id, Optional<Instant> keepUntil) {
        Optional<FeedEntry> entry;
        try {
            entry = node.store.revoke(id, keepUntil, change());
        } catch (OutcomeUnknownException e) {
            node.revocations.refuse(id, 0, keepUntil.orElse(longestExpiry()).getEpochSecond());
            throw e;
        }
        if (entry.isEmpty()) {
            return RevokeOutcome.NOTHING;
        }
        Node.safely(() -> node.options.events().revoked(id, actor));
        return node.applied(entry.get());
    }

    /**
     * Revokes every token of a subject whose {@code issue} has returned. One issued at the same time falls on either
     * side; those issued later are not concerned.
     *
     * @param subject 1 to 255 characters, also one that has no token
     * @return what was done, for {@link #confirm}
     * @throws IllegalArgumentException if it can be nobody's name
     */
    public RevokeOutcome revokeSubject(String subject) {
        Text.require(subject, "subject", 1, 255);
        FeedEntry entry;
        try {
            entry = node.store.revokeSubject(subject, longestExpiry(), change());
        } catch (OutcomeUnknownException e) {
            node.revocations.raise(
                    subject, node.feed.applied() + 1, longestExpiry().getEpochSecond());
            throw e;
        }
        Node.safely(() -> node.options.events().subjectRevoked(subject, actor));
        return node.applied(entry);
    }

    private Instant longestExpiry() {
        return node.time.now().plus(node.options.maximumLifetime()).plus(Duration.ofDays(1));
    }

    /**
     * Waits until every live node has applied a revocation, at most one lease; by then every node refuses, also one
     * that has not confirmed.
     *
     * @return the outcome with the nodes that are live and those of them that have confirmed
     * @throws TokenStoreException if the store did not answer all the while; the revocation stands, and every node has
     *     refused since
     */
    public RevokeOutcome confirm(RevokeOutcome outcome) {
        if (!outcome.found()) {
            return outcome;
        }
        return new Confirmation(node, outcome.number().getAsLong()).await();
    }

    /**
     * Replaces a token by a new one of the same subject, name, scopes, metadata and lifetime. The old one is accepted
     * until the overlap ends.
     *
     * @param id of the token to replace
     * @param overlap zero to 30 days
     * @return the new token's text, which is kept nowhere, and its record
     * @throws IllegalArgumentException if the overlap is shorter or longer
     * @throws RefusedChangeException if there is no such token, it is not active, or it has a successor already
     */
    public IssuedToken rotate(String id, Duration overlap) {
        return rotate(id, overlap, Optional.empty());
    }

    /**
     * As {@link #rotate(String, Duration)}; repeated with the same idempotency key it returns the same successor.
     *
     * @param idempotencyKey 1 to 200 characters, remembered for 24 hours for this actor
     */
    public IssuedToken rotate(String id, Duration overlap, String idempotencyKey) {
        Text.require(idempotencyKey, "idempotency key", 1, 200);
        return rotate(id, overlap, Optional.of(idempotencyKey));
    }

    private IssuedToken rotate(String id, Duration overlap, Optional<String> idempotencyKey) {
        return new Issuing(node, actor).rotate(id, overlap, idempotencyKey);
    }

    /**
     * The record of a token, also of one that has ended; empty once it is pruned, and for an id of none.
     *
     * @param id 32 hexadecimal digits; any other text is the id of no token
     */
    public Optional<ApiToken> find(String id) {
        return TokenId.isId(id) ? node.store.find(id, node.time.now()) : Optional.empty();
    }

    /**
     * When a token was last used, up to three minutes behind; empty for never, and where the store has no such token.
     */
    public Optional<Instant> lastUsed(String id) {
        return find(id).flatMap(ApiToken::lastUsedAt);
    }

    /**
     * A page of tokens, those that end last first.
     *
     * @throws IllegalArgumentException if the cursor is none of ours
     */
    public Page<ApiToken> list(TokenQuery query) {
        return node.store.list(query, node.time.now());
    }

    /**
     * A page of audit rows, the latest first.
     *
     * @throws IllegalArgumentException if the cursor is none of ours
     */
    public Page<AuditEntry> audit(AuditQuery query) {
        return node.store.audit(query);
    }

    /**
     * Deletes what ended more than a day ago. A node does it by itself every hour.
     *
     * @return how many tokens were deleted
     */
    public int prune() {
        return node.store.prune(node.time.now());
    }

    /** Writes the last uses that this node has noted. A node does it by itself once a minute. */
    public void writeLastUses() {
        node.upkeep.writeLastUses();
    }

    /** The processes that use the store. */
    public List<NodeInfo> nodes() {
        return node.store.nodes();
    }

    /** The keys that nodes have recorded. */
    public List<KeyInfo> keys() {
        return node.store.keys();
    }

    /** Fingerprints of the keys in force on this node, the one that signs first. */
    public List<String> keyFingerprints() {
        return node.keys.fingerprints();
    }

    /** Whether every live node reports a key, so that it may be promoted. */
    public boolean everyNodeHasKey(String fingerprint) {
        return node.sharedKeys.everyOtherHas(fingerprint) && keyFingerprints().contains(fingerprint);
    }

    /** Asks the key source again, at once. A node does it by itself about once a second. */
    public void reloadKeys() {
        node.reloadKeys();
    }

    /**
     * Retires a key on all nodes, for good: what it signed is refused, here at once and elsewhere within the lease.
     *
     * @throws RefusedChangeException if a live node signs with it; promote another first
     */
    public RevokeOutcome retireKey(String fingerprint) {
        if (node.sharedKeys.anySignsWith(fingerprint)) {
            throw new RefusedChangeException(
                    Why.KEY_NOT_READY, "a live node signs with this key; promote another first");
        }
        if (keys().stream().noneMatch(key -> key.fingerprint().equals(fingerprint))) {
            throw new RefusedChangeException(Why.KEY_NOT_READY, "no node has reported a key of this fingerprint");
        }
        try {
            return node.applied(node.store.retireKey(fingerprint, change()));
        } catch (OutcomeUnknownException e) {
            node.revocations.retire(fingerprint);
            node.keys.retired();
            throw e;
        }
    }

    /**
     * Answers for a database that was restored, or failed over, to an older state. All nodes take the answer with their
     * next poll.
     *
     * @throws TokenStoreException if the store does not work; giving the same answer again does no harm
     */
    public void answerRestore(RestoreAnswer answer) {
        // The next whole second: a token has no finer date.
        var now = node.time.now().truncatedTo(ChronoUnit.SECONDS).plusSeconds(1);
        node.store.reincarnate(
                answer == RestoreAnswer.REFUSE_ISSUED_BEFORE ? Optional.of(now) : Optional.empty(), change());
        node.poller.ring();
    }

    /** How well this node hears revocations: for health checks and gauges. */
    public NodeStatus status() {
        return new NodeStatus(
                node.state(), node.feed.applied(), node.lease.age(), node.lease.remaining(), node.revocations.size());
    }

    /** Why the last poll failed, if it did: for a health check's detail. */
    public Optional<Throwable> lastFailure() {
        return Optional.ofNullable(node.poller.failure());
    }

    /** How this node works. */
    public ApiTokenOptions options() {
        return node.options;
    }

    private Change change() {
        return node.change(actor);
    }

    /** Ends the node's threads, writes last uses, and leaves the store's list of nodes. Checks answer Unavailable then. */
    @Override
    public void close() {
        node.close();
    }

    @Override
    public String toString() {
        return "ApiTokens[node=" + node.options.nodeName() + ", state=" + node.state() + "]";
    }
}
