package dev.countermark.apitokens.jdbc;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.countermark.apitokens.TokenStoreException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/**
 * One file, for the processes of one operating-system user on one machine: write-ahead log, synchronized with the disk
 * at every commit.
 *
 * <p>The doorbell is {@code PRAGMA data_version}, which tells without I/O that another connection has committed.
 */
final class Sqlite implements Database {

    private static final int BUSY_MILLIS = 5000;
    private static final int POLL_BUSY_MILLIS = 1000;
    private static final int DOORBELL_MILLIS = 50;
    private static final int READERS = 4;

    private final String url;
    private final Consumer<String> watcher;
    private final SqliteFile file;
    private final HikariDataSource readers;
    private final GroupCommit writer;
    private final Object pollMonitor = new Object();
    private final Object doorbellMonitor = new Object();
    private final FollowedConnection pollConnection;
    private final FollowedConnection doorbell;
    private @Nullable Object readersOf;
    private long heardVersion;
    private volatile boolean closed;

    Sqlite(String url, Consumer<String> watcher) {
        this.url = url;
        this.watcher = watcher;
        this.file = SqliteFile.of(url);
        file.secure();
        var connection = new FollowedConnection(file, this::connectToWrite);
        try {
            migrate(connection.get(), file.path());
        } catch (SQLException e) {
            throw failure("cannot open the database", e);
        }
        this.pollConnection = new FollowedConnection(file, () -> connect(POLL_BUSY_MILLIS));
        this.doorbell = new FollowedConnection(file, () -> connect(POLL_BUSY_MILLIS));
        this.writer = new GroupCommit(connection, watcher);
        this.readers = readers();
    }

    private Connection connectToWrite() throws SQLException {
        var connection = connect(BUSY_MILLIS);
        try {
            requireSafe(connection);
            return connection;
        } catch (SQLException | TokenStoreException e) {
            connection.close();
            throw e;
        }
    }

    private static Properties settings(int busyMillis) {
        var config = new SQLiteConfig();
        config.setJournalMode(SQLiteConfig.JournalMode.WAL);
        config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
        config.setBusyTimeout(busyMillis);
        return config.toProperties();
    }

    private Connection connect(int busyMillis) throws SQLException {
        return DriverManager.getConnection(url, settings(busyMillis));
    }

    private static void requireSafe(Connection connection) throws SQLException {
        var journal = pragma(connection, "journal_mode");
        if (!journal.equals("wal")) {
            throw new TokenStoreException("SQLite's journal_mode is '" + journal
                    + "', which can lose what was acknowledged or blocks readers; keep the file on a local disk, where"
                    + " 'wal' works");
        }
        var synchronous = pragma(connection, "synchronous");
        if (!synchronous.equals("2") && !synchronous.equals("3")) {
            throw new TokenStoreException("SQLite's synchronous is " + synchronous
                    + ", which loses what was acknowledged; this library sets 'full' (2), so something else unsets it");
        }
    }

    private static String pragma(Connection connection, String name) throws SQLException {
        try (var statement = connection.createStatement();
                var row = statement.executeQuery("PRAGMA " + name)) {
            return row.next() ? row.getString(1) : "";
        }
    }

    /** One process at a time: SQLite has no lock that Flyway could hold across its scripts. */
    private void migrate(Connection connection, Path file) {
        if (isNewest(connection)) {
            return;
        }
        var lock = file.resolveSibling(file.getFileName() + ".migrating");
        if (Files.notExists(lock)) {
            new SqliteFile(lock).secure();
        }
        try (var channel = FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                var held = channel.lock()) {
            if (held.isValid() && !isNewest(connection)) {
                var source = new SQLiteDataSource(new SQLiteConfig(settings(BUSY_MILLIS)));
                source.setUrl(url);
                Schema.migrate(
                        source, Map.of("counter", "INTEGER PRIMARY KEY AUTOINCREMENT", "rewritten", " WITHOUT ROWID"));
            }
        } catch (IOException e) {
            throw new TokenStoreException("cannot lock " + lock, e);
        }
    }

