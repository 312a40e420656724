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
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.function.Consumer;

/**
 * A store in SQLite, for the processes of one machine, or in PostgreSQL, for many machines.
 *
 * <p>Makes and updates its tables, which all begin with {@code countermark_}, under a history of its own. Refuses
 * settings under which something acknowledged could be lost: SQLite without write-ahead log or full synchronization,
 * PostgreSQL with {@code fsync}, {@code full_page_writes} or {@code synchronous_commit} off, and standbys. Uses
 * connections of its own, with limits of time of its own.
 */
public final class JdbcTokenStore implements TokenStore {

    /** Last uses to a transaction: few synchronizations of the disk, and no other change waits for long. */
    private static final int BATCH = 4000;

    private final Database database;
    private final FeedTable feed;
    private final Changes changes;
    private final KeyTable keys;
    private final NodeTable nodes;

    private JdbcTokenStore(Database database) {
        this.database = database;
        this.feed = new FeedTable(database);
        this.changes = new Changes(database, feed);
        this.keys = new KeyTable(feed);
        this.nodes = new NodeTable(database);
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
            store.feed.begin();
        } catch (RuntimeException e) {
            database.close();
            throw e;
        }
        return store;
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
        rest.sort(Map.Entry.comparingByKey());
        for (int from = 0; from < rest.size(); from += BATCH) {
            var batch = rest.subList(from, Math.min(from + BATCH, rest.size()));
            database.change(session -> Changes.used(session, batch));
        }
    }

    @Override
    public List<ApiToken> takeExpiring(Instant now, Instant before, int limit) {
        return database.change(session -> changes.takeExpiring(session, now, before, limit));
    }

    @Override
    public int prune(Instant now) {
        return new Pruning(database).prune(now);
    }

    @Override
    public FeedPage read(long after, long witness, int limit) {
        return database.poll(session -> feed.read(session, after, witness, limit));
    }

    @Override
    public boolean awaitChange(Duration atMost) throws InterruptedException {
        return database.awaitChange(atMost);
    }

    @Override
    public void report(NodeReport report) {
        database.change(session -> {
            nodes.report(session, report);
            return true;
        });
    }

    @Override
    public void leave(String nodeId) {
        database.change(session -> {
            NodeTable.leave(session, nodeId);
            return true;
        });
    }

    @Override
    public List<NodeInfo> nodes() {
        return database.read(nodes::all);
    }

    @Override
    public List<KeyInfo> keys() {
        return database.read(KeyTable::all);
    }

    @Override
    public Optional<String> recordKeys(List<String> fingerprints, Change change) {
        return database.change(session -> keys.record(session, fingerprints, change));
    }

    @Override
    public FeedEntry retireKey(String fingerprint, Change change) {
        return database.change(session -> keys.retire(session, fingerprint, change));
    }

    @Override
    public void doubt(String incarnationMark) {
        database.change(session -> {
            FeedTable.doubt(session, incarnationMark);
            return true;
        });
    }

    @Override
    public void reincarnate(Optional<Instant> refuseIssuedBefore, Change change) {
        database.change(session -> {
            feed.reincarnate(session, refuseIssuedBefore, change);
            return true;
        });
        refuseIssuedBefore.ifPresent(before -> new RefusedTokens(database).end(before, change.at()));
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
