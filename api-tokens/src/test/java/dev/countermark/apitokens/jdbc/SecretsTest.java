package dev.countermark.apitokens.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.countermark.Keyring;
import dev.countermark.SigningKey;
import dev.countermark.apitokens.ApiTokenOptions;
import dev.countermark.apitokens.ApiTokens;
import dev.countermark.apitokens.AuditQuery;
import dev.countermark.apitokens.IssueRequest;
import dev.countermark.apitokens.KeySource;
import dev.countermark.apitokens.StatelessApiTokens;
import dev.countermark.apitokens.TokenQuery;
import dev.countermark.apitokens.TokenStore;
import dev.countermark.canary.Canary;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A store keeps neither key nor token nor signature, and nothing that comes out of API tokens shows one. Names and
 * subjects are kept, because tokens are listed by them; here they are not canaries.
 */
class SecretsTest {

    private static final Keyring KEYS = Keyring.of(SigningKey.fromBase64(Canary.KEY));

    @TempDir
    Path folder;

    @Test
    void a_file_of_sqlite_holds_no_secret() throws Exception {
        try (var store = JdbcTokenStore.open("jdbc:sqlite:" + folder.resolve("tokens.db"))) {
            live(store);
            assertFilesHoldNoSecret();
        }
        assertFilesHoldNoSecret();
    }

    /** The database, its log, and what a node remembers. */
    private void assertFilesHoldNoSecret() throws Exception {
        try (var files = Files.walk(folder)) {
            var regular = files.filter(Files::isRegularFile).toList();
            assertThat(regular).isNotEmpty();
            for (var file : regular) {
                Canary.requireAbsent(
                        "the file " + file.getFileName(), Files.readString(file, StandardCharsets.ISO_8859_1));
            }
        }
    }

    @Test
    void a_dump_of_postgresql_holds_no_secret() throws Exception {
        var url = TestPostgres.shared().emptyTables();
        try (var store = JdbcTokenStore.open(url)) {
            live(store);
        }
        var rows = 0;
        try (var connection = DriverManager.getConnection(url);
                var statement = connection.createStatement()) {
            var tables = new ArrayList<String>();
            try (var found = statement.executeQuery(
                    "SELECT quote_ident(table_schema) || '.' || quote_ident(table_name) FROM information_schema.tables"
                            + " WHERE table_schema NOT IN ('pg_catalog', 'information_schema')")) {
                while (found.next()) {
                    tables.add(found.getString(1));
                }
            }
            for (var table : tables) {
                try (var found = statement.executeQuery("SELECT t::text FROM " + table + " AS t")) {
                    while (found.next()) {
                        rows++;
                        Canary.requireAbsent("the table " + table, found.getString(1));
                    }
                }
            }
        }
        assertThat(rows).isGreaterThan(10);
    }

    /** A life with every kind of change, whose objects and errors are looked at. */
    private void live(TokenStore store) {
        var options = ApiTokenOptions.DEFAULT.dataFolder(folder).nodeName("node");
        try (var tokens = ApiTokens.start(store, KeySource.of(KEYS), options)) {
            var seen = new ArrayList<Object>(List.of(tokens, store, options, tokens.status()));
            var request =
                    IssueRequest.forSubject("ada").name("laptop").scopes("read").idempotencyKey("one");
            var first = tokens.issue(request);
            var second = tokens.issue(IssueRequest.forSubject("grace").metadata("team", "blue"));
            var third = tokens.rotate(second.token().id(), Duration.ZERO);
            seen.addAll(List.of(request, first, second, third, first.token()));
            for (var issued : List.of(first, second, third)) {
                Canary.plantToken(issued.text());
            }
            tokens.issue(request);
            tokens.check(first.text());
            tokens.writeLastUses();
            seen.add(tokens.revokeText(first.text()));
            seen.add(tokens.revokeSubject("grace"));
            for (var text : List.of(
                    first.text(),
                    second.text(),
                    third.text(),
                    first.text() + "A",
                    first.text().substring(3),
                    third.text().replace("cm_", "cm"),
                    Canary.KEY,
                    StatelessApiTokens.of(KEYS).issue("ada", Set.of()))) {
                var verdict = tokens.check(text);
                seen.add(verdict);
                refused(seen, verdict::orThrow);
            }
            refused(seen, () -> tokens.issue(IssueRequest.forSubject("grace").idempotencyKey("one")));
            refused(seen, () -> tokens.rotate(first.text(), Duration.ZERO));
            refused(seen, () -> tokens.rotate(first.token().id(), Duration.ZERO));
            refused(seen, () -> tokens.list(TokenQuery.all().after(first.text())));
            refused(seen, () -> tokens.audit(AuditQuery.all().after(first.text())));
            refused(seen, () -> tokens.issue(IssueRequest.forSubject("ada").scopes(Canary.KEY + " " + Canary.KEY)));
            refused(seen, () -> tokens.issue(IssueRequest.forSubject(Canary.KEY + "\n")));
            refused(seen, () -> tokens.retireKey(Canary.KEY));
            seen.add(tokens.find(first.text()));
            seen.addAll(tokens.list(TokenQuery.all()).items());
            seen.addAll(tokens.audit(AuditQuery.all()).items());
            seen.addAll(tokens.nodes());
            seen.addAll(tokens.keys());
            Canary.requireAbsent("an object", seen.stream().map(String::valueOf).collect(Collectors.joining("\n")));
        }
    }

    private static void refused(List<Object> seen, Runnable call) {
        var thrown = catchThrowable(call::run);
        assertThat(thrown).isNotNull();
        Canary.requireAbsent(thrown);
        seen.add(thrown);
    }
}
