package dev.countermark.apitokens;

import dev.countermark.apitokens.AuditEntry.Action;
import dev.countermark.apitokens.RefusedChangeException.Why;
import dev.countermark.apitokens.TokenStore.FeedEntry.Kind;
import dev.countermark.encoding.EpochSeconds;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A store in the memory of one process, for tests and toys: what is in it ends with the process.
 *
 * <p>Several nodes of one process may share it. Lists are made by looking at everything. Long because it says once, in
 * plain Java, what the stores in databases say in SQL: tokens, the feed of revocations and what was asked for twice. One
 * token is a {@link MemoryRow}; {@link MemoryAudit}, {@link MemoryNodes} and {@link MemoryKeys} are tables that the monitor of
 * this class guards.
 */
public final class InMemoryTokenStore implements TokenStore {

    private static final Instant FOREVER = Instant.ofEpochSecond(EpochSeconds.MAX);
    private static final Comparator<ApiToken> LATEST_END_FIRST =
            Comparator.comparing(ApiToken::endsAt).thenComparing(ApiToken::id).reversed();

    private final Clock clock;
    private final Map<String, MemoryRow> tokens = new LinkedHashMap<>();
    private final TreeMap<Long, FeedEntry> feed = new TreeMap<>();
    private final Map<String, FeedEntry> revoked = new HashMap<>();
    private final MemoryAudit audit;
    private final Map<String, Remembered> idempotency = new HashMap<>();
    private final MemoryNodes nodes;
    private final MemoryKeys keys;

    private long number;
    private long incarnation = 1;
    private String incarnationMark = TokenId.random();
    private boolean doubted;
    private Instant refuseIssuedBefore = Instant.EPOCH;
    private Instant prunedThrough = Instant.EPOCH;
    private long rings;

    private record Remembered(String digest, String tokenId, Instant at) {}

    /** An empty store by the system clock. */
    public InMemoryTokenStore() {
        this(Clock.systemUTC());
    }

    /** An empty store by another clock. */
    public InMemoryTokenStore(Clock clock) {
        this(clock, new MemoryAudit(), new MemoryNodes(), new MemoryKeys());
    }

    private InMemoryTokenStore(Clock clock, MemoryAudit audit, MemoryNodes nodes, MemoryKeys keys) {
        this.clock = clock;
        this.audit = audit;
        this.nodes = nodes;
        this.keys = keys;
    }

    /** The store as it is now, for tests of databases that are restored. */
    synchronized InMemoryTokenStore copy() {
        var copy = new InMemoryTokenStore(clock, audit.copy(), nodes.copy(), keys.copy());
        tokens.forEach((id, row) -> copy.tokens.put(id, row.copy()));
        copy.feed.putAll(feed);
        copy.revoked.putAll(revoked);
        copy.idempotency.putAll(idempotency);
        copy.number = number;
        copy.incarnation = incarnation;
        copy.incarnationMark = incarnationMark;
        copy.doubted = doubted;
        copy.refuseIssuedBefore = refuseIssuedBefore;
        copy.prunedThrough = prunedThrough;
        return copy;
    }

    @Override
    public boolean shared() {
        return false;
    }

    @Override
    public synchronized ApiToken issue(Draft draft, Change change) {
        var repeated = repeated(draft.idempotency(), change);
        if (repeated.isPresent()) {
            return repeated.get();
        }
        tokens.put(draft.id(), new MemoryRow(draft, number, Optional.empty()));
        remember(draft.idempotency(), draft.id(), change);
        audit.add(change, Action.ISSUED, draft.id(), draft.subject(), "");
        return find(draft.id(), change.at()).orElseThrow();
    }

    private Optional<ApiToken> repeated(Optional<Idempotency> idempotency, Change change) {
        if (idempotency.isEmpty()) {
            return Optional.empty();
        }
        var known =
                this.idempotency.get(change.actor() + "\n" + idempotency.get().key());
        if (known == null || !known.at().plus(REPEATABLE).isAfter(change.at())) {
            return Optional.empty();
        }
        if (!known.digest().equals(idempotency.get().digest())) {
            throw new RefusedChangeException(Why.IDEMPOTENCY_KEY_REUSED);
        }
        return find(known.tokenId(), change.at());
    }

    private void remember(Optional<Idempotency> idempotency, String tokenId, Change change) {
        idempotency.ifPresent(request -> this.idempotency.put(
                change.actor() + "\n" + request.key(), new Remembered(request.digest(), tokenId, change.at())));
    }

