package dev.countermark.apitokens.jdbc;

import java.sql.SQLException;
import java.time.Instant;
import java.util.List;

/**
 * Ends the rows of the tokens that are refused since a restore, in small transactions.
 *
 * <p>What is refused does not hang on it: checks, rotations and records go by the one moment in the row of the feed. It lets
 * lists find these tokens among the revoked ones. Where it was cut short, the same answer given again ends the rest.
 */
final class RefusedTokens {

    private static final int BATCH = 1000;

    private final Database database;

    RefusedTokens(Database database) {
        this.database = database;
    }

    private record Place(String id, long endsAt) {}

    /**
     * @param issuedBefore tokens issued before this are refused
     * @param now the first second in which they have ended
     */
    void end(Instant issuedBefore, Instant now) {
        var place = new Place("", now.getEpochSecond());
        boolean more = true;
        while (more) {
            var behind = place;
            var batch = database.change(session -> end(session, behind, issuedBefore, now.getEpochSecond()));
            more = batch.size() == BATCH;
            place = more ? batch.get(BATCH - 1) : place;
        }
    }

    private static List<Place> end(Session session, Place behind, Instant issuedBefore, long now) throws SQLException {
        var batch = session.list(
                "SELECT id, ends_at FROM countermark_token WHERE (ends_at, id) > (?, ?) AND issued_at < ?"
                        + " ORDER BY ends_at, id LIMIT ?",
                row -> new Place(row.getString(1), row.getLong(2)),
                behind.endsAt(),
                behind.id(),
                issuedBefore.getEpochSecond(),
                BATCH);
        session.batch(
                // Another may have ended it meanwhile.
                "UPDATE countermark_token SET announce = 0, revoked = 1, ends_at = ? WHERE id = ? AND ends_at >= ?",
                batch.stream().map(row -> new Object[] {now - 1, row.id(), now}).toList());
        return batch;
    }
}
