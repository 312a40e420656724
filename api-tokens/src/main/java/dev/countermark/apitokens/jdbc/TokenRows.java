package dev.countermark.apitokens.jdbc;

import dev.countermark.apitokens.ApiToken;
import dev.countermark.apitokens.TokenState;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.StringTokenizer;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Rows of the token table as records, and back. */
final class TokenRows {

    /** Of the table. */
    static final String COLUMNS = "id, prefix, subject, name, scope, metadata, issued_at, expires_at, ends_at, revoked,"
            + " generation, key_fingerprint, replaces, replaced_by";

    /** The begin of every statement whose rows {@link #at} reads. */
    static final String SELECT = "SELECT " + COLUMNS
            + ", (SELECT at FROM countermark_last_use WHERE token_id = countermark_token.id) AS last_used_at"
            + ", CASE WHEN issued_at < " + FeedTable.REFUSE_ISSUED_BEFORE + " THEN 1 ELSE 0 END AS refused"
            + " FROM countermark_token";

    private TokenRows() {}

    static Session.Row<ApiToken> at(Instant now) {
        return row -> read(row, now.getEpochSecond());
    }

    private static ApiToken read(ResultSet row, long now) throws SQLException {
        long endsAt = row.getLong("ends_at");
        return new ApiToken(
                row.getString("id"),
                row.getString("prefix"),
                row.getString("subject"),
                row.getString("name"),
                scopes(row.getString("scope")),
                metadata(row.getString("metadata")),
                Instant.ofEpochSecond(row.getLong("issued_at")),
                Instant.ofEpochSecond(row.getLong("expires_at")),
                Instant.ofEpochSecond(endsAt),
                state(now, endsAt, row.getInt("revoked") == 1, row.getInt("refused") == 1),
                time(row, "last_used_at"),
                row.getLong("generation"),
                row.getString("key_fingerprint"),
                Optional.ofNullable(row.getString("replaces")),
                Optional.ofNullable(row.getString("replaced_by")));
    }

    /** @param refused since a restore, whether or not its row was {@linkplain RefusedTokens ended} yet */
    private static TokenState state(long now, long endsAt, boolean revoked, boolean refused) {
        if (now <= endsAt) {
            return refused ? TokenState.REVOKED : TokenState.ACTIVE;
        }
        return revoked ? TokenState.REVOKED : TokenState.EXPIRED;
    }

    private static Optional<Instant> time(ResultSet row, String column) throws SQLException {
        long seconds = row.getLong(column);
        return row.wasNull() ? Optional.empty() : Optional.of(Instant.ofEpochSecond(seconds));
    }

    private static Set<String> scopes(String joined) {
        var scopes = new HashSet<String>();
        var names = new StringTokenizer(joined, " ");
        while (names.hasMoreTokens()) {
            scopes.add(names.nextToken());
        }
        return scopes;
    }

    /** As a form writes it: {@code key=value&key=value}. */
    static String form(Map<String, String> metadata) {
        var form = new StringBuilder();
        new TreeMap<>(metadata)
                .forEach((key, value) -> form.append(form.isEmpty() ? "" : "&")
                        .append(URLEncoder.encode(key, StandardCharsets.UTF_8))
                        .append('=')
                        .append(URLEncoder.encode(value, StandardCharsets.UTF_8)));
        return form.toString();
    }

    private static Map<String, String> metadata(@Nullable String form) {
        var metadata = new HashMap<String, String>();
        var pairs = new StringTokenizer(form == null ? "" : form, "&");
        while (pairs.hasMoreTokens()) {
            var pair = pairs.nextToken();
            int equals = pair.indexOf('=');
            metadata.put(
                    URLDecoder.decode(pair.substring(0, equals), StandardCharsets.UTF_8),
                    URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
        }
        return metadata;
    }
}