    private FeedEntry append(Kind kind, String target, Instant effectiveAt, Instant keepUntil) {
        var entry = new FeedEntry(++number, TokenId.random(), kind, target, effectiveAt, keepUntil);
        feed.put(entry.number(), entry);
        rings++;
        notifyAll();
        return entry;
    }

    @Override
    public synchronized Rotated rotate(Rotation rotation, Change change) {
        var repeated = repeated(rotation.idempotency(), change);
        if (repeated.isPresent()) {
            return new Rotated(repeated.get(), Optional.empty());
        }
        var row = tokens.get(rotation.id());
        if (row == null) {
            throw new RefusedChangeException(Why.NO_SUCH_TOKEN);
        }
        var old = at(row, change.at());
        if (old.replacedBy().isPresent()) {
            throw new RefusedChangeException(Why.ALREADY_ROTATED);
        }
        if (old.state() != TokenState.ACTIVE || isRefused(old)) {
            throw new RefusedChangeException(Why.NOT_ACTIVE);
        }
        var lifetime = Duration.between(old.issuedAt(), old.expiresAt());
        if (lifetime.compareTo(rotation.longestLifetime()) > 0) {
            lifetime = rotation.longestLifetime();
        }
        var id = rotation.successorId();
        var draft = new Draft(
                id,
                rotation.prefix(),
                old.subject(),
                old.name(),
                row.draft().scope(),
                old.metadata(),
                rotation.issuedAt(),
                rotation.issuedAt().plus(lifetime),
                rotation.keyFingerprint(),
                lifetime.compareTo(ANNOUNCED) > 0,
                Optional.empty());
        tokens.put(id, new MemoryRow(draft, number, Optional.of(old.id())));
        row.replace(id, rotation.overlapEnds().isAfter(change.at()) ? rotation.overlapEnds() : change.at());
        remember(rotation.idempotency(), id, change);
        audit.add(change, Action.ROTATED, old.id(), old.subject(), id);
        return new Rotated(
                find(id, change.at()).orElseThrow(),
                Optional.of(append(Kind.TOKEN, old.id(), rotation.overlapEnds(), old.expiresAt())));
    }

    /** Whatever the clocks say of its end: the node that revoked it may be ahead. */
    private boolean isRefused(ApiToken token) {
        return revoked.containsKey(token.id())
                || feed.tailMap(token.generation(), false).values().stream()
                        .anyMatch(entry ->
                                entry.kind() == Kind.SUBJECT && entry.target().equals(token.subject()));
    }

    @Override
    public synchronized Optional<FeedEntry> revoke(String id, Optional<Instant> keepUntil, Change change) {
        var row = tokens.get(id);
        if (row == null && keepUntil.isEmpty()) {
            return Optional.empty();
        }
        var before = Optional.ofNullable(revoked.get(id));
        if (before.isPresent()) {
            return before;
        }
        if (row != null) {
            row.end(change.at());
        }
        audit.add(change, Action.REVOKED, id, row == null ? "" : row.draft().subject(), "");
        var until = row == null ? keepUntil.get() : row.draft().expiresAt();
        var entry = append(Kind.TOKEN, id, Instant.EPOCH, until);
        revoked.put(id, entry);
        return Optional.of(entry);
    }

    @Override
    public synchronized FeedEntry revokeSubject(String subject, Instant keepUntil, Change change) {
        var until = keepUntil;
        for (var row : tokens.values()) {
            if (row.draft().subject().equals(subject)) {
                until = row.draft().expiresAt().isAfter(until) ? row.draft().expiresAt() : until;
                row.end(change.at());
            }
        }
        audit.add(change, Action.SUBJECT_REVOKED, "", subject, "");
        return append(Kind.SUBJECT, subject, Instant.EPOCH, until);
    }

    @Override
    public synchronized Optional<ApiToken> find(String id, Instant now) {
        return Optional.ofNullable(tokens.get(id)).map(row -> at(row, now));
    }

    private ApiToken at(MemoryRow row, Instant now) {
        return row.at(now, refuseIssuedBefore);
    }

    @Override
    public synchronized Page<ApiToken> list(TokenQuery query, Instant now) {
        var cursor = TokenCursor.parse(query.cursor());
        var found = tokens.values().stream()
                .map(row -> at(row, now))
                .filter(token -> query.subject().map(token.subject()::equals).orElse(true))
                .filter(token -> query.state().map(token.state()::equals).orElse(true))
                .filter(token -> isBehind(token, cursor))
                .sorted(LATEST_END_FIRST);
        return Page.first(
                found, query.limit(), token -> TokenCursor.behind(token).text());
    }

