package dev.countermark.server.forward;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.countermark.server.Backend;
import dev.countermark.server.GuidePage;
import dev.countermark.server.Nginx;
import dev.countermark.server.RunningServer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The nginx configuration of the guide, in a real nginx, between a real client and a service. */
class NginxTest {

    @TempDir
    static Path folder;

    private static RunningServer server;
    private static Backend backend;
    private static Nginx nginx;
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    @BeforeAll
    static void start() throws Exception {
        assumeTrue(Nginx.program().isPresent(), "nginx is not installed; these tests are skipped");
        server = RunningServer.shared();
        backend = Backend.start();
        nginx = nginx("up", server.port());
    }

    private static Nginx nginx(String name, int countermark) throws Exception {
        var configuration = GuidePage.block("forward-authentication.md", "nginx");
        assertThat(configuration).contains("127.0.0.1:8080", "127.0.0.1:9000", "listen 80;");
        return Nginx.start(
                Files.createDirectory(folder.resolve(name)),
                configuration
                        .replace("127.0.0.1:8080", "127.0.0.1:" + countermark)
                        .replace("127.0.0.1:9000", "127.0.0.1:" + backend.port()));
    }

    @AfterAll
    static void stop() {
        if (nginx != null) {
            nginx.close();
            backend.close();
        }
    }

    private static HttpRequest.Builder request(Nginx nginx, String path, String token) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + nginx.port() + path))
                .header("Authorization", "Bearer " + token);
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return CLIENT.send(request.build(), BodyHandlers.ofString());
    }

    private static HttpResponse<String> get(String path, String token) throws Exception {
        return send(request(nginx, path, token));
    }

    @Test
    void a_valid_token_is_let_through_and_the_service_hears_whose_it_is() throws Exception {
        var token = server.token("ada é", "orders:read", "orders:write");
        var answer = get("/orders/17?page=2", token);
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body().lines())
                .contains(
                        "X-auth-subject: ada%20%C3%A9",
                        "X-auth-scopes: orders:read orders:write",
                        "X-auth-token-id: " + server.tokens().verify(token).id())
                .noneMatch(line -> line.startsWith("Authorization"));
        assertThat(answer.body()).doesNotContain(token);
    }

    @Test
    void what_a_client_writes_into_the_headers_does_not_pass() throws Exception {
        var answer = send(request(nginx, "/", server.token("ada"))
                .header("X-Auth-Subject", "root")
                .header("x-auth-scopes", "countermark:admin")
                .header("X-AUTH-TOKEN-ID", "0")
                .header("X_Auth_Subject", "root")
                .header("X-Auth-Subject", "second"));
        assertThat(answer.statusCode()).isEqualTo(200);
        // The token has no scopes: its header is empty, and nginx leaves it out.
        assertThat(answer.body().lines().map(line -> line.replace('_', '-')).filter(line -> line.startsWith("X-auth-")))
                .containsExactlyInAnyOrder(
                        "X-auth-subject: ada",
                        answer.body()
                                .lines()
                                .filter(line -> line.matches("X-auth-token-id: [0-9a-f]{32}"))
                                .findAny()
                                .orElse("none"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "POST", "PUT", "DELETE", "OPTIONS", "PROPFIND"})
    void the_service_gets_the_body_and_countermark_does_not(String method) throws Exception {
        var token = server.token("ada");
        for (var body : new HttpRequest.BodyPublisher[] {
            BodyPublishers.ofString("x".repeat(200_000)),
            BodyPublishers.fromPublisher(BodyPublishers.ofString("x".repeat(200_000)))
        }) {
            var answer = send(request(nginx, "/", token).method(method, body));
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.body()).startsWith(method + "\n").endsWith("bytes: 200000\n");
        }
    }

    @Test
    void without_a_valid_token_the_service_is_not_asked() throws Exception {
        for (var token : new String[] {"nonsense", server.token("ada") + "x"}) {
            var answer = get("/", token);
            assertThat(answer.statusCode()).isEqualTo(401);
            assertThat(answer.headers().allValues("WWW-Authenticate"))
                    .containsExactly("Bearer error=\"invalid_token\"");
            assertThat(answer.body()).doesNotContain("bytes:");
        }
        var none = CLIENT.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + nginx.port() + "/"))
                        .build(),
                BodyHandlers.ofString());
        assertThat(none.statusCode()).isEqualTo(401);
        assertThat(none.headers().allValues("WWW-Authenticate")).containsExactly("Bearer");
    }

    @Test
    void a_location_with_a_scope_wants_it() throws Exception {
        var token = server.token("ada", "orders:read");
        assertThat(get("/", token).statusCode()).isEqualTo(200);
        for (var path : new String[] {"/orders/17", "/orders/17?scope=orders:read", "/x/../orders/", "//orders/17"}) {
            var answer = get(path, token);
            assertThat(answer.statusCode()).as(path).isEqualTo(403);
            assertThat(answer.body()).doesNotContain("bytes:");
        }
    }

    @Test
    void a_revoked_token_is_refused_at_once() throws Exception {
        var token = server.token("ada");
        assertThat(get("/", token).statusCode()).isEqualTo(200);
        server.tokens().revokeText(token);
        assertThat(get("/", token).statusCode()).isEqualTo(401);
    }

    @Test
    void nobody_outside_reaches_what_is_inside() throws Exception {
        var token = server.token("ada", "orders:write");
        for (var path : new String[] {"/_verify", "/_verify/orders:write", "/_verify/x", "/_verifyx"}) {
            assertThat(get(path, token).statusCode()).as(path).isEqualTo(404);
        }
    }

    @Test
    void cookies_that_countermark_would_find_too_long_pass() throws Exception {
        var answer = send(request(nginx, "/", server.token("ada"))
                .header("Cookie", "a=" + "x".repeat(7000))
                .header("X-More", "x".repeat(7000)));
        assertThat(answer.statusCode()).isEqualTo(200);
    }

    @Test
    void the_longest_subject_passes() throws Exception {
        var answer = get("/", server.token("本".repeat(255)));
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).contains("X-auth-subject: " + "%E6%9C%AC".repeat(255) + "\n");
    }

    @Test
    void errors_of_the_service_stay_its_own() throws Exception {
        var answer = get("/broken", server.token("ada"));
        assertThat(answer.statusCode()).isEqualTo(500);
        assertThat(answer.body()).contains("X-auth-subject: ada");
    }

    @Test
    void while_countermark_is_down_nobody_passes_and_clients_are_told_to_try_again() throws Exception {
        try (var alone = nginx("down", Nginx.freePort())) {
            for (var path : new String[] {"/", "/orders/17"}) {
                var answer = send(request(alone, path, server.token("ada", "orders:write")));
                assertThat(answer.statusCode()).isEqualTo(503);
                assertThat(answer.headers().firstValue("Retry-After")).hasValue("1");
                assertThat(answer.body()).doesNotContain("bytes:");
            }
        }
    }
}
