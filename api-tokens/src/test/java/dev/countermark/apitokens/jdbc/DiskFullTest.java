package dev.countermark.apitokens.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.countermark.Keyring;
import dev.countermark.SigningKey;
import dev.countermark.apitokens.ApiToken;
import dev.countermark.apitokens.ApiTokenVerdict.Revoked;
import dev.countermark.apitokens.ApiTokenVerdict.Unavailable;
import dev.countermark.apitokens.ApiTokenVerdict.Valid;
import dev.countermark.apitokens.ApiTokens;
import dev.countermark.apitokens.AuditQuery;
import dev.countermark.apitokens.IssueRequest;
import dev.countermark.apitokens.IssuedToken;
import dev.countermark.apitokens.KeySource;
import dev.countermark.apitokens.TokenQuery;
import dev.countermark.apitokens.TokenStoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A disk that is really full: a small file system in memory, which only root may mount. */
class DiskFullTest {

    private static final int SPARE = 300_000;
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    @TempDir
    Path folder;

    private Path disk;
    private boolean mounted;

    @BeforeEach
    void mount() throws IOException {
        disk = Files.createDirectory(folder.resolve("disk"));
        mounted = run("mount", "-t", "tmpfs", "-o", "size=64m", "tmpfs", disk.toString()) == 0;
        assumeThat(mounted)
                .as("a small file system can be mounted (as root, with mount)")
                .isTrue();
    }

    @AfterEach
    void unmount() {
        if (mounted) {
            run("umount", "--lazy", disk.toString());
        }
    }

    private static int run(String... command) {
        try {
            return new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
        } catch (IOException e) {
            return -1;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void sqlite_says_so_leaves_nothing_half_done_and_goes_on_when_there_is_space() throws IOException {
        fillAndFree("jdbc:sqlite:" + disk.resolve("tokens.db"));
    }

    @Test
    void postgresql_says_so_leaves_nothing_half_done_and_goes_on_when_there_is_space() throws IOException {
        var server = TestPostgres.shared();
        server.execute("CREATE TABLESPACE small LOCATION '" + Files.createDirectory(disk.resolve("space")) + "'");
        server.execute("CREATE DATABASE small TABLESPACE small");
        try {
            fillAndFree(server.url("small"));
        } finally {
            server.execute("DROP DATABASE small WITH (FORCE)");
            server.execute("DROP TABLESPACE small");
        }
    }

    private void fillAndFree(String url) throws IOException {
        try (var store = JdbcTokenStore.open(url);
                var tokens = ApiTokens.start(store, KeySource.of(Keyring.of(SigningKey.generate())))) {
            var before = tokens.issue(IssueRequest.forSubject("alice"));
            var ballast = fill();
            var request = IssueRequest.forSubject("bob").metadata("filler", "x".repeat(1000));
            int issued = 0;
            TokenStoreException full = null;
            while (full == null) {
                assertThat(issued).isLessThan(10_000);
                try {
                    tokens.issue(request);
                    issued++;
                } catch (TokenStoreException e) {
                    full = e;
                }
            }
            assertThat(full).hasMessageContaining("disk").hasMessageContaining("nothing was changed");
            assertThat(tokens.check(before.text())).isInstanceOf(Valid.class);
            assertRows(tokens, issued);
            assertThatThrownBy(() -> {
                        // Small changes may still find room.
                        for (int i = 0; i < 10_000; i++) {
                            tokens.revokeSubject("x".repeat(200) + i);
                        }
                    })
                    .isInstanceOf(TokenStoreException.class);
            assertThat(store.read(0, 0, 10_000).entries())
                    .hasSize((int) store.read(0, 0, 1).number());

            Files.delete(ballast);
            assertThat(tokens.check(tokens.issue(request).text())).isInstanceOf(Valid.class);
            assertRows(tokens, issued + 1);
            tokens.revokeText(before.text());
            assertThat(tokens.check(before.text())).isInstanceOf(Revoked.class);
        }
    }

    private Path fill() throws IOException {
        var ballast = disk.resolve("ballast");
        try (var out = Files.newOutputStream(ballast)) {
            long left = Files.getFileStore(disk).getUsableSpace() - SPARE;
            for (long written = 0; written < left; written += 4096) {
                out.write(new byte[4096]);
            }
        }
        return ballast;
    }

    /** Then PostgreSQL ends all its sessions and starts again, or gives up; some commits are of unknown outcome. */
    @Test
    void postgresql_whose_log_finds_no_space_loses_nothing_and_goes_on_when_there_is_space() throws IOException {
        try (var server = TestPostgres.startWithLogIn(disk.resolve("log"))) {
            var url = server.emptyDatabase();
            server.rememberCommand();
            try (var store = JdbcTokenStore.open(url);
                    var tokens = ApiTokens.start(store, KeySource.of(Keyring.of(SigningKey.generate())))) {
                var before = tokens.issue(IssueRequest.forSubject("alice"));
                var ballast = fill();
                var acknowledged = issueUntilItFails(server, tokens);
                assertThat(tokens.check(before.text())).isInstanceOfAny(Valid.class, Unavailable.class);

                Files.delete(ballast);
                server.recover();
                var after = issueAgain(tokens);
                awaitHearing(tokens, after);
                assertThat(tokens.check(after.text())).isInstanceOf(Valid.class);
                assertThat(tokens.check(before.text())).isInstanceOf(Valid.class);
                tokens.revokeText(before.text());
                assertThat(tokens.check(before.text())).isInstanceOf(Revoked.class);
                var ids = tokens.list(TokenQuery.all().subject("bob").limit(1000)).items().stream()
                        .map(ApiToken::id)
                        .toList();
                assertThat(ids).containsAll(acknowledged);
                assertThat(tokens.audit(AuditQuery.all().subject("bob").limit(1000))
                                .items())
                        .extracting(row -> row.tokenId().orElseThrow())
                        .containsExactlyInAnyOrderElementsOf(ids);
            }
        }
    }

    /** The ids of those that were acknowledged. */
    private static List<String> issueUntilItFails(TestPostgres server, ApiTokens tokens) {
        var acknowledged = new ArrayList<String>();
        while (true) {
            assertThat(acknowledged).hasSizeLessThan(900);
            try {
                for (int i = 0; i < 20; i++) {
                    acknowledged.add(
                            tokens.issue(IssueRequest.forSubject("bob")).token().id());
                }
                // The next file of the log, which there is no space for.
                server.execute("SELECT pg_switch_wal()");
            } catch (TokenStoreException e) {
                return acknowledged;
            } catch (IllegalStateException e) {
                assertThat(e.getCause()).isInstanceOf(SQLException.class);
            }
        }
    }

    /** The pool may still hold connections of before. */
    private static IssuedToken issueAgain(ApiTokens tokens) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            try {
                return tokens.issue(IssueRequest.forSubject("bob"));
            } catch (TokenStoreException e) {
                assertThat(System.nanoTime()).as("deadline").isLessThan(deadline);
            }
        }
    }

    /** The poll has a connection of its own, and may have failed until now for longer than the lease. */
    private static void awaitHearing(ApiTokens tokens, IssuedToken issued) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (tokens.check(issued.text()) instanceof Unavailable) {
            assertThat(System.nanoTime()).as("deadline").isLessThan(deadline);
        }
    }

    /** Every token has its audit row, and the other way round. */
    private static void assertRows(ApiTokens tokens, int issued) {
        assertThat(tokens.list(TokenQuery.all().subject("bob").limit(1000)).items())
                .hasSize(issued);
        assertThat(tokens.audit(AuditQuery.all().subject("bob").limit(1000)).items())
                .hasSize(issued);
    }
}
