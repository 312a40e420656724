package dev.countermark.apitokens.jdbc;

import dev.countermark.apitokens.ApiToken;
import dev.countermark.apitokens.AuditEntry.Action;
import dev.countermark.apitokens.RefusedChangeException;
import dev.countermark.apitokens.RefusedChangeException.Why;
import dev.countermark.apitokens.TokenState;
import dev.countermark.apitokens.TokenStore;
import dev.countermark.apitokens.TokenStore.Change;
import dev.countermark.apitokens.TokenStore.Draft;
import dev.countermark.apitokens.TokenStore.FeedEntry;
import dev.countermark.apitokens.TokenStore.FeedEntry.Kind;
import dev.countermark.apitokens.TokenStore.Idempotency;
import dev.countermark.apitokens.TokenStore.Rotated;
import dev.countermark.apitokens.TokenStore.Rotation;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The changes of tokens, each a body of one transaction.
 *
 * <p>Locks are taken in one order, so that changes wait for each other and never in a circle: a subject, its tokens, the
 * feed. The feed is last, because all revocations meet there.
 */
final class Changes {

    private final Database database;
    private final FeedTable feed;

    Changes(Database database, FeedTable feed) {
        this.database = database;
        this.feed = feed;
    }

    ApiToken issue(Session session, Draft draft, Change change) throws SQLException {
        var repeated = repeated(session, draft.idempotency(), draft.id(), change);
        if (repeated.isPresent()) {
            return repeated.get();
        }
        database.lockSubject(session, draft.subject(), false);
        insert(session, draft, null);
        AuditTable.add(session, change, Action.ISSUED, draft.id(), draft.subject(), "");
        return find(session, draft.id(), change.at()).orElseThrow();
    }

    /** The token that the same request brought before; claims the key for this request if there is none. */
    private Optional<ApiToken> repeated(
            Session session, Optional<Idempotency> idempotency, String tokenId, Change change) throws SQLException {
        if (idempotency.isEmpty()) {
            return Optional.empty();
        }
        var request = idempotency.get();
        int claimed = session.update(
                "INSERT INTO countermark_idempotency (actor, request_key, digest, token_id, at) VALUES (?, ?, ?, ?, ?)"
                        + " ON CONFLICT (actor, request_key) DO UPDATE"
                        + " SET digest = excluded.digest, token_id = excluded.token_id, at = excluded.at"
                        + " WHERE countermark_idempotency.at <= ?",
                change.actor(),
                request.key(),
                request.digest(),
                tokenId,
                change.at().getEpochSecond(),
                change.at().minus(TokenStore.REPEATABLE).getEpochSecond());
        if (claimed == 1) {
            return Optional.empty();
        }
        record Known(String digest, String tokenId) {}
        var known = session.first(
                        "SELECT digest, token_id FROM countermark_idempotency WHERE actor = ? AND request_key = ?",
                        row -> new Known(row.getString(1), row.getString(2)),
                        change.actor(),
                        request.key())
                .orElseThrow();
        if (!known.digest().equals(request.digest())) {
            throw new RefusedChangeException(Why.IDEMPOTENCY_KEY_REUSED);
        }
        return Optional.of(find(session, known.tokenId(), change.at())
                .orElseThrow(() -> new RefusedChangeException(Why.IDEMPOTENCY_KEY_REUSED)));
    }

