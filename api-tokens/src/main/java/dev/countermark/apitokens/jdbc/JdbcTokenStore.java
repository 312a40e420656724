package dev.countermark.apitokens.jdbc;

import dev.countermark.apitokens.ApiToken;
import dev.countermark.apitokens.AuditEntry;
import dev.countermark.apitokens.AuditQuery;
import dev.countermark.apitokens.KeyInfo;
import dev.countermark.apitokens.NodeInfo;
import dev.countermark.apitokens.Page;
import dev.countermark.apitokens.TokenQuery;
import dev.countermark.apitokens.TokenStore;
import dev.countermark.apitokens.TokenStoreException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.StringTokenizer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A store in SQLite, for the processes of one machine, or in PostgreSQL, for many machines.
 *
 * <p>Makes and updates its tables, which all begin with {@code countermark_}, under a history of its own. Refuses
 * settings under which something acknowledged could be lost: SQLite without write-ahead log or full synchronization,
 * PostgreSQL with {@code fsync}, {@code full_page_writes} or {@code synchronous_commit} off, and standbys. Uses
 * connections of its own, with limits of time of its own.
 */
public final class JdbcTokenStore implements TokenStore {

    private static final int BATCH = 1000;

    private final Database database;
    private final Changes changes;

    private JdbcTokenStore(Database database) {
        this.database = database;
        this.changes = new Changes(database);
    }

    /**
     * Opens a store.
     *
     * @param url {@code jdbc:sqlite:<path of a file>} or {@code jdbc:postgresql:…}; user and password of PostgreSQL may
     *     stand in it
     * @throws TokenStoreException if it is another database, cannot be reached, or has unsafe settings; the message says
     *     what to do
     */
    public static JdbcTokenStore open(String url) {
        return open(url, new Properties(), sql -> {});
    }

    /** As {@link #open(String)}, with a user and a password for PostgreSQL. */
    public static JdbcTokenStore open(String url, String user, String password) {
        var login = new Properties();
        login.setProperty("user", user);
        login.setProperty("password", password);
        return open(url, login, sql -> {});
    }

    /** @param watcher is told every statement */
    static JdbcTokenStore open(String url, Properties login, Consumer<String> watcher) {
        Database database;
        if (url.startsWith("jdbc:sqlite:")) {
            database = new Sqlite(url, watcher);
        } else if (url.startsWith("jdbc:postgresql:")) {
            database = new Postgres(url, login, watcher);
        } else {
            throw new TokenStoreException("API tokens are kept in SQLite (jdbc:sqlite:/path/tokens.db) or PostgreSQL"
                    + " (jdbc:postgresql://host/name) and in no other database");
        }
        var store = new JdbcTokenStore(database);
        try {
            store.begin();
        } catch (RuntimeException e) {
            database.close();
            throw e;
        }
        return store;
    }

    private void begin() {
        long feeds = database.read(session -> session.number("SELECT count(*) FROM countermark_feed WHERE id = 1"));
        if (feeds == 0) {
            database.change(session -> session.update(
                    "INSERT INTO countermark_feed (id, number, incarnation, incarnation_mark, doubted,"
                            + " refuse_issued_before, pruned_through) VALUES (1, 0, 1, ?, 0, 0, 0)"
                            + " ON CONFLICT (id) DO NOTHING",
                    Changes.mark()));
        }
    }

    /** The database, for tests that damage it. */
    Database database() {
        return database;
    }

    @Override
    public boolean shared() {
        return database.shared();
    }

    @Override
    public ApiToken issue(Draft draft, Change change) {
        return database.change(session -> changes.issue(session, draft, change));
    }

    @Override
    public Rotated rotate(Rotation rotation, Change change) {
        return database.change(session -> changes.rotate(session, rotation, change));
    }

    @Override
    public Optional<FeedEntry> revoke(String id, Optional<Instant> keepUntil, Change change) {
        return database.change(session -> changes.revoke(session, id, keepUntil, change));
    }

    @Override
    public FeedEntry revokeSubject(String subject, Instant keepUntil, Change change) {
        return database.change(session -> changes.revokeSubject(session, subject, keepUntil, change));
    }

    @Override
    public Optional<ApiToken> find(String id, Instant now) {
        return database.read(session -> Changes.find(session, id, now));
    }

