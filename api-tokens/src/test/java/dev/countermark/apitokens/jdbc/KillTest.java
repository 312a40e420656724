package dev.countermark.apitokens.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countermark.SigningKey;
import dev.countermark.apitokens.ApiToken;
import dev.countermark.apitokens.AuditEntry;
import dev.countermark.apitokens.AuditQuery;
import dev.countermark.apitokens.KeyFile;
import dev.countermark.apitokens.TokenQuery;
import dev.countermark.apitokens.TokenState;
import dev.countermark.apitokens.TokenStore.FeedEntry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code kill -9} in the middle of issuing, rotating and revoking, with a ledger of acknowledgements outside. */
class KillTest {

    /** More with {@code -Dcountermark.kills=20}; see {@code api-tokens/kill-rounds}. */
    private static final int ROUNDS = Integer.getInteger("countermark.kills", 2);

    @TempDir
    Path folder;

    private final Random random = new Random(11);
    private final Set<String> issued = new HashSet<>();
    private final Set<String> revoked = new HashSet<>();

    @Test
    void nothing_acknowledged_is_lost_when_a_process_on_sqlite_is_killed() {
        var url = "jdbc:sqlite:" + folder.resolve("tokens.db");
        kill(url, () -> {});
    }

    @Test
    void nothing_acknowledged_is_lost_when_a_process_on_postgresql_is_killed() {
        var server = TestPostgres.shared();
        var url = server.emptyDatabase();
        kill(url, () -> server.awaitNobodyOn(url));
    }

    @Test
    void nothing_acknowledged_is_lost_when_postgresql_itself_is_killed() {
        var keys = folder.resolve("keys");
        KeyFile.at(keys).add(SigningKey.generate());
        try (var server = TestPostgres.start()) {
            var url = server.emptyDatabase();
            for (int round = 0; round < ROUNDS; round++) {
                try (var node = StartedNode.start(url, keys, folder.resolve("data"), "survivor")) {
                    node.tell("churn", "round" + round);
                    awaitSaid(node, 40 + random.nextInt(400));
                    server.killAll();
                    server.restart();
                    node.kill().stream().filter(line -> !line.equals("failed")).forEach(this::note);
                }
                server.awaitNobodyOn(url);
                examine(url);
            }
        }
    }

    /** @param over returns when what a killed process had sent has been done or dropped */
    private void kill(String url, Runnable over) {
        var keys = folder.resolve("keys");
        KeyFile.at(keys).add(SigningKey.generate());
        for (int round = 0; round < ROUNDS; round++) {
            var node = StartedNode.start(url, keys, folder, "victim");
            node.tell("churn", "round" + round);
            // Somewhere in the middle: after so many acknowledgements, which differ from round to round.
            awaitSaid(node, 40 + random.nextInt(400));
            for (var line : node.kill()) {
                note(line);
            }
            over.run();
            examine(url);
        }
        assertThat(revoked).hasSizeGreaterThan(ROUNDS * 10);
    }

    private static void awaitSaid(StartedNode node, int lines) {
        long deadline = System.nanoTime() + Duration.ofMinutes(1).toNanos();
        while (node.said().size() < lines) {
            assertThat(System.nanoTime()).as("deadline").isLessThan(deadline);
            Thread.onSpinWait();
        }
    }

    private void note(String line) {
        if (line.startsWith("issued ")) {
            issued.add(line.substring(7));
        } else if (line.startsWith("revoked ")) {
            revoked.add(line.substring(8));
        } else {
            assertThat(line).isEqualTo("done");
        }
    }

    /** What was acknowledged is there; what was not is there whole or not at all. */
    private void examine(String url) {
        try (var store = JdbcTokenStore.open(url)) {
            var tokens = new HashMap<String, ApiToken>();
            var query = TokenQuery.all().limit(1000);
            var now = Instant.now().plusSeconds(1);
            var page = store.list(query, now);
            page.items().forEach(token -> tokens.put(token.id(), token));
            while (page.next().isPresent()) {
                page = store.list(query.after(page.next().get()), now);
                page.items().forEach(token -> tokens.put(token.id(), token));
            }
            var refused = new HashSet<String>();
            for (FeedEntry entry : feed(store)) {
                refused.add(entry.target());
            }
            assertThat(tokens.keySet()).containsAll(issued);
            assertThat(refused).containsAll(revoked);

            Map<AuditEntry.Action, Set<String>> audit = new HashMap<>();
            for (var row : audit(store)) {
                row.tokenId()
                        .ifPresent(id -> audit.computeIfAbsent(row.action(), action -> new HashSet<>())
                                .add(id));
                if (row.action() == AuditEntry.Action.ROTATED) {
                    audit.computeIfAbsent(AuditEntry.Action.ISSUED, action -> new HashSet<>())
                            .add(row.detail());
                }
            }
            assertThat(audit.get(AuditEntry.Action.ISSUED)).isEqualTo(tokens.keySet());
            var ended = new HashSet<>(audit.getOrDefault(AuditEntry.Action.REVOKED, Set.of()));
            ended.addAll(audit.getOrDefault(AuditEntry.Action.ROTATED, Set.of()));
            assertThat(ended).isEqualTo(refused);
            for (var token : tokens.values()) {
                assertThat(token.state() == TokenState.REVOKED).isEqualTo(refused.contains(token.id()));
                token.replacedBy()
                        .ifPresent(id -> assertThat(tokens.get(id).replaces()).contains(token.id()));
            }
        }
    }

    private static List<FeedEntry> feed(JdbcTokenStore store) {
        var all = new ArrayList<FeedEntry>();
        var page = store.read(0, 0, 1000);
        while (!page.entries().isEmpty()) {
            all.addAll(page.entries());
            page = store.read(all.get(all.size() - 1).number(), 0, 1000);
        }
        assertThat(all).hasSize((int) page.number());
        return all;
    }

    private static List<AuditEntry> audit(JdbcTokenStore store) {
        var all = new ArrayList<AuditEntry>();
        var query = AuditQuery.all().limit(1000);
        var page = store.audit(query);
        all.addAll(page.items());
        while (page.next().isPresent()) {
            page = store.audit(query.after(page.next().get()));
            all.addAll(page.items());
        }
        return all;
    }
}
