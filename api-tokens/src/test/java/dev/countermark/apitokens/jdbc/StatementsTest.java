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
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StatementsTest {

    /** More with {@code -Dcountermark.rows=1000000}. */
    private static final int ROWS = Integer.getInteger("countermark.rows", 20_000);

    /** Tokens of a thousand subjects, most of them live; some long over, for pruning. */
    private static final List<String> FILL = List.of(
            "INSERT INTO countermark_token SELECT md5(i::text), 'cm', 's' || i % 1000, '', '', '', at, ends, ends, 0, 1,"
                    + " NULL, 0, 'key', NULL, NULL FROM (SELECT i, extract(epoch FROM now())::bigint - 864000 AS at,"
                    + " extract(epoch FROM now())::bigint + CASE WHEN i % 100 = 0 THEN -172800 ELSE i END AS ends"
                    + " FROM generate_series(1, ROWS) i) numbered",
            "INSERT INTO countermark_last_use SELECT md5(i::text), 0 FROM generate_series(1, ROWS) i",
            "INSERT INTO countermark_revocation SELECT i, md5(i::text), 'TOKEN', md5(i::text), 0,"
                    + " extract(epoch FROM now())::bigint + CASE WHEN i % 100 = 0 THEN -172800 ELSE i END"
                    + " FROM generate_series(1, ROWS) i",
            "UPDATE countermark_feed SET number = ROWS",
            "INSERT INTO countermark_audit (at, actor, action, token_id, subject, detail) SELECT i, 'a', 'ISSUED',"
                    + " md5(i::text), 's' || i % 1000, '' FROM generate_series(1, ROWS) i",
            "INSERT INTO countermark_idempotency SELECT 'a' || i % 10, i, '', md5(i::text),"
                    + " extract(epoch FROM now())::bigint - i FROM generate_series(1, ROWS) i",
            "ANALYZE");

    private final Set<String> statements = ConcurrentHashMap.newKeySet();

    @TempDir
    Path folder;

    private JdbcTokenStore open(String url) {
        return JdbcTokenStore.open(url, new Properties(), statements::add);
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
            tokens.answerRestore(RestoreAnswer.REFUSE_ISSUED_BEFORE);
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

    /** What PostgreSQL really did, with so many rows that a scan would be the worse plan. */
    @Test
    void no_call_scans_a_table_of_postgresql() throws Exception {
        var server = TestPostgres.shared();
        var url = server.emptyDatabase();
        JdbcTokenStore.open(url).close();
        try (var connection = DriverManager.getConnection(url);
                var statement = connection.createStatement()) {
            for (var sql : FILL) {
                statement.execute(sql.replace("ROWS", Integer.toString(ROWS)));
            }
        }
        var before = scans(server, url);
        try (var store = open(url)) {
            callEverything(store);
        }
        assertThat(statements).hasSizeGreaterThan(30);
        assertThat(scans(server, url)).isEqualTo(before);
    }

    /** How many scans there were of each large table; the server counts a session's when it has ended. */
    private static String scans(TestPostgres server, String url) throws SQLException {
        server.awaitNobodyOn(url);
        try (var connection = DriverManager.getConnection(url);
                var statement = connection.createStatement();
                var rows = statement.executeQuery("SELECT string_agg(relname || ' ' || seq_scan, ', ' ORDER BY relname)"
                        + " FROM pg_stat_user_tables WHERE relname IN ('countermark_token', 'countermark_last_use', 'countermark_revocation',"
                        + " 'countermark_audit', 'countermark_idempotency')")) {
            rows.next();
            return rows.getString(1);
        }
    }

    private static boolean isAboutTables(String sql) {
        return sql.contains("countermark_") && !sql.contains("schema_history") && !sql.contains("doubted = 1");
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
