package dev.countermark.apitokens.jdbc;

import dev.countermark.apitokens.TokenStore;
import java.time.Instant;

/** Deletes what nobody needs any more, in small transactions. */
final class Pruning {

    private static final int BATCH = 1000;

    private final Database database;

    Pruning(Database database) {
        this.database = database;
    }

    /** Number of tokens deleted; 0 where the database's clock is not that of {@code now}. */
    int prune(Instant now) {
        long own = database.read(session -> session.number("SELECT " + database.nowMillis()));
        if (Math.abs(own - now.toEpochMilli()) > TokenStore.CLOCKS_AGREE.toMillis()) {
            return 0;
        }
        long through = own / 1000 - TokenStore.KEPT_LONGER.toSeconds();
        int tokens = deleteTokens(through);
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
                through);
        deleteAll(
                "DELETE FROM countermark_idempotency WHERE at < ? AND (actor, request_key) IN"
                        + " (SELECT actor, request_key FROM countermark_idempotency WHERE at < ? ORDER BY at LIMIT ?)",
                through);
        deleteAll(
                "DELETE FROM countermark_node WHERE seen_at < ? AND id IN"
                        + " (SELECT id FROM countermark_node WHERE seen_at < ? ORDER BY id LIMIT ?)",
                through * 1000);
        return tokens;
    }

    /** With their last uses. */
    private int deleteTokens(long through) {
        int all = 0;
        int deleted;
        do {
            deleted = database.change(session -> {
                var ids = session.list(
                        "DELETE FROM countermark_token WHERE expires_at < ? AND id IN"
                                + " (SELECT id FROM countermark_token WHERE expires_at < ? ORDER BY expires_at LIMIT ?)"
                                + " RETURNING id",
                        row -> new Object[] {row.getString(1)},
                        through,
                        through,
                        BATCH);
                session.batch("DELETE FROM countermark_last_use WHERE token_id = ?", ids);
                return ids.size();
            });
            all += deleted;
        } while (deleted == BATCH);
        return all;
    }

    /** The condition stands twice, so that the rows are found by its index whatever the planner thinks of the batch. */
    private void deleteAll(String sql, long before) {
        int deleted;
        do {
            deleted = database.change(session -> session.update(sql, before, before, BATCH));
        } while (deleted == BATCH);
    }
}
