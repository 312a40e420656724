package dev.countermark.apitokens;

import dev.countermark.apitokens.AuditEntry.Action;
import dev.countermark.apitokens.RefusedChangeException.Why;
import dev.countermark.apitokens.TokenStore.FeedEntry.Kind;
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
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * A store in the memory of one process, for tests and toys: what is in it ends with the process.
 *
 * <p>Several nodes of one process may share it. Lists are made by looking at everything. Long because it says once, in
 * plain Java, what the stores in databases say in SQL; {@link MemoryRow} has what concerns one token.
 */
public final class InMemoryTokenStore implements TokenStore {

    private static final Instant FOREVER = Instant.ofEpochSecond(253_402_300_799L);
    private static final Comparator<ApiToken> LATEST_END_FIRST =
            Comparator.comparing(ApiToken::endsAt).thenComparing(ApiToken::id).reversed();

    private final Clock clock;
    private final Map<String, MemoryRow> tokens = new LinkedHashMap<>();
    private final TreeMap<Long, FeedEntry> feed = new TreeMap<>();
    private final Map<String, FeedEntry> revoked = new HashMap<>();
    private final List<AuditEntry> audit = new ArrayList<>();
    private final Map<String, Remembered> idempotency = new HashMap<>();
    private final Map<String, Reported> nodes = new LinkedHashMap<>();
    private final Map<String, KeyInfo> keys = new LinkedHashMap<>();

    private long number;
    private long incarnation = 1;
    private String incarnationMark = TokenId.random();
    private boolean doubted;
    private Instant refuseIssuedBefore = Instant.EPOCH;
    private Instant prunedThrough = Instant.EPOCH;
    private long rings;

    private record Remembered(String digest, String tokenId, Instant at) {}

    private record Reported(NodeReport report, Instant startedAt, Instant seenAt) {}

    /** An empty store by the system clock. */
    public InMemoryTokenStore() {
        this(Clock.systemUTC());
    }

    /** An empty store by another clock. */
    public InMemoryTokenStore(Clock clock) {
        this.clock = clock;
    }

