package dev.countermark.server.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.countermark.SigningKey;
import dev.countermark.apitokens.ApiTokenOptions;
import dev.countermark.apitokens.ApiTokens;
import dev.countermark.apitokens.IssueRequest;
import dev.countermark.apitokens.KeyFile;
import dev.countermark.apitokens.jdbc.JdbcTokenStore;
import dev.countermark.server.Backend;
import dev.countermark.server.GuidePage;
import dev.countermark.server.Nginx;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** Two servers as processes, on one PostgreSQL that keeps what it acknowledges. */
class TwoServersIT {

    /** More with {@code -Dcountermark.kills=20}; see {@code server/kill-rounds}. */
    private static final int ROUNDS = Integer.getInteger("countermark.kills", 2);

    private static final Duration LEASE = ApiTokenOptions.DEFAULT.lease();
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    @TempDir
    static Path folder;

    private static EmbeddedPostgres postgres;
    private static Path keys;
    private static String admin;
    private static final ServerProcess[] NODES = new ServerProcess[2];

    @BeforeAll
    static void start() throws Exception {
        keys = folder.resolve("keys");
        KeyFile.at(keys).add(SigningKey.generate());
        // The library that starts it turns durability off.
        postgres = EmbeddedPostgres.builder()
                .setServerConfig("fsync", "on")
                .setServerConfig("full_page_writes", "on")
                .setServerConfig("synchronous_commit", "on")
                .setPGStartupWait(PATIENCE)
                .start();
        try (var store = JdbcTokenStore.open(url());
                var tokens = ApiTokens.start(store, KeyFile.at(keys), ApiTokenOptions.DEFAULT.unlisted())) {
            admin = tokens.issue(IssueRequest.forSubject("admin").scopes(ApiTokens.ADMIN_SCOPE))
                    .text();
        }
        for (int i = 0; i < NODES.length; i++) {
            NODES[i] = ServerProcess.start(folder.resolve("node" + i), keys, url());
        }
        for (var node : NODES) {
            node.awaitReady();
        }
    }

    private static String url() {
        return postgres.getJdbcUrl("postgres", "postgres");
    }

    @AfterAll
    static void stop() throws IOException {
        for (var node : NODES) {
            if (node != null) {
                node.close();
            }
        }
        if (postgres != null) {
            postgres.close();
        }
    }

    private static String text(HttpResponse<String> issued) {
        assertThat(issued.statusCode()).as(issued.body()).isEqualTo(201);
        return JsonMapper.shared().readTree(issued.body()).get("token").stringValue();
    }

    @Test
    void what_one_revokes_the_other_refuses_within_the_lease() throws Exception {
        for (int i = 0; i < 5; i++) {
            var here = NODES[i % 2];
            var there = NODES[(i + 1) % 2];
            var token = text(here.issue(admin, "lease " + i));
            assertThat(there.verify(token)).isEqualTo(200);
            assertThat(here.revoke(admin, token)).isEqualTo(200);
            long revoked = System.nanoTime();
            assertThat(here.verify(token)).isEqualTo(401);
            awaitRefused(there, token, revoked);
        }
    }

    /** A node that cannot hear of the revocation in time may say so, for as long as it takes. */
    private static void awaitRefused(ServerProcess node, String token, long revoked) throws Exception {
        while (true) {
            long asked = System.nanoTime();
            int status = node.verify(token);
            if (status == 401) {
                return;
            }
            assertThat(status).isIn(200, 503);
            assertThat(asked - revoked)
                    .as("%s was answered this long after the revocation", status)
                    .isLessThan((status == 200 ? LEASE : PATIENCE).toNanos());
        }
    }

