package dev.countermark.apitokens.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countermark.Keyring;
import dev.countermark.SigningKey;
import dev.countermark.apitokens.ApiTokenVerdict.Valid;
import dev.countermark.apitokens.ApiTokens;
import dev.countermark.apitokens.AuditQuery;
import dev.countermark.apitokens.IssueRequest;
import dev.countermark.apitokens.KeySource;
import dev.countermark.apitokens.TokenQuery;
import dev.countermark.apitokens.TokenStore.NodeReport;
import dev.countermark.apitokens.TokenStoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UnsafeSettingsTest {

    @TempDir
    Path folder;

    private String sqlite() {
        return "jdbc:sqlite:" + folder.resolve("tokens.db");
    }

    private static void refused(String url, String... because) {
        assertThatThrownBy(() -> JdbcTokenStore.open(url).close())
                .isInstanceOf(TokenStoreException.class)
                .hasMessageContainingAll(because);
    }

    @Test
    void sqlite_without_a_log_or_full_synchronization_is_refused() {
        refused(sqlite() + "?journal_mode=DELETE", "journal_mode", "remove");
        refused(sqlite() + "?synchronous=NORMAL", "synchronous", "remove");
        refused(sqlite() + "?synchronous=OFF", "synchronous");
        refused("jdbc:sqlite::memory:", "give a path");
        refused("jdbc:sqlite:", "give a path");
    }

    @Test
    void the_file_is_its_owners_alone_and_one_that_others_read_is_refused() throws IOException {
        JdbcTokenStore.open(sqlite()).close();
        var file = folder.resolve("tokens.db");
        assertThat(Files.getPosixFilePermissions(file)).isEqualTo(PosixFilePermissions.fromString("rw-------"));
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        refused(sqlite(), "chmod 600");
    }

    @Test
    void a_file_of_something_else_is_refused_and_left_alone() throws IOException {
        var file = folder.resolve("letter");
        var text = "Dear Sir, this is longer than the head of a database, and is none.".repeat(3);
        Files.writeString(file, text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        refused("jdbc:sqlite:" + file, "no SQLite database");
        assertThat(file).hasContent(text);
    }

    @Test
    void a_file_that_cannot_be_made_is_refused_with_the_reason() throws IOException {
        var file = Files.createFile(folder.resolve("taken"));
        refused("jdbc:sqlite:" + file + "/tokens.db", "cannot open", "a file stands where its folder should be");
    }

    @Test
    void a_folder_in_place_of_the_file_is_refused() {
        refused("jdbc:sqlite:" + folder, folder + " is a folder");
    }

    @Test
    void the_log_beside_the_file_is_private_too() throws IOException {
        try (var store = JdbcTokenStore.open(sqlite())) {
            store.report(new NodeReport("n", "n", 0, Duration.ofSeconds(5), List.of()));
            assertThat(Files.getPosixFilePermissions(folder.resolve("tokens.db-wal")))
                    .isEqualTo(PosixFilePermissions.fromString("rw-------"));
        }
    }

    @Test
    void postgresql_is_tested_with_the_settings_that_we_ask_of_others() {
        var server = TestPostgres.shared();
        assertThat(server.show("fsync")).isEqualTo("on");
        assertThat(server.show("full_page_writes")).isEqualTo("on");
        assertThat(server.show("synchronous_commit")).isEqualTo("on");
    }

    @Test
    void postgresql_without_synchronous_commit_is_refused() {
        var server = TestPostgres.shared();
        server.execute("CREATE ROLE hasty LOGIN SUPERUSER");
        server.execute("ALTER ROLE hasty SET synchronous_commit = off");
        var url = server.emptyDatabase().replace("user=postgres", "user=hasty");
        refused(url, "synchronous_commit", "ALTER ROLE");
    }

    @Test
    void postgresql_without_fsync_or_full_pages_is_refused() {
        for (var setting : new String[] {"fsync", "full_page_writes"}) {
            try (var server = TestPostgres.startWith(setting, "off")) {
                refused(server.url("postgres"), setting, "postgresql.conf");
            }
        }
    }

    @Test
    void a_user_of_postgresql_who_may_make_no_table_hears_it() {
        var server = TestPostgres.shared();
        server.execute("CREATE ROLE guest LOGIN");
        refused(server.emptyDatabase().replace("user=postgres", "user=guest"), "let it own the database");
    }

    /** The states are those of PostgreSQL's appendix A; the pool wraps what the driver says. */
    @ParameterizedTest
    @CsvSource({
        "3D000, no database of this name",
        "28P01, user or its password",
        "08004, user or its password",
        "08001, no server answers there",
        "53300, no connection left",
        "57P03, is ending or starting"
    })
    void why_nobody_gets_in_is_found_behind_what_the_pool_says(String state, String why) {
        var pool = new SQLTransientConnectionException("the pool is tired", "99999", new SQLException("x", state));
        assertThat(LoginFailure.of(new TokenStoreException("cannot read", pool)))
                .contains(why);
        assertThat(LoginFailure.of(new TokenStoreException("cannot read"))).isNull();
        assertThat(LoginFailure.of(new SQLTransientConnectionException("the pool is tired")))
                .contains("no connection was made in time");
    }

    @Test
    void a_change_says_why_it_could_not_be_made() {
        var server = TestPostgres.shared();
        var url = server.emptyDatabase();
        try (var store = JdbcTokenStore.open(url);
                var tokens = ApiTokens.start(store, KeySource.of(Keyring.of(SigningKey.generate())))) {
            server.execute("DROP DATABASE " + url.substring(url.lastIndexOf('/') + 1, url.indexOf('?')) + " (FORCE)");
            assertThatThrownBy(() -> tokens.revokeSubject("ada"))
                    .isInstanceOf(TokenStoreException.class)
                    .hasMessageMatching(
                            "the change failed: (the server is ending|there is no database of this name).*");
        }
    }

    @Test
    void the_limits_of_time_are_ours_whatever_the_url_says() {
        assertThat(Postgres.withoutLimits(
                        "jdbc:postgresql://host/x?user=a&socketTimeout=0&sslmode=require&connectTimeout=9"))
                .isEqualTo("jdbc:postgresql://host/x?user=a&sslmode=require");
        assertThat(Postgres.withoutLimits("jdbc:postgresql://host/x?loginTimeout=0"))
                .isEqualTo("jdbc:postgresql://host/x");
        assertThat(Postgres.withoutLimits("jdbc:postgresql://host/x")).isEqualTo("jdbc:postgresql://host/x");
    }

    @Test
    void other_databases_are_refused() {
        refused("jdbc:h2:mem:x", "SQLite", "PostgreSQL");
        refused("jdbc:mysql://localhost/x", "no other database");
    }

    @Test
    void a_full_disk_is_a_clear_error_and_leaves_nothing_half_done() {
        try (var store = JdbcTokenStore.open(sqlite());
                var tokens = ApiTokens.start(store, KeySource.of(Keyring.of(SigningKey.generate())))) {
            var before = tokens.issue(IssueRequest.forSubject("alice"));
            pages(store, 1);
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
            assertThat(full).hasMessageContaining("the disk is full").hasMessageContaining("nothing was changed");
            assertThat(tokens.check(before.text())).isInstanceOf(Valid.class);
            assertThat(tokens.list(TokenQuery.all().subject("bob").limit(1000)).items())
                    .hasSize(issued);
            assertThat(tokens.audit(AuditQuery.all().subject("bob").limit(1000)).items())
                    .hasSize(issued);

            pages(store, 1_000_000);
            assertThat(tokens.check(tokens.issue(request).text())).isInstanceOf(Valid.class);
            assertThat(tokens.revokeSubject("bob").found()).isTrue();
        }
    }

    /** Sets how large the file may grow, on the connection that writes; it never goes below what there is. */
    private static void pages(JdbcTokenStore store, int most) {
        store.database().change(session -> {
            session.execute("PRAGMA max_page_count = " + most);
            return true;
        });
    }
}