    @Override
    public Page<ApiToken> list(TokenQuery query, Instant now) {
        return database.read(session -> Lists.tokens(session, query, now));
    }

    @Override
    public Page<AuditEntry> audit(AuditQuery query) {
        return database.read(session -> Lists.audit(session, query));
    }

    @Override
    public void used(Map<String, Instant> lastUses) {
        var rest = new ArrayList<>(lastUses.entrySet());
        for (int from = 0; from < rest.size(); from += BATCH) {
            var batch = rest.subList(from, Math.min(from + BATCH, rest.size()));
            // In the order of ids, so that two nodes that write the same tokens wait for each other in one direction.
            batch.sort(Map.Entry.comparingByKey());
            database.change(session -> {
                for (var use : batch) {
                    long at = use.getValue().getEpochSecond();
                    session.update(
                            "UPDATE countermark_token SET last_used_at = ?"
                                    + " WHERE id = ? AND (last_used_at IS NULL OR last_used_at <= ?)",
                            at,
                            use.getKey(),
                            at - USE_INTERVAL.toSeconds());
                }
                return batch.size();
            });
        }
    }

    @Override
    public List<ApiToken> takeExpiring(Instant now, Instant before, int limit) {
        return database.change(session -> changes.takeExpiring(session, now, before, limit));
    }

    @Override
    public int prune(Instant now) {
        long own = database.read(session -> session.number("SELECT " + database.nowMillis()));
        if (Math.abs(own - now.toEpochMilli()) > CLOCKS_AGREE.toMillis()) {
            return 0;
        }
        long through = own / 1000 - KEPT_LONGER.toSeconds();
        int tokens = deleteAll(
                "DELETE FROM countermark_token WHERE expires_at < ? AND id IN"
                        + " (SELECT id FROM countermark_token WHERE expires_at < ? ORDER BY expires_at LIMIT ?)",
                through,
                BATCH);
        database.change(session -> session.update(
                "UPDATE countermark_feed SET pruned_through = ? WHERE id = 1 AND pruned_through < ?",
                through,
                through));
        // Only now, so that no snapshot lacks a revocation that its own "pruned through" does not account for.
        deleteAll(
                "DELETE FROM countermark_revocation WHERE keep_until < ? AND number IN"
                        + " (SELECT number FROM countermark_revocation WHERE keep_until < ?"
                        + " AND number < (SELECT number FROM countermark_feed WHERE id = 1)"
                        + " ORDER BY keep_until LIMIT ?)",
                through,
                BATCH);
        deleteAll(
                "DELETE FROM countermark_idempotency WHERE at < ? AND (actor, request_key) IN"
                        + " (SELECT actor, request_key FROM countermark_idempotency WHERE at < ? ORDER BY at LIMIT ?)",
                through,
                BATCH);
        deleteAll(
                "DELETE FROM countermark_node WHERE seen_at < ? AND id IN"
                        + " (SELECT id FROM countermark_node WHERE seen_at < ? ORDER BY id LIMIT ?)",
                through * 1000,
                BATCH);
        return tokens;
    }

    /** The condition stands twice, so that the rows are found by its index whatever the planner thinks of the batch. */
    private int deleteAll(String sql, long before, int batch) {
        int all = 0;
        int deleted;
        do {
            deleted = database.change(session -> session.update(sql, before, before, batch));
            all += deleted;
        } while (deleted == batch);
        return all;
    }

    @Override
    public FeedPage read(long after, long witness, int limit) {
        return database.poll(session -> read(session, after, witness, limit));
    }

