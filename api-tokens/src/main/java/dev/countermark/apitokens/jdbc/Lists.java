package dev.countermark.apitokens.jdbc;

import dev.countermark.apitokens.ApiToken;
import dev.countermark.apitokens.AuditEntry;
import dev.countermark.apitokens.AuditEntry.Action;
import dev.countermark.apitokens.AuditQuery;
import dev.countermark.apitokens.Page;
import dev.countermark.apitokens.TokenCursor;
import dev.countermark.apitokens.TokenQuery;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Pages of tokens and audit rows. Every combination of conditions is the range of one index, in its order. */
final class Lists {

    private Lists() {}

    static Page<ApiToken> tokens(Session session, TokenQuery query, Instant now) throws SQLException {
        var cursor = TokenCursor.parse(query.cursor());
        var sql = new StringBuilder(TokenRows.SELECT + " WHERE ");
        var parameters = new ArrayList<Object>();
        query.subject().ifPresent(subject -> {
            sql.append("subject = ? AND ");
            parameters.add(subject);
        });
        if (query.state().isPresent()) {
            var state = query.state().get();
            sql.append(
                    switch (state) {
                        // The rows of tokens refused since a restore are ended one by one.
                        case ACTIVE -> "ends_at >= ? AND issued_at >= " + FeedTable.REFUSE_ISSUED_BEFORE + " AND ";
                        case EXPIRED -> "revoked = 0 AND ends_at < ? AND ";
                        case REVOKED -> "revoked = 1 AND ends_at < ? AND ";
                    });
            parameters.add(now.getEpochSecond());
        }
        sql.append("(ends_at, id) < (?, ?) ORDER BY ends_at DESC, id DESC LIMIT ?");
        parameters.add(cursor.endsAt());
        parameters.add(cursor.id());
        parameters.add(query.limit() + 1);
        var found = session.list(sql.toString(), TokenRows.at(now), parameters.toArray());
        return page(found, query.limit(), token -> TokenCursor.behind(token).text());
    }

    static Page<AuditEntry> audit(Session session, AuditQuery query) throws SQLException {
        var sql = new StringBuilder(
                "SELECT number, at, actor, action, token_id, subject, detail FROM countermark_audit WHERE ");
        var parameters = new ArrayList<Object>();
        query.tokenId().ifPresent(id -> {
            sql.append("token_id = ? AND ");
            parameters.add(id);
        });
        query.subject().ifPresent(subject -> {
            sql.append("subject = ? AND ");
            parameters.add(subject);
        });
        sql.append("number < ? ORDER BY number DESC LIMIT ?");
        parameters.add(TokenCursor.parseNumber(query.cursor()));
        parameters.add(query.limit() + 1);
        var found = session.list(
                sql.toString(),
                row -> new AuditEntry(
                        row.getLong(1),
                        Instant.ofEpochMilli(row.getLong(2)),
                        row.getString(3),
                        Action.valueOf(row.getString(4)),
                        Optional.ofNullable(row.getString(5)),
                        Optional.ofNullable(row.getString(6)),
                        row.getString(7)),
                parameters.toArray());
        return page(found, query.limit(), entry -> Long.toString(entry.number()));
    }

    private static <T> Page<T> page(List<T> found, int limit, Function<T, String> cursor) {
        if (found.size() <= limit) {
            return new Page<>(found, Optional.empty());
        }
        return new Page<>(found.subList(0, limit), Optional.of(cursor.apply(found.get(limit - 1))));
    }
}
