package dev.countermark.apitokens.jdbc;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.countermark.apitokens.OutcomeUnknownException;
import dev.countermark.apitokens.TokenStoreException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.StringJoiner;
import java.util.StringTokenizer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;

/**
 * PostgreSQL, for many nodes. The doorbell is {@code LISTEN} on a connection of its own; polls have another, with
 * limits of a second.
 */
final class Postgres implements Database {

    private static final int CONNECTIONS = 8;
    private static final int CHANGE_SECONDS = 10;
    private static final int POLL_SECONDS = 1;
    private static final int POOL_SECONDS = 3;
    private static final int START_SECONDS = 30;
    private static final int TRIES = 5;
    private static final int PROVE_DOORBELL_EVERY = 5;
    private static final String CHANNEL = "countermark";
    private static final Set<String> LIMITS =
            Set.of("connectTimeout", "loginTimeout", "socketTimeout", "tcpKeepAlive", "ApplicationName");

    private final String url;
    private final Properties login;
    private final Consumer<String> watcher;
    private final HikariDataSource pool;
    private final Object pollMonitor = new Object();
    private final Object doorbellMonitor = new Object();
    private @Nullable Connection pollConnection;
    private volatile @Nullable Connection doorbell;
    private volatile boolean closed;
    private int silences;

    Postgres(String url, Properties login, Consumer<String> watcher) {
        this.url = withoutLimits(url);
        this.login = login;
        this.watcher = watcher;
        this.pool = pool();
        try {
            if (letsIn()) {
                pool.setConnectionTimeout(START_SECONDS * 1000L);
            }
            this.<Boolean>read(session -> {
                requireSafe(session);
                return true;
            });
            if (!isNewest()) {
                Schema.migrate(
                        pool,
                        Map.of(
                                "counter",
                                "BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY",
                                "rewritten",
                                " WITH (fillfactor = 50)"));
            }
            pool.setConnectionTimeout(POOL_SECONDS * 1000L);
        } catch (RuntimeException e) {
            pool.close();
            var why = LoginFailure.of(e);
            throw why == null ? e : new TokenStoreException("cannot open the database: " + why, e);
        }
    }

    /**
     * Whether somebody answers, given more time than later: a virtual machine that starts beside others may need seconds for its
     * first connection. What no waiting mends is said at once; a server that is starting too has the time of the pool.
     */
    private boolean letsIn() {
        var patient = settings("start", START_SECONDS);
        patient.setProperty("loginTimeout", Integer.toString(START_SECONDS));
        try {
            DriverManager.getConnection(url, patient).close();
            return true;
        } catch (SQLException e) {
            if (LoginFailure.isFinal(e)) {
                throw failure("cannot read the database", e);
            }
            return false;
        }
    }

    /** The driver prefers what stands in the URL; but a poll ends after a second, whatever an application likes. */
    static String withoutLimits(String url) {
        int question = url.indexOf('?');
        if (question < 0) {
            return url;
        }
        var kept = new StringJoiner("&", "?", "").setEmptyValue("");
        var settings = new StringTokenizer(url.substring(question + 1), "&");
        while (settings.hasMoreTokens()) {
            var setting = settings.nextToken();
            int equals = setting.indexOf('=');
            if (!LIMITS.contains(equals < 0 ? setting : setting.substring(0, equals))) {
                kept.add(setting);
            }
        }
        return url.substring(0, question) + kept;
    }

    private HikariDataSource pool() {
        var config = new HikariConfig();
        config.setPoolName("countermark-postgresql");
        config.setJdbcUrl(url);
        config.setDataSourceProperties(settings("changes", CHANGE_SECONDS));
        config.setMaximumPoolSize(CONNECTIONS);
        config.setMinimumIdle(0);
        config.setIdleTimeout(Duration.ofMinutes(1).toMillis());
        config.setInitializationFailTimeout(-1);
        config.setConnectionTimeout(POOL_SECONDS * 1000L);
        config.setValidationTimeout(1000);
        config.setTransactionIsolation("TRANSACTION_READ_COMMITTED");
        return new HikariDataSource(config);
    }

    private Properties settings(String use, int seconds) {
        var settings = new Properties();
        settings.putAll(login);
        settings.setProperty("ApplicationName", "countermark " + use);
        settings.setProperty("connectTimeout", "1");
        settings.setProperty("loginTimeout", Integer.toString(Math.min(seconds, POOL_SECONDS)));
        settings.setProperty("socketTimeout", Integer.toString(seconds));
        settings.setProperty("tcpKeepAlive", "true");
        return settings;
    }

    private static void requireSafe(Session session) throws SQLException {
        if (session.first("SELECT pg_is_in_recovery()", row -> row.getBoolean(1))
                .orElse(true)) {
            throw new TokenStoreException("this PostgreSQL is a standby, which lags; use the primary");
        }
        requireOn(session, "fsync");
        requireOn(session, "full_page_writes");
        var commit = setting(session, "synchronous_commit");
        if (commit.equals("off")) {
            throw new TokenStoreException(
                    "PostgreSQL's synchronous_commit is off, which loses what was acknowledged when"
                            + " the server dies; set it on for this role: ALTER ROLE … SET synchronous_commit = on");
        }
    }

    private static void requireOn(Session session, String name) throws SQLException {
        if (!setting(session, name).equals("on")) {
            throw new TokenStoreException("PostgreSQL's " + name + " is off, which loses what was acknowledged when the"
                    + " machine dies; set it on in postgresql.conf and reload");
        }
    }

