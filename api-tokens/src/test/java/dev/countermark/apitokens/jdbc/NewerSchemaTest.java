package dev.countermark.apitokens.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countermark.Keyring;
import dev.countermark.SigningKey;
import dev.countermark.apitokens.ApiTokenVerdict.Revoked;
import dev.countermark.apitokens.ApiTokenVerdict.Valid;
import dev.countermark.apitokens.ApiTokens;
import dev.countermark.apitokens.IssueRequest;
import dev.countermark.apitokens.KeySource;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A node of this version while the next has brought the tables up to its own, as the rule for scripts allows. */
class NewerSchemaTest {

    @TempDir
    Path folder;

    @Test
    void a_node_on_sqlite_goes_on_and_another_one_starts() throws SQLException {
        nodesGoOn("jdbc:sqlite:" + folder.resolve("tokens.db"));
    }

    @Test
    void a_node_on_postgresql_goes_on_and_another_one_starts() throws SQLException {
        nodesGoOn(TestPostgres.shared().emptyDatabase());
    }

    private static void nodesGoOn(String url) throws SQLException {
        var keys = KeySource.of(Keyring.of(SigningKey.generate()));
        try (var store = JdbcTokenStore.open(url);
                var tokens = ApiTokens.start(store, keys)) {
            var before = tokens.issue(IssueRequest.forSubject("alice")).text();
            nextVersion(url);
            assertThat(tokens.check(before)).isInstanceOf(Valid.class);
            goesOn(tokens);
            try (var second = JdbcTokenStore.open(url);
                    var other = ApiTokens.start(second, keys)) {
                assertThat(other.check(before)).isInstanceOf(Valid.class);
                goesOn(other);
            }
        }
    }

    private static void goesOn(ApiTokens tokens) {
        var issued = tokens.issue(IssueRequest.forSubject("alice"));
        var rotated = tokens.rotate(issued.token().id(), Duration.ZERO);
        tokens.revoke(rotated.token().id());
        assertThat(tokens.check(issued.text())).isInstanceOf(Revoked.class);
        assertThat(tokens.check(rotated.text())).isInstanceOf(Revoked.class);
        tokens.confirm(tokens.revokeSubject("bob"));
        tokens.prune();
    }

    /** What a script V3 may do: a table, and columns with a default; and its line in the history. */
    private static void nextVersion(String url) throws SQLException {
        try (var connection = DriverManager.getConnection(url);
                var statement = connection.createStatement()) {
            for (var table :
                    new String[] {"token", "last_use", "feed", "revocation", "audit", "idempotency", "node", "key"}) {
                statement.execute("ALTER TABLE countermark_" + table + " ADD COLUMN later TEXT NOT NULL DEFAULT ''");
            }
            statement.execute("CREATE TABLE countermark_later (id TEXT NOT NULL PRIMARY KEY)");
            statement.execute(
                    "INSERT INTO countermark_schema_history (installed_rank, version, description, type, script,"
                            + " checksum, installed_by, execution_time, success)"
                            + " VALUES (100, '3', 'later', 'SQL', 'V3__later.sql', 1, 'test', 1, " + yes(url) + ")");
        }
    }

    private static String yes(String url) {
        return url.startsWith("jdbc:sqlite:") ? "1" : "true";
    }
}
