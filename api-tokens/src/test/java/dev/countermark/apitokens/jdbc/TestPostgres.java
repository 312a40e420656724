package dev.countermark.apitokens.jdbc;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A real PostgreSQL, with the settings that keep what was acknowledged: the library that starts it turns them off. */
final class TestPostgres implements AutoCloseable {

    private static final AtomicInteger DATABASES = new AtomicInteger();

    private final EmbeddedPostgres server;
    private @Nullable String emptied;

    private static final class Shared {
        static final TestPostgres SERVER = start();
    }

    private TestPostgres(EmbeddedPostgres server) {
        this.server = server;
    }

    /** One for all tests that do it no harm; it ends with the process. */
    static TestPostgres shared() {
        return Shared.SERVER;
    }

    static TestPostgres start() {
        return startWith("timezone", "UTC");
    }

    /** With one setting as a careless operator may have it. */
    static TestPostgres startWith(String setting, String value) {
        try {
            return new TestPostgres(EmbeddedPostgres.builder()
                    .setServerConfig("fsync", "on")
                    .setServerConfig("full_page_writes", "on")
                    .setServerConfig("synchronous_commit", "on")
                    .setServerConfig("max_connections", "100")
                    .setServerConfig(setting, value)
                    .start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The URL of one database, in which every table of ours is emptied first. */
    synchronized String emptyTables() {
        if (emptied == null) {
            emptied = emptyDatabase();
            return emptied;
        }
        try (var connection = DriverManager.getConnection(emptied);
                var statement = connection.createStatement()) {
            statement.execute("TRUNCATE countermark_token, countermark_feed, countermark_revocation, countermark_audit,"
                    + " countermark_idempotency, countermark_node, countermark_key RESTART IDENTITY");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return emptied;
    }

    /** The URL of a new database. */
    String emptyDatabase() {
        var name = "tokens" + DATABASES.incrementAndGet();
        execute("CREATE DATABASE " + name);
        return url(name);
    }

    String url(String database) {
        return server.getJdbcUrl("postgres", database);
    }

    Connection connect() throws SQLException {
        return DriverManager.getConnection(url("postgres"));
    }

    void execute(String sql) {
        try (var connection = connect();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    String show(String setting) {
        try (var connection = connect();
                var statement = connection.createStatement();
                var row = statement.executeQuery("SHOW " + setting)) {
            row.next();
            return row.getString(1);
        } catch (SQLException e) {
            throw new IllegalStateException(setting, e);
        }
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