    /** One statement, hence one snapshot. */
    private FeedPage read(Session session, long after, long witness, int limit) throws SQLException {
        var entries = new ArrayList<FeedEntry>();
        var page = session.list(
                "SELECT f.number, f.incarnation, f.incarnation_mark, f.doubted, f.refuse_issued_before,"
                        + " f.pruned_through, " + database.nowMillis() + ", " + database.isStandby() + ", w.mark,"
                        + " r.number, r.mark, r.kind, r.target, r.effective_at, r.keep_until"
                        + " FROM countermark_feed f"
                        + " LEFT JOIN countermark_revocation w ON w.number = ?"
                        // The page is cut in here: around the join, PostgreSQL would sort everything for each page.
                        + " LEFT JOIN (SELECT number, mark, kind, target, effective_at, keep_until"
                        + " FROM countermark_revocation WHERE number > ? ORDER BY number LIMIT ?) r ON f.id = 1"
                        + " WHERE f.id = 1 ORDER BY r.number",
                row -> {
                    if (row.getInt(8) == 1) {
                        throw new SQLException("the database has become a standby, which lags");
                    }
                    if (row.getString(11) != null) {
                        entries.add(Changes.entry(row, 10));
                    }
                    return new FeedPage(
                            row.getLong(1),
                            row.getLong(2),
                            row.getString(3),
                            row.getInt(4) == 1,
                            Instant.ofEpochSecond(row.getLong(5)),
                            Instant.ofEpochSecond(row.getLong(6)),
                            Instant.ofEpochMilli(row.getLong(7)),
                            Optional.ofNullable(row.getString(9)),
                            entries);
                },
                witness,
                after,
                limit);
        if (page.isEmpty()) {
            throw new SQLException("the row of countermark_feed is gone");
        }
        return page.get(0);
    }

    @Override
    public boolean awaitChange(Duration atMost) throws InterruptedException {
        return database.awaitChange(atMost);
    }

    @Override
    public void report(NodeReport report) {
        database.change(session -> session.update(
                "INSERT INTO countermark_node (id, name, started_at, seen_at, applied, lease, key_fingerprints)"
                        + " VALUES (?, ?, " + database.nowMillis() + ", " + database.nowMillis() + ", ?, ?, ?)"
                        + " ON CONFLICT (id) DO UPDATE SET name = excluded.name, seen_at = excluded.seen_at,"
                        + " applied = excluded.applied, lease = excluded.lease,"
                        + " key_fingerprints = excluded.key_fingerprints",
                report.id(),
                report.name(),
                report.applied(),
                report.lease().toMillis(),
                String.join(" ", report.keyFingerprints())));
    }

    @Override
    public void leave(String nodeId) {
        database.change(session -> session.update("DELETE FROM countermark_node WHERE id = ?", nodeId));
    }

    @Override
    public List<NodeInfo> nodes() {
        return database.read(session -> session.list(
                "SELECT id, name, started_at, seen_at, applied, lease, key_fingerprints,"
                        + " CASE WHEN seen_at + lease > " + database.nowMillis() + " THEN 1 ELSE 0 END"
                        + " FROM countermark_node ORDER BY id",
                row -> new NodeInfo(
                        row.getString(1),
                        row.getString(2),
                        Instant.ofEpochMilli(row.getLong(3)),
                        Instant.ofEpochMilli(row.getLong(4)),
                        row.getInt(8) == 1,
                        row.getLong(5),
                        Duration.ofMillis(row.getLong(6)),
                        words(row.getString(7)))));
    }

    private static List<String> words(@Nullable String joined) {
        var words = new ArrayList<String>();
        var rest = new StringTokenizer(joined == null ? "" : joined, " ");
        while (rest.hasMoreTokens()) {
            words.add(rest.nextToken());
        }
        return words;
    }

    @Override
    public List<KeyInfo> keys() {
        return database.read(session -> session.list(
                "SELECT fingerprint, state, since FROM countermark_key ORDER BY fingerprint",
                row -> new KeyInfo(
                        row.getString(1),
                        KeyInfo.State.valueOf(row.getString(2)),
                        Instant.ofEpochSecond(row.getLong(3)))));
    }

    @Override
    public Optional<String> recordKeys(List<String> fingerprints, Change change) {
        return database.change(session -> changes.recordKeys(session, fingerprints, change));
    }

    @Override
    public FeedEntry retireKey(String fingerprint, Change change) {
        return database.change(session -> changes.retireKey(session, fingerprint, change));
    }

    @Override
    public void doubt(String incarnationMark) {
        database.change(session -> session.update(
                "UPDATE countermark_feed SET doubted = 1 WHERE id = 1 AND incarnation_mark = ?", incarnationMark));
    }

    @Override
    public void reincarnate(Optional<Instant> refuseIssuedBefore, Change change) {
        database.change(session -> {
            changes.reincarnate(session, refuseIssuedBefore, change);
            return true;
        });
    }

    @Override
    public void close() {
        database.close();
    }

    @Override
    public String toString() {
        return "JdbcTokenStore[" + (database.shared() ? "PostgreSQL" : "SQLite") + "]";
    }
}