    @Test
    void a_repeated_idempotency_key_gives_one_text_also_at_the_same_moment() throws Exception {
        var threads = Executors.newFixedThreadPool(8);
        try {
            for (int round = 0; round < 3; round++) {
                var key = "same " + round;
                var calls = new ArrayList<Callable<String>>();
                for (int i = 0; i < 8; i++) {
                    var node = NODES[i % 2];
                    calls.add(() -> text(node.issue(admin, key)));
                }
                var texts = new HashSet<String>();
                for (var answer : threads.invokeAll(calls)) {
                    texts.add(answer.get());
                }
                assertThat(texts).hasSize(1);
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void behind_nginx_a_node_that_dies_is_not_noticed() throws Exception {
        assumeTrue(Nginx.program().isPresent(), "nginx is not installed; this test is skipped");
        var token = text(NODES[1].issue(admin, "nginx"));
        try (var backend = Backend.start();
                var nginx = Nginx.start(
                        folder,
                        GuidePage.block("forward-authentication.md", "nginx")
                                .replace(
                                        "server 127.0.0.1:8080;",
                                        "server 127.0.0.1:" + NODES[0].port() + "; server 127.0.0.1:" + NODES[1].port()
                                                + ";")
                                .replace("127.0.0.1:9000", "127.0.0.1:" + backend.port()))) {
            for (int i = 0; i < 40; i++) {
                if (i == 20) {
                    NODES[0].kill();
                }
                assertThat(get(nginx, token)).isEqualTo(200);
            }
            assertThat(NODES[1].revoke(admin, token)).isEqualTo(200);
            assertThat(get(nginx, token)).isEqualTo(401);
        } finally {
            restart(0);
        }
    }

    private static int get(Nginx nginx, String token) throws Exception {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + nginx.port() + "/"))
                .header("Authorization", "Bearer " + token);
        return HttpClient.newHttpClient()
                .send(request.build(), BodyHandlers.ofString())
                .statusCode();
    }

    private static void restart(int node) throws Exception {
        int port = NODES[node].port();
        NODES[node].kill();
        NODES[node] = ServerProcess.start(folder.resolve("node" + node), keys, url(), port)
                .awaitReady();
    }

    /** A ledger outside: what was acknowledged before the kill must hold afterwards, on either node. */
    @Test
    void nothing_acknowledged_is_lost_when_either_is_killed() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            int victim = round % 2;
            var survivor = NODES[1 - victim];
            Map<String, String> issued = new ConcurrentHashMap<>();
            Set<String> asked = ConcurrentHashMap.newKeySet();
            Set<String> revoked = ConcurrentHashMap.newKeySet();
            Set<String> perhapsRevoked = ConcurrentHashMap.newKeySet();
            var threads = new ArrayList<Thread>();
            for (int i = 0; i < 4; i++) {
                var name = "kill " + round + " " + i + " ";
                var thread = new Thread(() -> churn(NODES[victim], name, issued, asked, revoked, perhapsRevoked));
                threads.add(thread);
                thread.start();
            }
            long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
            while (revoked.size() < 20 + 10 * round && System.nanoTime() < deadline) {
                TimeUnit.MILLISECONDS.sleep(5);
            }
            NODES[victim].kill();
            long killed = System.nanoTime();
            for (var thread : threads) {
                thread.join();
            }
            assertThat(revoked).hasSizeGreaterThanOrEqualTo(20);
            for (var token : revoked) {
                awaitRefused(survivor, token, killed);
            }
            examine(survivor, issued, asked, revoked, perhapsRevoked);
            restart(victim);
            examine(NODES[victim], issued, asked, revoked, perhapsRevoked);
        }
    }

    private static void churn(
            ServerProcess node,
            String name,
            Map<String, String> issued,
            Set<String> asked,
            Set<String> revoked,
            Set<String> perhapsRevoked) {
        try {
            for (int i = 0; i < 10_000; i++) {
                var key = name + i;
                asked.add(key);
                var token = text(node.issue(admin, key));
                issued.put(key, token);
                if (i % 2 == 0) {
                    perhapsRevoked.add(token);
                    if (node.revoke(admin, token) == 200) {
                        revoked.add(token);
                    }
                }
            }
        } catch (IOException e) {
            // It was killed.
            return;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void examine(
            ServerProcess node,
            Map<String, String> issued,
            Set<String> asked,
            Set<String> revoked,
            Set<String> perhapsRevoked)
            throws Exception {
        for (var key : asked) {
            var again = text(node.issue(admin, key));
            var before = issued.putIfAbsent(key, again);
            assertThat(before == null || before.equals(again)).as(key).isTrue();
            if (revoked.contains(again)) {
                assertThat(node.verify(again)).isEqualTo(401);
            } else if (!perhapsRevoked.contains(again)) {
                assertThat(node.verify(again)).isEqualTo(200);
            }
        }
        assertThat(List.copyOf(issued.keySet())).containsExactlyInAnyOrderElementsOf(asked);
    }
}
