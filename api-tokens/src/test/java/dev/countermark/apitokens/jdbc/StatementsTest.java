package dev.countermark.apitokens.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countermark.Keyring;
import dev.countermark.SigningKey;
import dev.countermark.apitokens.ApiTokenOptions;
import dev.countermark.apitokens.ApiTokenVerdict.Valid;
import dev.countermark.apitokens.ApiTokens;
import dev.countermark.apitokens.AuditQuery;
import dev.countermark.apitokens.IssueRequest;
import dev.countermark.apitokens.KeySource;
import dev.countermark.apitokens.RestoreAnswer;
import dev.countermark.apitokens.TokenQuery;
import dev.countermark.apitokens.TokenState;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StatementsTest {

    private final Set<String> statements = ConcurrentHashMap.newKeySet();
    private final AtomicLong count = new AtomicLong();

    @TempDir
    Path folder;

    private JdbcTokenStore open(String url) {
        return JdbcTokenStore.open(url, new Properties(), sql -> {
            count.incrementAndGet();
            statements.add(sql);
        });
    }

    /** Every call there is. */
    private void callEverything(JdbcTokenStore store) {
        var first = SigningKey.generate();
        var second = SigningKey.generate();
        try (var tokens = ApiTokens.start(store, KeySource.of(Keyring.of(first).accepting(second)))) {
            var issued = tokens.issue(IssueRequest.forSubject("alice").idempotencyKey("k"));
            tokens.issue(IssueRequest.forSubject("alice").idempotencyKey("k"));
            tokens.check(issued.text());
            tokens.writeLastUses();
            tokens.rotate(issued.token().id(), Duration.ZERO);
            tokens.revoke(issued.token().id());
            tokens.confirm(tokens.revokeSubject("alice"));
            tokens.retireKey(second.fingerprint());
            for (var query :
                    new TokenQuery[] {TokenQuery.all(), TokenQuery.all().subject("alice")}) {
                tokens.list(query);
                for (var state : TokenState.values()) {
                    tokens.list(query.state(state));
                }
            }
            tokens.audit(AuditQuery.all());
            tokens.audit(AuditQuery.all().token(issued.token().id()));
            tokens.audit(AuditQuery.all().subject("alice"));
            tokens.keys();
            tokens.nodes();
            tokens.prune();
            store.takeExpiring(Instant.now(), Instant.now().plus(Duration.ofDays(100)), 10);
            store.doubt(store.read(0, 0, 1).incarnationMark());
            tokens.answerRestore(RestoreAnswer.ACCEPT);
        }
    }

    @Test
    void no_statement_scans_a_table_of_sqlite() throws Exception {
        var url = "jdbc:sqlite:" + folder.resolve("tokens.db");
        try (var store = open(url)) {
            callEverything(store);
        }
        assertThat(statements).hasSizeGreaterThan(30);
        try (var connection = DriverManager.getConnection(url)) {
            for (var sql : statements) {
                // The tables of nodes and keys hold a few rows, and are read whole on purpose.
                if (isAboutTables(sql)) {
                    assertThat(plan(connection, "EXPLAIN QUERY PLAN " + sql, 4))
                            .as(sql)
                            .doesNotContainPattern("SCAN countermark_(?!node|key)");
                }
            }
        }
    }

    @Test
    void no_statement_scans_a_table_of_postgresql() throws Exception {
        var url = TestPostgres.shared().emptyDatabase();
        try (var store = open(url)) {
            callEverything(store);
        }
        try (var connection = DriverManager.getConnection(url);
                var setting = connection.createStatement()) {
            // On small tables a scan is the better plan; with scans made dear, only a missing index brings one.
            setting.execute("SET enable_seqscan = off");
            setting.execute("SET plan_cache_mode = force_generic_plan");
            for (var sql : statements) {
                if (isAboutTables(sql)) {
                    var name = "s" + count.incrementAndGet();
                    setting.execute("PREPARE " + name + " AS " + numbered(sql));
                    int parameters = (int) sql.chars().filter(c -> c == '?').count();
                    var values = parameters == 0 ? "" : "(" + "NULL,".repeat(parameters - 1) + "NULL)";
                    assertThat(plan(connection, "EXPLAIN EXECUTE " + name + values, 1))
                            .as(sql)
                            .doesNotContainPattern("Seq Scan on countermark_(?!node|key)");
                }
            }
        }
    }

    private static boolean isAboutTables(String sql) {
        return sql.contains("countermark_") && !sql.contains("schema_history") && !sql.contains("doubted = 1");
    }

    private static String numbered(String sql) {
        var numbered = new StringBuilder();
        int number = 0;
        for (int i = 0; i < sql.length(); i++) {
            char c = sql.charAt(i);
            numbered.append(c == '?' ? "$" + ++number : String.valueOf(c));
        }
        return numbered.toString();
    }

    private static String plan(Connection connection, String sql, int column) throws SQLException {
        var plan = new StringBuilder();
        try (var statement = connection.prepareStatement(sql);
                var rows = statement.executeQuery()) {
            while (rows.next()) {
                plan.append(rows.getString(column)).append('\n');
            }
        }
        return plan.toString();
    }

    @Test
    void a_check_takes_no_statement_unless_a_scope_is_ours() {
        try (var store = open("jdbc:sqlite:" + folder.resolve("checks.db"));
                var tokens = ApiTokens.start(
                        store,
                        KeySource.of(Keyring.of(SigningKey.generate())),
                        ApiTokenOptions.DEFAULT.unlisted().lease(Duration.ofSeconds(60)))) {
            var issued = tokens.issue(IssueRequest.forSubject("alice").scopes("read"));
            var admin = tokens.issue(IssueRequest.forSubject("root").scopes(ApiTokens.ADMIN_SCOPE));
            statements.clear();
            for (int i = 0; i < 1000; i++) {
                assertThat(tokens.check(issued.text())).isInstanceOf(Valid.class);
            }
            assertThat(statements).allMatch(sql -> sql.contains("FROM countermark_feed"));
            tokens.check(admin.text());
            assertThat(statements).anyMatch(sql -> sql.contains("FROM countermark_token WHERE id = ?"));
        }
    }
}
