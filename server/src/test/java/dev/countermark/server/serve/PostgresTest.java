package dev.countermark.server.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countermark.SigningKey;
import dev.countermark.apitokens.KeyFile;
import dev.countermark.server.RunningServer;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PostgresTest {

    @TempDir
    private Path folder;

    private static final String PROBLEM = "{\"type\":\"about:blank\",\"title\":\"Service Unavailable\",\"status\":503}";

    private EmbeddedPostgres postgres;

    @BeforeEach
    void start() throws IOException {
        postgres = EmbeddedPostgres.builder()
                .setDataDirectory(folder.resolve("postgresql"))
                .setServerConfig("fsync", "on")
                .setServerConfig("full_page_writes", "on")
                .setServerConfig("synchronous_commit", "on")
                .setPGStartupWait(Duration.ofMinutes(1))
                .start();
    }

    @AfterEach
    void stop() throws IOException {
        postgres.close();
    }

    private String url() {
        return postgres.getJdbcUrl("postgres", "postgres");
    }

    @Test
    void keys_are_given_and_without_its_database_a_node_answers_503_and_never_yes_or_no() throws Exception {
        assertThatThrownBy(() -> RunningServer.start("--database-url", url()))
                .rootCause()
                .isInstanceOf(StartFailure.class)
                .hasMessageContaining("There are no keys at ");

        var keys = folder.resolve("keys");
        KeyFile.at(keys).add(SigningKey.generate());
        var config = Files.writeString(
                folder.resolve("short-lease.properties"),
                "countermark.api-tokens.lease=2s\ncountermark.api-tokens.poll-interval=400ms\n");
        try (var server = RunningServer.start(
                "--database-url", url(), "--keys", keys.toString(), "--config", config.toString())) {
            var admin = server.adminToken();
            var token = server.token("alice");
            var id = server.tokens().verify(token).id();
            assertThat(server.post("/v1/tokens", admin, "{\"subject\":\"bob\"}").statusCode())
                    .isEqualTo(201);
            assertThat(server.get("/verify", token).statusCode()).isEqualTo(200);
            assertThat(server.folder().resolve("keys")).doesNotExist();

            var cookies = pageCookies(server, admin);

            postgres.close();
            // As long as the lease holds the caller is known, but nothing can be changed.
            assertRefused(form(server, "/oauth2/revoke", admin, token), PROBLEM);
            // Where nobody knows whether that revocation happened, it counts; where it cannot have, the token is still
            // good.
            assertThat(server.get("/verify", token).statusCode()).isIn(200, 401, 503);
            awaitUnavailable(server, admin);
            for (var caller : List.of(admin, token)) {
                assertRefused(form(server, "/oauth2/introspect", caller, token), PROBLEM);
                assertRefused(form(server, "/oauth2/revoke", caller, token), PROBLEM);
                assertRefused(server.post("/v1/tokens", caller, "{\"subject\":\"bob\"}"), PROBLEM);
                assertRefused(server.post("/v1/tokens/" + id + "/rotate", caller, "{}"), PROBLEM);
                assertRefused(server.post("/v1/revocations", caller, "{\"subject\":\"alice\"}"), PROBLEM);
                assertRefused(server.ask("DELETE", "/v1/tokens/" + id, caller, null), PROBLEM);
                for (var path : List.of(
                        "/v1/tokens",
                        "/v1/tokens?subject=alice",
                        "/v1/tokens/" + id,
                        "/v1/keys",
                        "/v1/audit",
                        "/v1/nodes")) {
                    assertRefused(server.get(path, caller), PROBLEM);
                }
                for (var method : List.of("GET", "POST", "PUT")) {
                    assertRefused(server.ask(method, "/verify", caller, null), PROBLEM);
                    assertRefused(server.ask(method, "/verify?scope=orders:read", caller, null), PROBLEM);
                }
            }
            for (var path :
                    List.of("/admin/tokens", "/admin/tokens/new", "/admin/keys", "/admin/nodes", "/admin/audit")) {
                var answer = server.send(HttpRequest.newBuilder(server.uri(path))
                        .header("Cookie", cookies)
                        .build());
                assertThat(answer.body()).contains("cannot hear revocations").doesNotContain("alice");
                assertRefused(answer, answer.body());
            }
            var login = server.get("/admin/login", null);
            assertThat(login.body()).contains("cannot hear revocations").doesNotContain("<form");
            assertRefused(login, login.body());
            // Open, and it tells nothing; the report is worked off later.
            var leaked = server.post("/leaked", null, "{\"tokens\":[\"" + token + "\"]}");
            assertThat(leaked.statusCode()).isEqualTo(202);
            assertThat(leaked.body()).isEmpty();
            // Not ours, whatever the database says.
            assertThat(server.get("/v1/tokens", "nonsense").statusCode()).isEqualTo(401);
            assertThat(server.get("/verify", "nonsense").statusCode()).isEqualTo(401);
        }
    }

    private static void assertRefused(HttpResponse<String> answer, String body) {
        assertThat(answer.statusCode()).as(answer.uri().getPath()).isEqualTo(503);
        assertThat(answer.body()).as(answer.uri().getPath()).isEqualTo(body);
        assertThat(answer.headers().firstValue("Retry-After")).get().asString().matches("[1-9][0-9]*");
        assertThat(answer.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
        assertThat(answer.headers().firstValue("Cache-Control"))
                .get()
                .asString()
                .contains("no-store");
    }

    private static HttpResponse<String> form(RunningServer server, String path, String caller, String token) {
        return server.send(HttpRequest.newBuilder(server.uri(path))
                .header("Authorization", "Bearer " + caller)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString("token=" + token))
                .build());
    }

    /** Those of somebody who has logged in. */
    private static String pageCookies(RunningServer server, String token) {
        var page = server.get("/admin/login", null);
        var csrf = Pattern.compile("name=\"_csrf\" value=\"([^\"]*)\"").matcher(page.body());
        assertThat(csrf.find()).isTrue();
        var entered = server.send(HttpRequest.newBuilder(server.uri("/admin/login"))
                .header("Cookie", cookies(page))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString("token=" + token + "&_csrf="
                        + URLEncoder.encode(csrf.group(1).replace("&#61;", "="), StandardCharsets.UTF_8)))
                .build());
        assertThat(entered.statusCode()).isEqualTo(303);
        return cookies(entered);
    }

    private static String cookies(HttpResponse<String> answer) {
        return answer.headers().allValues("Set-Cookie").stream()
                .map(cookie -> cookie.substring(0, cookie.indexOf(';')))
                .collect(Collectors.joining("; "));
    }

    /** Yes at first, from memory; then, when the lease has lapsed, nothing but 503. */
    private static void awaitUnavailable(RunningServer server, String token) {
        long start = System.nanoTime();
        int status;
        do {
            status = server.get("/v1/tokens", token).statusCode();
        } while (status != 503
                && System.nanoTime() - start < Duration.ofSeconds(20).toNanos());
        assertThat(status).isEqualTo(503);
    }
}
