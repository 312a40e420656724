package dev.countermark.apitokens.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countermark.Keyring;
import dev.countermark.SigningKey;
import dev.countermark.apitokens.ApiTokenOptions;
import dev.countermark.apitokens.ApiTokenVerdict.Revoked;
import dev.countermark.apitokens.ApiTokenVerdict.Valid;
import dev.countermark.apitokens.ApiTokens;
import dev.countermark.apitokens.IssueRequest;
import dev.countermark.apitokens.KeySource;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Many live tokens, a tenth of them revoked. */
class LargeStoreTest {

    /** A million with {@code -Dcountermark.tokens=1000000}. */
    private static final int TOKENS = Integer.getInteger("countermark.tokens", 2000);

    private static final int REVOCATIONS = TOKENS / 10;

    /** Fewer than PostgreSQL's pool has connections: who finds none waits three seconds, and a disk may pause for longer. */
    private static final int CALLERS = 6;

    private final Set<String> statements = ConcurrentHashMap.newKeySet();
    private final String[] texts = new String[TOKENS];

    @TempDir
    Path folder;

    @Test
    void a_check_takes_no_query_however_many_there_are_on_sqlite() throws Exception {
        checkAll("jdbc:sqlite:" + folder.resolve("tokens.db"));
    }

    @Test
    void a_check_takes_no_query_however_many_there_are_on_postgresql() throws Exception {
        checkAll(TestPostgres.shared().emptyDatabase());
    }

    private void checkAll(String url) throws Exception {
        var keys = KeySource.of(Keyring.of(SigningKey.generate()));
        var options = ApiTokenOptions.DEFAULT.unlisted().lease(Duration.ofSeconds(60));
        try (var store = JdbcTokenStore.open(url, new Properties(), statements::add)) {
            try (var tokens = ApiTokens.start(store, keys, options)) {
                inParallel(
                        TOKENS,
                        i -> texts[i] = tokens.issue(IssueRequest.forSubject("subject " + i % 1000)
                                        .scopes("orders:read"))
                                .text());
                inParallel(REVOCATIONS, i -> tokens.revokeText(texts[i * 10]));
            }
            try (var tokens = ApiTokens.start(store, keys, options)) {
                assertThat(tokens.status().revocations()).isEqualTo(REVOCATIONS);
                statements.clear();
                for (int i = 0; i < TOKENS; i++) {
                    assertThat(tokens.check(texts[i])).isInstanceOf(i % 10 == 0 ? Revoked.class : Valid.class);
                }
                assertThat(statements).allMatch(sql -> sql.contains("FROM countermark_feed"));
            }
        }
    }

    private interface Step {
        void at(int i);
    }

    private static void inParallel(int count, Step step) throws InterruptedException, ExecutionException {
        var pool = Executors.newFixedThreadPool(CALLERS);
        try {
            var calls = new ArrayList<Callable<Boolean>>();
            for (int caller = 0; caller < CALLERS; caller++) {
                int first = caller;
                calls.add(() -> {
                    for (int i = first; i < count; i += CALLERS) {
                        step.at(i);
                    }
                    return true;
                });
            }
            for (var result : pool.invokeAll(calls)) {
                result.get();
            }
        } finally {
            pool.shutdownNow();
        }
    }
}