    private static boolean isBehind(ApiToken token, TokenCursor cursor) {
        long end = token.endsAt().getEpochSecond();
        return end < cursor.endsAt() || end == cursor.endsAt() && token.id().compareTo(cursor.id()) < 0;
    }

    @Override
    public synchronized Page<AuditEntry> audit(AuditQuery query) {
        return audit.list(query);
    }

    @Override
    public synchronized void used(Map<String, Instant> lastUses) {
        lastUses.forEach((id, at) -> Optional.ofNullable(tokens.get(id)).ifPresent(row -> row.use(at)));
    }

    @Override
    public synchronized List<ApiToken> takeExpiring(Instant now, Instant before, int limit) {
        var taken = new ArrayList<ApiToken>();
        for (var row : tokens.values()) {
            var token = at(row, now);
            if (taken.size() < limit
                    && row.announce()
                    && token.state() == TokenState.ACTIVE
                    && token.endsAt().isBefore(before)) {
                row.announced();
                taken.add(token);
            }
        }
        return taken;
    }

    @Override
    public synchronized int prune(Instant now) {
        var own = clock.instant();
        if (Duration.between(own, now).abs().compareTo(CLOCKS_AGREE) > 0) {
            return 0;
        }
        var through = Instant.ofEpochSecond(own.minus(KEPT_LONGER).getEpochSecond());
        int before = tokens.size();
        tokens.values().removeIf(row -> row.draft().expiresAt().isBefore(through));
        feed.values().removeIf(entry -> entry.keepUntil().isBefore(through) && entry.number() < number);
        revoked.values().removeIf(entry -> !feed.containsKey(entry.number()));
        idempotency.values().removeIf(known -> known.at().isBefore(through));
        nodes.prune(through);
        prunedThrough = through.isAfter(prunedThrough) ? through : prunedThrough;
        return before - tokens.size();
    }

    @Override
    public synchronized FeedPage read(long after, long witness, int limit) {
        return new FeedPage(
                number,
                incarnation,
                incarnationMark,
                doubted,
                refuseIssuedBefore,
                prunedThrough,
                clock.instant(),
                Optional.ofNullable(feed.get(witness)).map(FeedEntry::mark),
                feed.tailMap(after, false).values().stream().limit(limit).toList());
    }

    @Override
    public synchronized boolean awaitChange(Duration atMost) throws InterruptedException {
        long heard = rings;
        long until = System.nanoTime() + atMost.toNanos();
        while (rings == heard) {
            long left = (until - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                return false;
            }
            wait(left);
        }
        return true;
    }

    @Override
    public synchronized void report(NodeReport report) {
        nodes.report(report, clock.instant());
    }

    @Override
    public synchronized void leave(String nodeId) {
        nodes.leave(nodeId);
    }

    @Override
    public synchronized List<NodeInfo> nodes() {
        return nodes.list(clock.instant());
    }

    @Override
    public synchronized List<KeyInfo> keys() {
        return keys.list();
    }

    @Override
    public synchronized Optional<String> recordKeys(List<String> fingerprints, Change change) {
        return keys.record(fingerprints, change, audit);
    }

    @Override
    public synchronized FeedEntry retireKey(String fingerprint, Change change) {
        keys.set(fingerprint, KeyInfo.State.RETIRED, change);
        audit.add(change, Action.KEY_RETIRED, "", "", fingerprint);
        return append(Kind.KEY, fingerprint, Instant.EPOCH, FOREVER);
    }

    @Override
    public synchronized void doubt(String incarnationMark) {
        doubted |= incarnationMark.equals(this.incarnationMark);
    }

    @Override
    public synchronized void reincarnate(Optional<Instant> refuseIssuedBefore, Change change) {
        incarnation = Math.max(incarnation + 1, change.at().getEpochSecond());
        incarnationMark = TokenId.random();
        number = Math.max(number, change.at().getEpochSecond() * NUMBERS_PER_SECOND);
        append(Kind.INCARNATION, incarnationMark, Instant.EPOCH, FOREVER);
        doubted = false;
        refuseIssuedBefore
                .filter(time -> time.isAfter(this.refuseIssuedBefore))
                .ifPresent(time -> this.refuseIssuedBefore = time);
        for (var row : tokens.values()) {
            if (row.draft().issuedAt().isBefore(this.refuseIssuedBefore)) {
                row.end(change.at());
            }
        }
        audit.add(
                change,
                Action.RESTORE_ANSWERED,
                "",
                "",
                refuseIssuedBefore.map(Instant::toString).orElse("accepted"));
    }

    /** Does nothing. */
    @Override
    public void close() {}

    @Override
    public String toString() {
        return "InMemoryTokenStore";
    }
}
