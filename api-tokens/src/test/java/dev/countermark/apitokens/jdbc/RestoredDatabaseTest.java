package dev.countermark.apitokens.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countermark.Keyring;
import dev.countermark.SigningKey;
import dev.countermark.apitokens.ApiTokenOptions;
import dev.countermark.apitokens.ApiTokenVerdict.Revoked;
import dev.countermark.apitokens.ApiTokenVerdict.Unavailable;
import dev.countermark.apitokens.ApiTokenVerdict.Valid;
import dev.countermark.apitokens.ApiTokens;
import dev.countermark.apitokens.IssueRequest;
import dev.countermark.apitokens.KeySource;
import dev.countermark.apitokens.NodeStatus;
import dev.countermark.apitokens.RestoreAnswer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RestoredDatabaseTest {

    @TempDir
    Path folder;

    private final KeySource keys = KeySource.of(Keyring.of(SigningKey.generate()));
    private String url = "";
    private String good = "";
    private String lost = "";

    /** A database in which a revocation has been undone by a backup. */
    @BeforeEach
    void restore() throws IOException, SQLException {
        url = "jdbc:sqlite:" + folder.resolve("tokens.db");
        try (var store = JdbcTokenStore.open(url);
                var tokens = start(store, "first")) {
            good = tokens.issue(IssueRequest.forSubject("good")).text();
            lost = tokens.issue(IssueRequest.forSubject("lost")).text();
            tokens.revokeSubject("somebody");
            try (var connection = DriverManager.getConnection(url);
                    var statement = connection.createStatement()) {
                statement.execute("VACUUM INTO '" + folder.resolve("backup.db") + "'");
            }
            tokens.revokeText(lost);
            await(tokens, NodeStatus.State.HEARING, 2);
        }
        Files.copy(folder.resolve("backup.db"), folder.resolve("older.db"));
        putInPlace("backup.db");
    }

    private void putInPlace(String backup) throws IOException {
        for (var file : new String[] {"tokens.db", "tokens.db-wal", "tokens.db-shm"}) {
            Files.deleteIfExists(folder.resolve(file));
        }
        Files.setPosixFilePermissions(folder.resolve(backup), PosixFilePermissions.fromString("rw-------"));
        Files.move(folder.resolve(backup), folder.resolve("tokens.db"));
    }

    private ApiTokens start(JdbcTokenStore store, String name) {
        return ApiTokens.start(store, keys, options(name));
    }

    private ApiTokenOptions options(String name) {
        return ApiTokenOptions.DEFAULT.nodeName(name).dataFolder(folder.resolve(name));
    }

    private static void await(ApiTokens tokens, NodeStatus.State state, long atLeast) {
        long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (tokens.status().state() != state || tokens.status().feedNumber() < atLeast) {
            assertThat(System.nanoTime()).as("deadline").isLessThan(deadline);
            Thread.onSpinWait();
        }
    }

    @Test
    void it_is_noticed_and_every_node_says_unavailable() {
        try (var store = JdbcTokenStore.open(url);
                var ignorant = start(store, "second")) {
            assertThat(ignorant.check(lost)).as("nobody has noticed yet").isInstanceOf(Valid.class);
            try (var tokens = start(store, "first")) {
                assertThat(tokens.status().state()).isEqualTo(NodeStatus.State.RESTORED);
                assertThat(tokens.check(good)).isInstanceOf(Unavailable.class);
                await(ignorant, NodeStatus.State.RESTORED, 0);
                assertThat(ignorant.check(lost)).isInstanceOf(Unavailable.class);
            }
        }
    }

    @Test
    void a_file_that_is_replaced_while_a_node_runs_is_followed() throws IOException {
        try (var store = JdbcTokenStore.open(url);
                var running = start(store, "running")) {
            running.revokeText(good);
            await(running, NodeStatus.State.HEARING, 2);
            try (var other = JdbcTokenStore.open(url)) {
                assertThat(other.read(0, 0, 10).entries()).hasSize(2);
            }
            putInPlace("older.db");
            await(running, NodeStatus.State.RESTORED, 0);
            assertThat(running.check(lost)).isInstanceOf(Unavailable.class);
            try (var other = JdbcTokenStore.open(url);
                    var command = start(other, "command")) {
                command.answerRestore(RestoreAnswer.ACCEPT);
                await(command, NodeStatus.State.HEARING, 1);
                await(running, NodeStatus.State.HEARING, 1);
                assertThat(command.confirm(command.revokeText(lost)).everywhere())
                        .isTrue();
                assertThat(running.check(lost)).isInstanceOf(Revoked.class);
                // And what it writes is read by the other.
                assertThat(other.find(
                                running.issue(IssueRequest.forSubject("new"))
                                        .token()
                                        .id(),
                                Instant.now()))
                        .isPresent();
            }
        }
    }

    @Test
    void the_operator_may_refuse_everything_that_was_issued_before() {
        try (var store = JdbcTokenStore.open(url);
                var tokens = start(store, "first");
                var other = start(store, "second")) {
            tokens.answerRestore(RestoreAnswer.REFUSE_ISSUED_BEFORE);
            await(tokens, NodeStatus.State.HEARING, 0);
            await(other, NodeStatus.State.HEARING, 3);
            for (var node : new ApiTokens[] {tokens, other}) {
                assertThat(node.check(good)).isInstanceOf(Revoked.class);
                assertThat(node.check(lost)).isInstanceOf(Revoked.class);
            }
            var fresh = tokens.issue(IssueRequest.forSubject("good")).text();
            assertThat(other.check(fresh)).isInstanceOf(Valid.class);
        }
    }

    /** Nodes remember the incarnation that began with the first answer, of which the backup knows nothing. */
    @Test
    void a_backup_may_be_restored_a_second_time() throws IOException {
        var clock = Clock.systemUTC();
        for (var answer : RestoreAnswer.values()) {
            // Nobody answers twice in a second.
            clock = Clock.offset(clock, Duration.ofSeconds(2));
            try (var store = JdbcTokenStore.open(url);
                    var tokens = ApiTokens.start(store, keys, options("first").clock(clock))) {
                assertThat(tokens.status().state()).as("before %s", answer).isEqualTo(NodeStatus.State.RESTORED);
                tokens.answerRestore(answer);
                await(tokens, NodeStatus.State.HEARING, 0);
            }
            Files.copy(folder.resolve("older.db"), folder.resolve("again.db"));
            putInPlace("again.db");
        }
    }

    @Test
    void the_operator_may_accept_and_revoke_again() {
        try (var store = JdbcTokenStore.open(url);
                var tokens = start(store, "first")) {
            tokens.answerRestore(RestoreAnswer.ACCEPT);
            await(tokens, NodeStatus.State.HEARING, 0);
            assertThat(tokens.check(good)).isInstanceOf(Valid.class);
            assertThat(tokens.check(lost)).isInstanceOf(Valid.class);
            tokens.revokeText(lost);
            assertThat(tokens.check(lost)).isInstanceOf(Revoked.class);
        }
        try (var store = JdbcTokenStore.open(url);
                var tokens = start(store, "first")) {
            assertThat(tokens.check(good)).as("once answered, it stays so").isInstanceOf(Valid.class);
        }
    }
}
