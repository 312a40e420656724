package dev.countermark.apitokens.jdbc;

import dev.countermark.apitokens.AuditEntry.Action;
import dev.countermark.apitokens.TokenStore.Change;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** The table of the audit: an entry is added in the transaction of the change that it tells of, and never changed. */
final class AuditTable {

    private AuditTable() {}

    static void add(
            Session session,
            Change change,
            Action action,
            @Nullable String tokenId,
            @Nullable String subject,
            String detail)
            throws SQLException {
        session.update(
                "INSERT INTO countermark_audit (at, actor, action, token_id, subject, detail) VALUES (?, ?, ?, ?, ?, ?)",
                change.at().toEpochMilli(),
                change.actor(),
                action.name(),
                tokenId,
                subject,
                detail);
    }
}
