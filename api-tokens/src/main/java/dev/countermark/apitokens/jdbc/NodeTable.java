package dev.countermark.apitokens.jdbc;

import dev.countermark.apitokens.NodeInfo;
import dev.countermark.apitokens.TokenStore.NodeReport;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.StringTokenizer;
import org.jspecify.annotations.Nullable;

/** What the processes that share the store tell of themselves, by the database's own clock. */
final class NodeTable {

    private final Database database;

    NodeTable(Database database) {
        this.database = database;
    }

    void report(Session session, NodeReport report) throws SQLException {
        session.update(
                "INSERT INTO countermark_node (id, name, started_at, seen_at, applied, lease, key_fingerprints)"
                        + " VALUES (?, ?, " + database.nowMillis() + ", " + database.nowMillis() + ", ?, ?, ?)"
                        + " ON CONFLICT (id) DO UPDATE SET name = excluded.name, seen_at = excluded.seen_at,"
                        + " applied = excluded.applied, lease = excluded.lease,"
                        + " key_fingerprints = excluded.key_fingerprints",
                report.id(),
                report.name(),
                report.applied(),
                report.lease().toMillis(),
                String.join(" ", report.keyFingerprints()));
    }

    static void leave(Session session, String nodeId) throws SQLException {
        session.update("DELETE FROM countermark_node WHERE id = ?", nodeId);
    }

    List<NodeInfo> all(Session session) throws SQLException {
        return session.list(
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
                        words(row.getString(7))));
    }

    private static List<String> words(@Nullable String joined) {
        var words = new ArrayList<String>();
        var rest = new StringTokenizer(joined == null ? "" : joined, " ");
        while (rest.hasMoreTokens()) {
            words.add(rest.nextToken());
        }
        return words;
    }
}