    private static String setting(Session session, String name) throws SQLException {
        return session.first("SHOW " + name, row -> row.getString(1)).orElse("");
    }

    private boolean isNewest() {
        try {
            return this.<Boolean>read(Schema::isNewest);
        } catch (TokenStoreException e) {
            if (e.getCause() instanceof SQLException cause && "42P01".equals(cause.getSQLState())) {
                return false;
            }
            throw e;
        }
    }

    @Override
    public boolean shared() {
        return true;
    }

    @Override
    public <T> T change(Session.Work<T> work) {
        for (int attempt = 1; ; attempt++) {
            boolean committing = false;
            try (var connection = pool.getConnection()) {
                connection.setAutoCommit(false);
                try {
                    var result = work.in(new Session(connection, watcher));
                    committing = true;
                    connection.commit();
                    return result;
                } catch (SQLException | RuntimeException e) {
                    if (!committing) {
                        rollBack(connection);
                    }
                    throw e;
                }
            } catch (SQLException e) {
                if (isConflict(e) && attempt < TRIES) {
                    continue;
                }
                // After a conflict PostgreSQL has answered: it has not committed.
                throw committing && !isAnswer(e) ? new OutcomeUnknownException(e) : failure("the change failed", e);
            }
        }
    }

    private static void rollBack(Connection connection) {
        try {
            connection.rollback();
        } catch (SQLException e) {
            // The connection is broken: the server rolls back, and the pool drops it.
            return;
        }
    }

    private static boolean isConflict(SQLException e) {
        return "40001".equals(e.getSQLState()) || "40P01".equals(e.getSQLState());
    }

    /**
     * Whether the server said that it has not committed: a constraint, or a conflict. All else may come after the commit was on
     * the disk; a server whose log finds no space says "disk full", and dies of what others wanted to write.
     */
    static boolean isAnswer(SQLException e) {
        var state = e.getSQLState();
        return state != null && (state.startsWith("23") || state.startsWith("40") && !state.equals("40003"));
    }

    @Override
    public <T> T read(Session.Work<T> work) {
        try (var connection = pool.getConnection()) {
            connection.setAutoCommit(true);
            return work.in(new Session(connection, watcher));
        } catch (SQLException e) {
            throw failure("cannot read the database", e);
        }
    }

    @Override
    public <T> T poll(Session.Work<T> work) {
        synchronized (pollMonitor) {
            if (closed) {
                throw new TokenStoreException("the store is closed");
            }
            try {
                var connection = pollConnection;
                if (connection == null) {
                    connection = DriverManager.getConnection(url, settings("poll", POLL_SECONDS));
                    pollConnection = connection;
                }
                return work.in(new Session(connection, watcher));
            } catch (SQLException e) {
                pollConnection = Database.closed(pollConnection);
                throw failure("cannot read the feed", e);
            }
        }
    }

    @Override
    public boolean awaitChange(Duration atMost) {
        synchronized (doorbellMonitor) {
            try {
                var connection = doorbell;
                if (closed) {
                    throw new TokenStoreException("the store is closed");
                }
                if (connection == null) {
                    connection = DriverManager.getConnection(url, settings("doorbell", 2));
                    doorbell = connection;
                    if (closed) {
                        // close() may have come while the connection was made, and seen none.
                        doorbell = Database.closed(connection);
                        throw new TokenStoreException("the store is closed");
                    }
                    new Session(connection, watcher).execute("LISTEN " + CHANNEL);
                    // Whatever rang before now was not heard.
                    return true;
                }
                var heard = connection.unwrap(PGConnection.class).getNotifications(Math.toIntExact(atMost.toMillis()));
                if (heard != null && heard.length > 0) {
                    return true;
                }
                if (++silences % PROVE_DOORBELL_EVERY == 0) {
                    new Session(connection, watcher).execute("SELECT 1");
                }
                return false;
            } catch (SQLException e) {
                doorbell = Database.closed(doorbell);
                throw failure("cannot listen for changes", e);
            }
        }
    }

    @Override
    public void ring(Session session) throws SQLException {
        session.execute("NOTIFY " + CHANNEL);
    }

    @Override
    public void lockSubject(Session session, String subject, boolean whole) throws SQLException {
        var lock = whole ? "pg_advisory_xact_lock" : "pg_advisory_xact_lock_shared";
        session.first("SELECT " + lock + "(hashtextextended(?, 7391))", row -> true, subject);
    }

    @Override
    public String nowMillis() {
        return "CAST(extract(epoch FROM clock_timestamp()) * 1000 AS BIGINT)";
    }

    @Override
    public String isStandby() {
        return "CASE WHEN pg_is_in_recovery() THEN 1 ELSE 0 END";
    }

    private static TokenStoreException failure(String what, SQLException cause) {
        var state = cause.getSQLState();
        if (state != null && state.startsWith("53")) {
            return new TokenStoreException(
                    what + ": PostgreSQL is out of disk, memory or connections; nothing was changed", cause);
        }
        var why = LoginFailure.of(cause);
        return new TokenStoreException(why == null ? what : what + ": " + why, cause);
    }

    @Override
    public void close() {
        closed = true;
        abort(doorbell);
        pool.close();
        synchronized (pollMonitor) {
            pollConnection = Database.closed(pollConnection);
        }
    }

    /** Cuts a connection that another thread waits on. */
    private static void abort(@Nullable Connection connection) {
        try {
            if (connection != null) {
                connection.abort(Runnable::run);
            }
        } catch (SQLException e) {
            // It was broken already.
            return;
        }
    }
}
