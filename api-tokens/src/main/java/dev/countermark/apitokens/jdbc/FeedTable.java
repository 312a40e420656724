package dev.countermark.apitokens.jdbc;

import dev.countermark.apitokens.AuditEntry.Action;
import dev.countermark.apitokens.TokenStore;
import dev.countermark.apitokens.TokenStore.Change;
import dev.countermark.apitokens.TokenStore.FeedEntry;
import dev.countermark.apitokens.TokenStore.FeedEntry.Kind;
import dev.countermark.apitokens.TokenStore.FeedPage;
import dev.countermark.encoding.EpochSeconds;
import java.security.SecureRandom;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.Optional;

/**
 * What nodes read to hear of revocations: the entries in the order of their numbers, and the one row that counts them and
 * says which life of the database this is.
 */
final class FeedTable {

    /** Within a statement: tokens issued before this second are refused. */
    static final String REFUSE_ISSUED_BEFORE = "(SELECT refuse_issued_before FROM countermark_feed WHERE id = 1)";

    private static final SecureRandom RANDOM = new SecureRandom();

    private final Database database;

    FeedTable(Database database) {
        this.database = database;
    }

    /** Makes the row of the feed where there is none. */
    void begin() {
        long feeds = database.read(session -> session.number("SELECT count(*) FROM countermark_feed WHERE id = 1"));
        if (feeds == 0) {
            database.change(session -> session.update(
                    "INSERT INTO countermark_feed (id, number, incarnation, incarnation_mark, doubted,"
                            + " refuse_issued_before, pruned_through) VALUES (1, 0, 1, ?, 0, 0, 0)"
                            + " ON CONFLICT (id) DO NOTHING",
                    mark()));
        }
    }

    /** One statement, hence one snapshot. */
    FeedPage read(Session session, long after, long witness, int limit) throws SQLException {
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
                        entries.add(entry(row, 10));
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

    /** The entry whose columns begin at {@code column}, in the order of the table. */
    static FeedEntry entry(ResultSet row, int column) throws SQLException {
        return new FeedEntry(
                row.getLong(column),
                row.getString(column + 1),
                Kind.valueOf(row.getString(column + 2)),
                row.getString(column + 3),
                Instant.ofEpochSecond(row.getLong(column + 4)),
                Instant.ofEpochSecond(row.getLong(column + 5)));
    }

    /** The number of the newest entry, pruned or not. */
    static long number(Session session) throws SQLException {
        return session.number("SELECT number FROM countermark_feed WHERE id = 1");
    }

    /** Takes the next number, which every other revocation then waits for until this transaction ends. */
    FeedEntry append(Session session, Kind kind, String target, long effectiveAt, long keepUntil) throws SQLException {
        long number = session.number("UPDATE countermark_feed SET number = number + 1 WHERE id = 1 RETURNING number");
        var mark = mark();
        session.update(
                "INSERT INTO countermark_revocation (number, mark, kind, target, effective_at, keep_until)"
                        + " VALUES (?, ?, ?, ?, ?, ?)",
                number,
                mark,
                kind.name(),
                target,
                effectiveAt,
                keepUntil);
        database.ring(session);
        return new FeedEntry(
                number, mark, kind, target, Instant.ofEpochSecond(effectiveAt), Instant.ofEpochSecond(keepUntil));
    }

    /** Waits for whoever changes the feed, and lets nobody change it until this transaction ends. */
    static void lock(Session session) throws SQLException {
        session.update("UPDATE countermark_feed SET number = number WHERE id = 1");
    }

    static void doubt(Session session, String incarnationMark) throws SQLException {
        session.update(
                "UPDATE countermark_feed SET doubted = 1 WHERE id = 1 AND incarnation_mark = ?", incarnationMark);
    }

    void reincarnate(Session session, Optional<Instant> refuseIssuedBefore, Change change) throws SQLException {
        long before = refuseIssuedBefore.map(Instant::getEpochSecond).orElse(0L);
        long number = change.at().getEpochSecond() * TokenStore.NUMBERS_PER_SECOND;
        var mark = mark();
        AuditTable.add(
                session,
                change,
                Action.RESTORE_ANSWERED,
                null,
                null,
                refuseIssuedBefore.map(Instant::toString).orElse("accepted"));
        session.update(
                "UPDATE countermark_feed SET incarnation = CASE WHEN incarnation < ? THEN ? ELSE incarnation + 1 END,"
                        + " incarnation_mark = ?, doubted = 0,"
                        + " refuse_issued_before = CASE WHEN refuse_issued_before < ? THEN ? ELSE refuse_issued_before"
                        + " END, number = CASE WHEN number < ? THEN ? ELSE number END WHERE id = 1",
                change.at().getEpochSecond(),
                change.at().getEpochSecond(),
                mark,
                before,
                before,
                number,
                number);
        append(session, Kind.INCARNATION, mark, 0, EpochSeconds.MAX);
    }

    private static String mark() {
        var bytes = new byte[16];
        RANDOM.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
