package dev.countermark.apitokens.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countermark.apitokens.TokenStore;
import dev.countermark.apitokens.TokenStore.Change;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How last uses are written, on both databases. */
class LastUseTableTest {

    private static final int MANY = 20_000;

    private final List<String> statements = Collections.synchronizedList(new ArrayList<>());

    @TempDir
    Path folder;

    private List<String> urls() {
        return List.of(
                "jdbc:sqlite:" + folder.resolve("tokens.db"),
                TestPostgres.shared().emptyDatabase());
    }

    @Test
    void twenty_thousand_last_uses_take_five_transactions() {
        for (var url : urls()) {
            try (var store = JdbcTokenStore.open(url, new Properties(), statements::add)) {
                var now = Instant.now();
                var token = issue(store, now);
                var uses = new HashMap<String, Instant>(Map.of(token, Instant.ofEpochSecond(1_900_000_000)));
                while (uses.size() < MANY) {
                    uses.put(id(), now);
                }
                statements.clear();
                store.used(uses);
                assertThat(statements).as(url).hasSize(5).allMatch(sql -> sql.contains("countermark_last_use"));
                assertThat(store.find(token, now).orElseThrow().lastUsedAt())
                        .contains(Instant.ofEpochSecond(1_900_000_000));
                assertThat(rows(store))
                        .as("tokens that the store does not know")
                        .isEqualTo(1);
            }
        }
    }

    @Test
    void the_last_use_of_a_token_is_pruned_with_it() {
        for (var url : urls()) {
            try (var store = JdbcTokenStore.open(url)) {
                var now = Instant.now();
                var live = issue(store, now);
                var ended = issue(store, now.minus(Duration.ofDays(3)));
                store.used(Map.of(live, now, ended, now));
                assertThat(rows(store)).isEqualTo(2);
                assertThat(store.prune(now)).isEqualTo(1);
                assertThat(rows(store)).as(url).isEqualTo(1);
                assertThat(store.find(live, now).orElseThrow().lastUsedAt()).isPresent();
            }
        }
    }

    private static long rows(JdbcTokenStore store) {
        return store.database().read(session -> session.number("SELECT count(*) FROM countermark_last_use"));
    }

    private static String id() {
        return UUID.randomUUID().toString().replace("-", "");
    }

    private static String issue(TokenStore store, Instant at) {
        var draft = new TokenStore.Draft(
                id(), "cm", "alice", "", "", Map.of(), at, at.plus(Duration.ofDays(1)), "key", false, Optional.empty());
        return store.issue(draft, new Change("test", at)).id();
    }
}