    private boolean isNewest(Connection connection) {
        try {
            return Schema.isNewest(new Session(connection, watcher));
        } catch (SQLException e) {
            // No table of the history yet.
            return false;
        }
    }

    private HikariDataSource readers() {
        var config = new HikariConfig();
        config.setPoolName("countermark-sqlite");
        config.setJdbcUrl(url);
        config.setDataSourceProperties(settings(BUSY_MILLIS));
        config.setConnectionInitSql("PRAGMA query_only = 1");
        config.setMaximumPoolSize(READERS);
        config.setMinimumIdle(0);
        config.setInitializationFailTimeout(-1);
        config.setConnectionTimeout(BUSY_MILLIS);
        return new HikariDataSource(config);
    }

    @Override
    public boolean shared() {
        return false;
    }

    @Override
    public <T> T change(Session.Work<T> work) {
        return writer.change(work);
    }

    @Override
    public <T> T read(Session.Work<T> work) {
        try {
            followWithReaders();
        } catch (SQLException e) {
            throw failure("cannot read the database", e);
        }
        try (var connection = readers.getConnection()) {
            return work.in(new Session(connection, watcher));
        } catch (SQLException e) {
            throw failure("cannot read the database", e);
        }
    }

    private synchronized void followWithReaders() throws SQLException {
        var there = file.identity();
        if (!there.equals(readersOf)) {
            readers.getHikariPoolMXBean().softEvictConnections();
            readersOf = there;
        }
    }

    @Override
    public <T> T poll(Session.Work<T> work) {
        synchronized (pollMonitor) {
            requireOpen();
            try {
                return work.in(new Session(pollConnection.get(), watcher));
            } catch (SQLException e) {
                pollConnection.close();
                throw failure("cannot read the feed", e);
            }
        }
    }

    @Override
    public boolean awaitChange(Duration atMost) throws InterruptedException {
        long until = System.nanoTime() + atMost.toNanos();
        while (System.nanoTime() - until < 0) {
            if (versionChanged()) {
                return true;
            }
            Thread.sleep(DOORBELL_MILLIS);
        }
        return false;
    }

    private void requireOpen() {
        if (closed) {
            throw new TokenStoreException("the store is closed");
        }
    }

    private boolean versionChanged() {
        synchronized (doorbellMonitor) {
            requireOpen();
            try {
                long version = Long.parseLong(pragma(doorbell.get(), "data_version"));
                boolean changed = version != heardVersion;
                heardVersion = version;
                return changed;
            } catch (SQLException e) {
                doorbell.close();
                throw failure("cannot watch the database", e);
            }
        }
    }

    @Override
    public void ring(Session session) {
        // The commit itself rings.
    }

    @Override
    public void lockSubject(Session session, String subject, boolean whole) {
        // There is one writer.
    }

    @Override
    public String nowMillis() {
        return "CAST(unixepoch('now', 'subsec') * 1000 AS INTEGER)";
    }

    @Override
    public String isStandby() {
        return "0";
    }

    static TokenStoreException failure(String what, SQLException cause) {
        return switch (cause.getErrorCode() & 0xff) {
            case 13 ->
                new TokenStoreException(what + ": the disk is full; nothing was changed, free some space", cause);
            case 5, 6 ->
                new TokenStoreException(
                        what + ": another process holds the database for more than " + BUSY_MILLIS / 1000 + " s",
                        cause);
            case 26 -> new TokenStoreException(what + ": the file is no SQLite database; give another path", cause);
            default -> new TokenStoreException(what, cause);
        };
    }

    @Override
    public void close() {
        closed = true;
        writer.close();
        readers.close();
        synchronized (pollMonitor) {
            pollConnection.close();
        }
        synchronized (doorbellMonitor) {
            doorbell.close();
        }
    }
}