    private void insert(Session session, Draft draft, @Nullable String replaces) throws SQLException {
        session.update(
                "INSERT INTO countermark_token (" + TokenRows.COLUMNS + ", announce)"
                        + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 0, ?, ?, ?, NULL, ?)",
                draft.id(),
                draft.prefix(),
                draft.subject(),
                draft.name(),
                draft.scope(),
                TokenRows.form(draft.metadata()),
                draft.issuedAt().getEpochSecond(),
                draft.expiresAt().getEpochSecond(),
                draft.expiresAt().getEpochSecond(),
                // Not below that of any revocation of the subject, whose lock is held; it outlives the entry, which is
                // pruned.
                FeedTable.number(session),
                draft.keyFingerprint(),
                replaces,
                draft.announceExpiry() ? 1 : 0);
    }

    static Optional<ApiToken> find(Session session, String id, Instant now) throws SQLException {
        return session.first(TokenRows.SELECT + " WHERE id = ?", TokenRows.at(now), id);
    }

    Rotated rotate(Session session, Rotation rotation, Change change) throws SQLException {
        var repeated = repeated(session, rotation.idempotency(), rotation.successorId(), change);
        if (repeated.isPresent()) {
            return new Rotated(repeated.get(), Optional.empty());
        }
        var old = find(session, rotation.id(), change.at())
                .orElseThrow(() -> new RefusedChangeException(Why.NO_SUCH_TOKEN));
        database.lockSubject(session, old.subject(), false);
        end(session, rotation, change);
        requireNotRefused(session, old);
        var lifetime = Duration.between(old.issuedAt(), old.expiresAt());
        if (lifetime.compareTo(rotation.longestLifetime()) > 0) {
            lifetime = rotation.longestLifetime();
        }
        insert(
                session,
                new Draft(
                        rotation.successorId(),
                        rotation.prefix(),
                        old.subject(),
                        old.name(),
                        String.join(" ", old.scopes()),
                        old.metadata(),
                        rotation.issuedAt(),
                        rotation.issuedAt().plus(lifetime),
                        rotation.keyFingerprint(),
                        lifetime.compareTo(TokenStore.ANNOUNCED) > 0,
                        Optional.empty()),
                old.id());
        AuditTable.add(session, change, Action.ROTATED, old.id(), old.subject(), rotation.successorId());
        var successor = find(session, rotation.successorId(), change.at()).orElseThrow();
        return new Rotated(
                successor,
                Optional.of(feed.append(
                        session,
                        Kind.TOKEN,
                        old.id(),
                        rotation.overlapEnds().getEpochSecond(),
                        old.expiresAt().getEpochSecond())));
    }

    /** Sets the successor where there is none yet: of many that try, one row lock lets one through. */
    private static void end(Session session, Rotation rotation, Change change) throws SQLException {
        long now = change.at().getEpochSecond();
        long last = Math.max(now, rotation.overlapEnds().getEpochSecond()) - 1;
        int ended = session.update(
                "UPDATE countermark_token SET replaced_by = ?, announce = 0,"
                        + " revoked = CASE WHEN ends_at > ? THEN 1 ELSE revoked END,"
                        + " ends_at = CASE WHEN ends_at > ? THEN ? ELSE ends_at END"
                        + " WHERE id = ? AND replaced_by IS NULL AND ends_at >= ? AND issued_at >= "
                        + FeedTable.REFUSE_ISSUED_BEFORE,
                rotation.successorId(),
                last,
                last,
                last,
                rotation.id(),
                now);
        if (ended == 0) {
            var token = find(session, rotation.id(), change.at());
            throw new RefusedChangeException(
                    token.flatMap(ApiToken::replacedBy).isPresent() ? Why.ALREADY_ROTATED : Why.NOT_ACTIVE);
        }
    }

    /**
     * Whatever the clocks say of its end: the node that revoked it may be ahead. Asked once its row is locked, because one that
     * waited for that lock would not see what the other had put into the feed.
     */
    private static void requireNotRefused(Session session, ApiToken token) throws SQLException {
        long entries = session.number(
                        "SELECT count(*) FROM countermark_revocation"
                                + " WHERE kind = 'TOKEN' AND target = ? AND effective_at = 0",
                        token.id())
                + session.number(
                        "SELECT count(*) FROM countermark_revocation"
                                + " WHERE kind = 'SUBJECT' AND target = ? AND number > ?",
                        token.subject(),
                        token.generation());
        if (entries > 0) {
            throw new RefusedChangeException(Why.NOT_ACTIVE);
        }
    }

    Optional<FeedEntry> revoke(Session session, String id, Optional<Instant> keepUntil, Change change)
            throws SQLException {
        long now = change.at().getEpochSecond();
        // First the row's lock, then the look at what is there: of two that revoke, the second finds the first.
        session.update(
                "UPDATE countermark_token SET announce = 0,"
                        + " revoked = CASE WHEN ends_at >= ? THEN 1 ELSE revoked END,"
                        + " ends_at = CASE WHEN ends_at >= ? THEN ? ELSE ends_at END WHERE id = ?",
                now,
                now,
                now - 1,
                id);
        var before = session.first(
                "SELECT number, mark, kind, target, effective_at, keep_until FROM countermark_revocation"
                        + " WHERE kind = 'TOKEN' AND target = ? AND effective_at = 0",
                row -> FeedTable.entry(row, 1),
                id);
        if (before.isPresent()) {
            return before;
        }
        var token = find(session, id, change.at());
        var until = token.map(ApiToken::expiresAt).or(() -> keepUntil);
        if (until.isEmpty()) {
            return Optional.empty();
        }
        AuditTable.add(
                session,
                change,
                Action.REVOKED,
                id,
                token.map(ApiToken::subject).orElse(null),
                "");
        return Optional.of(feed.append(session, Kind.TOKEN, id, 0, until.get().getEpochSecond()));
    }

    FeedEntry revokeSubject(Session session, String subject, Instant keepUntil, Change change) throws SQLException {
        long now = change.at().getEpochSecond();
        database.lockSubject(session, subject, true);
        long latest = session.number(
                "SELECT max(expires_at) FROM countermark_token WHERE subject = ? AND ends_at >= ?", subject, now);
        session.update(
                "UPDATE countermark_token SET announce = 0, revoked = 1, ends_at = ? WHERE subject = ? AND ends_at >= ?",
                now - 1,
                subject,
                now);
        AuditTable.add(session, change, Action.SUBJECT_REVOKED, null, subject, "");
        return feed.append(session, Kind.SUBJECT, subject, 0, Math.max(latest, keepUntil.getEpochSecond()));
    }

    List<ApiToken> takeExpiring(Session session, Instant now, Instant before, int limit) throws SQLException {
        var expiring = session.list(
                TokenRows.SELECT + " WHERE announce = 1 AND ends_at >= ? AND ends_at < ? ORDER BY ends_at LIMIT ?",
                TokenRows.at(now),
                now.getEpochSecond(),
                before.getEpochSecond(),
                limit);
        var taken = new ArrayList<ApiToken>();
        for (var token : expiring) {
            // Another node may have taken it since.
            int mine = session.update(
                    "UPDATE countermark_token SET announce = 0 WHERE id = ? AND announce = 1", token.id());
            if (mine == 1 && token.state() == TokenState.ACTIVE) {
                taken.add(token);
            }
        }
        return taken;
    }

    /** @param lastUses in the order of ids, so that two nodes that note the same tokens wait in one direction */
    static boolean used(Session session, List<Map.Entry<String, Instant>> lastUses) throws SQLException {
        var rows = new ArrayList<Object[]>();
        for (var use : lastUses) {
            long at = use.getValue().getEpochSecond();
            rows.add(new Object[] {at, use.getKey(), at - TokenStore.USE_INTERVAL.toSeconds()});
        }
        session.batch(
                // Nothing for a token that the store does not know.
                "INSERT INTO countermark_last_use (token_id, at) SELECT id, ? FROM countermark_token WHERE id = ?"
                        + " ON CONFLICT (token_id) DO UPDATE SET at = excluded.at"
                        + " WHERE countermark_last_use.at <= ?",
                rows);
        return true;
    }
}
