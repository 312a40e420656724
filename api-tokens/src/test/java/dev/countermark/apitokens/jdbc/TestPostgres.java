package dev.countermark.apitokens.jdbc;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.StringTokenizer;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A real PostgreSQL, with the settings that keep what was acknowledged: the library that starts it turns them off. */
final class TestPostgres implements AutoCloseable {

    private static final AtomicInteger DATABASES = new AtomicInteger();
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final Path data;
    private final EmbeddedPostgres server;
    private List<String> command = List.of();
    private Path environment = Path.of("/");
    private @Nullable String emptied;

    private static final class Shared {
        static final TestPostgres SERVER = start();
    }

    private TestPostgres(Path data, EmbeddedPostgres server) {
        this.data = data;
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
        return start(builder -> builder.setServerConfig(setting, value));
    }

    /** With its write-ahead log in a folder of its own. */
    static TestPostgres startWithLogIn(Path folder) {
        // What is called locale here are options of initdb.
        return start(builder -> builder.setLocaleConfig("waldir", folder.toString()));
    }

    private static TestPostgres start(UnaryOperator<EmbeddedPostgres.Builder> more) {
        try {
            var data = Files.createTempDirectory("countermark-postgresql");
            var builder = EmbeddedPostgres.builder()
                    .setDataDirectory(data)
                    .setCleanDataDirectory(true)
                    .setServerConfig("fsync", "on")
                    .setServerConfig("full_page_writes", "on")
                    .setServerConfig("synchronous_commit", "on")
                    .setServerConfig("max_connections", "100")
                    // Its ten seconds are few where other builds keep the disk busy.
                    .setPGStartupWait(PATIENCE);
            return new TestPostgres(data, more.apply(builder).start());
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
            statement.execute(
                    "TRUNCATE countermark_token, countermark_last_use, countermark_feed, countermark_revocation,"
                            + " countermark_audit, countermark_idempotency, countermark_node, countermark_key RESTART"
                            + " IDENTITY");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return emptied;
    }

    /** Waits until the sessions on a database have ended, also those whose process is gone but whose commit is not. */
    void awaitNobodyOn(String url) {
        var name = url.substring(url.lastIndexOf('/') + 1, url.indexOf('?'));
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!ask("SELECT count(*) FROM pg_stat_activity WHERE datname = '" + name + "'")
                .equals("0")) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("somebody stays on " + name);
            }
        }
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
        return ask("SHOW " + setting);
    }

    /** The first column of the first row. */
    String ask(String sql) {
        try (var connection = connect();
                var statement = connection.createStatement();
                var row = statement.executeQuery(sql)) {
            row.next();
            return row.getString(1);
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    /** All of them: the postmaster stands still from now on, or it could start one behind our back. */
    private List<ProcessHandle> processes() {
        var all = new ArrayList<ProcessHandle>();
        var postmaster = ProcessHandle.of(postmaster()).orElseThrow();
        all.add(postmaster);
        signal("STOP", all);
        postmaster.descendants().forEach(all::add);
        return all;
    }

    private long postmaster() {
        try {
            return Long.parseLong(
                    Files.readAllLines(data.resolve("postmaster.pid")).get(0).strip());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void signal(String name, List<ProcessHandle> processes) {
        for (var process : processes) {
            run("kill", "-" + name, Long.toString(process.pid()));
        }
    }

    private static void run(String... command) {
        try {
            new ProcessBuilder(command).inheritIO().start().waitFor();
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Stops every process of the server where it stands. */
    void freeze() {
        signal("STOP", processes());
    }

    void thaw() {
        signal("CONT", processes());
    }

    /** {@code kill -9} of the whole server, so that nothing writes anything more. */
    void killAll() {
        rememberCommand();
        var all = processes();
        signal("KILL", all);
        all.forEach(process -> process.onExit().join());
    }

    /** How it was started, for {@link #restart}, in case that it ends. */
    void rememberCommand() {
        try {
            command = commandLine(postmaster());
            environment = Path.of("/proc/" + postmaster() + "/cwd").toRealPath();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Has it answer again after it broke down: waits for its recovery, and starts it where it has given up. */
    void recover() {
        var master = ProcessHandle.of(Files.exists(data.resolve("postmaster.pid")) ? postmaster() : 0);
        while (master.isPresent() && master.get().isAlive()) {
            if (answers()) {
                return;
            }
        }
        restart();
    }

    private static List<String> commandLine(long process) throws IOException {
        var bytes = Files.readString(Path.of("/proc/" + process + "/cmdline"));
        var words = new StringTokenizer(bytes, "\0");
        var line = new ArrayList<String>();
        line.add(Path.of("/proc/" + process + "/exe").toRealPath().toString());
        words.nextToken();
        while (words.hasMoreTokens()) {
            line.add(words.nextToken());
        }
        return line;
    }

    /** Starts it again as it was started, until it answers: what was killed may hold its memory for a moment. */
    void restart() {
        var started = startAgain();
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!answers()) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("PostgreSQL did not start again");
            }
            if (!started.isAlive()) {
                started = startAgain();
            }
        }
    }

    private Process startAgain() {
        try {
            var line = new ArrayList<>(command);
            if (System.getProperty("user.name").equals("root")) {
                // PostgreSQL does not run as root; in a user namespace of its own it does not know that it does.
                line.addAll(0, List.of("unshare", "-U"));
            }
            Files.deleteIfExists(data.resolve("postmaster.pid"));
            return new ProcessBuilder(line)
                    .directory(environment.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean answers() {
        try (var connection = connect()) {
            return connection.isValid(1);
        } catch (SQLException e) {
            return false;
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
