package dev.countermark.apitokens.jdbc;

import dev.countermark.apitokens.AuditEntry.Action;
import dev.countermark.apitokens.KeyInfo;
import dev.countermark.apitokens.TokenStore.Change;
import dev.countermark.apitokens.TokenStore.FeedEntry;
import dev.countermark.apitokens.TokenStore.FeedEntry.Kind;
import dev.countermark.encoding.EpochSeconds;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Which keys nodes have reported, by fingerprint, and which of them are retired. Each method is part of one transaction. */
final class KeyTable {

    private final FeedTable feed;

    KeyTable(FeedTable feed) {
        this.feed = feed;
    }

    static List<KeyInfo> all(Session session) throws SQLException {
        return session.list(
                "SELECT fingerprint, state, since FROM countermark_key ORDER BY fingerprint",
                row -> new KeyInfo(
                        row.getString(1),
                        KeyInfo.State.valueOf(row.getString(2)),
                        Instant.ofEpochSecond(row.getLong(3))));
    }

    /** Two nodes that start at once on a new database: the second sees the first's primary. */
    Optional<String> record(Session session, List<String> fingerprints, Change change) throws SQLException {
        FeedTable.lock(session);
        var primary = session.first(
                "SELECT fingerprint FROM countermark_key WHERE state = 'PRIMARY'", row -> row.getString(1));
        if (primary.isPresent() && !fingerprints.contains(primary.get())) {
            return primary;
        }
        for (var fingerprint : fingerprints) {
            int added = session.update(
                    "INSERT INTO countermark_key (fingerprint, state, since) VALUES (?, 'ACCEPTED', ?)"
                            + " ON CONFLICT (fingerprint) DO NOTHING",
                    fingerprint,
                    change.at().getEpochSecond());
            if (added == 1) {
                AuditTable.add(session, change, Action.KEY_ADDED, null, null, fingerprint);
            }
        }
        var first = fingerprints.get(0);
        if (!primary.equals(Optional.of(first)) && !isRetired(session, first)) {
            if (primary.isPresent()) {
                set(session, primary.get(), KeyInfo.State.ACCEPTED, change);
            }
            set(session, first, KeyInfo.State.PRIMARY, change);
            AuditTable.add(session, change, Action.KEY_PROMOTED, null, null, first);
        }
        return Optional.empty();
    }

    FeedEntry retire(Session session, String fingerprint, Change change) throws SQLException {
        FeedTable.lock(session);
        set(session, fingerprint, KeyInfo.State.RETIRED, change);
        AuditTable.add(session, change, Action.KEY_RETIRED, null, null, fingerprint);
        return feed.append(session, Kind.KEY, fingerprint, 0, EpochSeconds.MAX);
    }

    private static boolean isRetired(Session session, String fingerprint) throws SQLException {
        return session.number(
                        "SELECT count(*) FROM countermark_key WHERE fingerprint = ? AND state = 'RETIRED'", fingerprint)
                > 0;
    }

    private static void set(Session session, String fingerprint, KeyInfo.State state, Change change)
            throws SQLException {
        session.update(
                "INSERT INTO countermark_key (fingerprint, state, since) VALUES (?, ?, ?)"
                        + " ON CONFLICT (fingerprint) DO UPDATE SET state = excluded.state, since = excluded.since",
                fingerprint,
                state.name(),
                change.at().getEpochSecond());
    }
}