    /** The store as it is now, for tests of databases that are restored. */
    synchronized InMemoryTokenStore copy() {
        var copy = new InMemoryTokenStore(clock);
        tokens.forEach((id, row) -> copy.tokens.put(id, row.copy()));
        copy.feed.putAll(feed);
        copy.revoked.putAll(revoked);
        copy.audit.addAll(audit);
        copy.idempotency.putAll(idempotency);
        copy.nodes.putAll(nodes);
        copy.keys.putAll(keys);
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
        audit(change, Action.ISSUED, draft.id(), draft.subject(), "");
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

    private void audit(Change change, Action action, String tokenId, String subject, String detail) {
        audit.add(new AuditEntry(
                audit.size() + 1L,
                change.at(),
                change.actor(),
                action,
                Optional.of(tokenId).filter(id -> !id.isEmpty()),
                Optional.of(subject).filter(name -> !name.isEmpty()),
                detail));
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
        var old = row.at(change.at());
        if (old.replacedBy().isPresent()) {
            throw new RefusedChangeException(Why.ALREADY_ROTATED);
        }
        if (old.state() != TokenState.ACTIVE) {
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
        audit(change, Action.ROTATED, old.id(), old.subject(), id);
        return new Rotated(
                find(id, change.at()).orElseThrow(),
                Optional.of(append(Kind.TOKEN, old.id(), rotation.overlapEnds(), old.expiresAt())));
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
        audit(change, Action.REVOKED, id, row == null ? "" : row.draft().subject(), "");
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
        audit(change, Action.SUBJECT_REVOKED, "", subject, "");
        return append(Kind.SUBJECT, subject, Instant.EPOCH, until);
    }

    @Override
    public synchronized Optional<ApiToken> find(String id, Instant now) {
        return Optional.ofNullable(tokens.get(id)).map(row -> row.at(now));
    }

    @Override
    public synchronized Page<ApiToken> list(TokenQuery query, Instant now) {
        var cursor = TokenCursor.parse(query.cursor());
        var found = tokens.values().stream()
                .map(row -> row.at(now))
                .filter(token -> query.subject().map(token.subject()::equals).orElse(true))
                .filter(token -> query.state().map(token.state()::equals).orElse(true))
                .filter(token -> isBehind(token, cursor))
                .sorted(LATEST_END_FIRST);
        return page(found, query.limit(), token -> TokenCursor.behind(token).text());
    }

    private static boolean isBehind(ApiToken token, TokenCursor cursor) {
        long end = token.endsAt().getEpochSecond();
        return end < cursor.endsAt() || end == cursor.endsAt() && token.id().compareTo(cursor.id()) < 0;
    }

    private static <T> Page<T> page(Stream<T> found, int limit, Function<T, String> cursor) {
        var items = found.limit(limit + 1L).toList();
        if (items.size() <= limit) {
            return new Page<>(items, Optional.empty());
        }
        return new Page<>(items.subList(0, limit), Optional.of(cursor.apply(items.get(limit - 1))));
    }

    @Override
    public synchronized Page<AuditEntry> audit(AuditQuery query) {
        long before = TokenCursor.parseNumber(query.cursor());
        Predicate<AuditEntry> wanted = entry -> entry.number() < before
                && query.tokenId()
                        .map(id -> entry.tokenId().equals(Optional.of(id)))
                        .orElse(true)
                && query.subject()
                        .map(name -> entry.subject().equals(Optional.of(name)))
                        .orElse(true);
        var found = audit.stream()
                .filter(wanted)
                .sorted(Comparator.comparingLong(AuditEntry::number).reversed());
        return page(found, query.limit(), entry -> Long.toString(entry.number()));
    }

    @Override
    public synchronized void used(Map<String, Instant> lastUses) {
        lastUses.forEach((id, at) -> Optional.ofNullable(tokens.get(id)).ifPresent(row -> row.use(at)));
    }

    @Override
    public synchronized List<ApiToken> takeExpiring(Instant now, Instant before, int limit) {
        var taken = new ArrayList<ApiToken>();
        for (var row : tokens.values()) {
            var token = row.at(now);
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
        nodes.values().removeIf(node -> node.seenAt().isBefore(through));
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
        var now = clock.instant();
        var before = nodes.get(report.id());
        nodes.put(report.id(), new Reported(report, before == null ? now : before.startedAt(), now));
    }

    @Override
    public synchronized void leave(String nodeId) {
        nodes.remove(nodeId);
    }

    @Override
    public synchronized List<NodeInfo> nodes() {
        var now = clock.instant();
        return nodes.values().stream()
                .map(node -> new NodeInfo(
                        node.report().id(),
                        node.report().name(),
                        node.startedAt(),
                        node.seenAt(),
                        node.seenAt().plus(node.report().lease()).isAfter(now),
                        node.report().applied(),
                        node.report().lease(),
                        node.report().keyFingerprints()))
                .toList();
    }

    @Override
    public synchronized List<KeyInfo> keys() {
        return List.copyOf(keys.values());
    }

    @Override
    public synchronized Optional<String> recordKeys(List<String> fingerprints, Change change) {
        var primary = keys.values().stream()
                .filter(key -> key.state() == KeyInfo.State.PRIMARY)
                .map(KeyInfo::fingerprint)
                .findFirst();
        if (primary.isPresent() && !fingerprints.contains(primary.get())) {
            return primary;
        }
        for (var fingerprint : fingerprints) {
            if (!keys.containsKey(fingerprint)) {
                setKey(fingerprint, KeyInfo.State.ACCEPTED, Action.KEY_ADDED, change);
            }
        }
        var first = fingerprints.get(0);
        boolean retired = Optional.ofNullable(keys.get(first))
                .filter(key -> key.state() == KeyInfo.State.RETIRED)
                .isPresent();
        if (!primary.equals(Optional.of(first)) && !retired) {
            primary.ifPresent(old -> keys.put(old, new KeyInfo(old, KeyInfo.State.ACCEPTED, change.at())));
            setKey(first, KeyInfo.State.PRIMARY, Action.KEY_PROMOTED, change);
        }
        return Optional.empty();
    }

    private void setKey(String fingerprint, KeyInfo.State state, Action action, Change change) {
        keys.put(fingerprint, new KeyInfo(fingerprint, state, change.at()));
        audit(change, action, "", "", fingerprint);
    }

    @Override
    public synchronized FeedEntry retireKey(String fingerprint, Change change) {
        setKey(fingerprint, KeyInfo.State.RETIRED, Action.KEY_RETIRED, change);
        return append(Kind.KEY, fingerprint, Instant.EPOCH, FOREVER);
    }

    @Override
    public synchronized void doubt(String incarnationMark) {
        doubted |= incarnationMark.equals(this.incarnationMark);
    }

    @Override
    public synchronized void reincarnate(Optional<Instant> refuseIssuedBefore, Change change) {
        incarnation++;
        incarnationMark = TokenId.random();
        number = Math.max(number, change.at().getEpochSecond() * NUMBERS_PER_SECOND);
        append(Kind.INCARNATION, incarnationMark, Instant.EPOCH, FOREVER);
        doubted = false;
        refuseIssuedBefore
                .filter(time -> time.isAfter(this.refuseIssuedBefore))
                .ifPresent(time -> this.refuseIssuedBefore = time);
        audit(
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
