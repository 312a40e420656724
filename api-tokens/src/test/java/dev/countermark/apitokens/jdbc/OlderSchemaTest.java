package dev.countermark.apitokens.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countermark.Keyring;
import dev.countermark.SigningKey;
import dev.countermark.apitokens.ApiTokenVerdict.Revoked;
import dev.countermark.apitokens.ApiTokenVerdict.Valid;
import dev.countermark.apitokens.ApiTokens;
import dev.countermark.apitokens.IssueRequest;
import dev.countermark.apitokens.IssuedToken;
import dev.countermark.apitokens.KeySource;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A node that starts on the tables of an earlier version, beside a node of that version that goes on. */
class OlderSchemaTest {

    private static final String LAST_USE_OF_VERSION_1 = "UPDATE countermark_token SET last_used_at = 1900000000";

    @TempDir
    Path folder;

    private final KeySource keys = KeySource.of(Keyring.of(SigningKey.generate()));

    private List<String> urls() {
        return List.of(
                "jdbc:sqlite:" + folder.resolve("tokens.db"),
                TestPostgres.shared().emptyDatabase());
    }

    @Test
    void version_1_gets_what_it_lacks_and_its_nodes_go_on() throws SQLException {
        for (var url : urls()) {
            var issued = issue(url);
            var revoked = issue(url);
            try (var old = DriverManager.getConnection(url);
                    var statement = old.createStatement()) {
                statement.execute("DROP TABLE countermark_last_use");
                statement.execute(LAST_USE_OF_VERSION_1);
                forgetVersion2(statement);

                try (var store = JdbcTokenStore.open(url);
                        var tokens = ApiTokens.start(store, keys)) {
                    assertThat(versions(statement)).isEqualTo("1 2 ");
                    statement.execute(LAST_USE_OF_VERSION_1);
                    assertThat(tokens.revokeText(revoked.text()).found()).isTrue();
                    goesOn(tokens, issued);
                    assertThat(tokens.check(revoked.text())).isInstanceOf(Revoked.class);
                }
            }
        }
    }

    /** Builds between the two said the table in their first script, without the column. */
    @Test
    void a_database_of_a_build_before_the_first_release_is_taken_as_it_is() throws SQLException {
        for (var url : urls()) {
            var issued = issue(url);
            try (var connection = DriverManager.getConnection(url);
                    var statement = connection.createStatement()) {
                statement.execute("ALTER TABLE countermark_token DROP COLUMN last_used_at");
                statement.execute("UPDATE countermark_schema_history SET checksum = 1");
                forgetVersion2(statement);
            }
            try (var store = JdbcTokenStore.open(url);
                    var tokens = ApiTokens.start(store, keys)) {
                goesOn(tokens, issued);
            }
        }
    }

    private IssuedToken issue(String url) {
        try (var store = JdbcTokenStore.open(url);
                var tokens = ApiTokens.start(store, keys)) {
            return tokens.issue(IssueRequest.forSubject("alice"));
        }
    }

    private static void goesOn(ApiTokens tokens, IssuedToken issued) {
        assertThat(tokens.check(issued.text())).isInstanceOf(Valid.class);
        tokens.writeLastUses();
        assertThat(tokens.lastUsed(issued.token().id()).orElseThrow()).isBeforeOrEqualTo(Instant.now());
        var fresh = tokens.issue(IssueRequest.forSubject("bob"));
        assertThat(tokens.check(fresh.text())).isInstanceOf(Valid.class);
        tokens.revoke(fresh.token().id());
        assertThat(tokens.check(fresh.text())).isInstanceOf(Revoked.class);
    }

    private static void forgetVersion2(Statement statement) throws SQLException {
        assertThat(statement.executeUpdate("DELETE FROM countermark_schema_history WHERE version = '2'"))
                .isEqualTo(1);
    }

    private static String versions(Statement statement) throws SQLException {
        var versions = new StringBuilder();
        try (var rows = statement.executeQuery("SELECT version FROM countermark_schema_history"
                + " WHERE version IN ('1', '2') ORDER BY installed_rank")) {
            while (rows.next()) {
                versions.append(rows.getString(1)).append(' ');
            }
        }
        return versions.toString();
    }
}
