package dev.countermark.server.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countermark.apitokens.RestoreAnswer;
import dev.countermark.apitokens.TokenStore;
import dev.countermark.server.RunningServer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** The admin page behind a proxy that ends TLS, and where revocations cannot be heard. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class BehindProxyTest {

    /** After the others, which log in from the same address. */
    private static final int LAST = Integer.MAX_VALUE;

    private static RunningServer server;

    @BeforeAll
    static void start() {
        server = RunningServer.start("--behind-proxy");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void every_cookie_is_for_this_host_and_for_tls() {
        var visitor = new Visitor(server);
        var answer = visitor.login(server.adminToken());
        assertThat(answer.statusCode()).isEqualTo(303);
        assertThat(answer.headers().allValues("Set-Cookie"))
                .isNotEmpty()
                .allSatisfy(cookie -> assertThat(cookie)
                        .startsWith("__Host-countermark")
                        .contains("; Secure", "; Path=/;", "; HttpOnly", "; SameSite=Strict"));
        assertThat(visitor.get("/admin/tokens").statusCode()).isEqualTo(200);
    }

    /** {@code X-Forwarded-For} as nginx appends to it: a client has written what stands before. */
    private static int guess(Visitor guesser, String token, String forwarded) {
        guesser.get("/admin/login");
        var form = Map.of("_csrf", guesser.csrf(), "token", token);
        return guesser.postExactly("/admin/login", form, "X-Forwarded-For", forwarded, "Forwarded", "for=" + forwarded)
                .statusCode();
    }

    @Test
    void a_guesser_is_counted_by_the_address_that_the_proxy_has_seen() {
        for (int i = 0; i < LoginAttempts.MOST; i++) {
            assertThat(guess(new Visitor(server), "guess", "198.51.100." + i + ", 192.0.2.1"))
                    .isEqualTo(403);
        }
        assertThat(guess(new Visitor(server), "guess", "203.0.113.9,192.0.2.1:4711"))
                .isEqualTo(429);
        var token = server.adminToken();
        assertThat(guess(new Visitor(server), token, "198.51.100.1, 192.0.2.2")).isEqualTo(303);
        assertThat(guess(new Visitor(server), token, "192.0.2.1, [2001:db8::1]:99"))
                .isEqualTo(303);
        assertThat(guess(new Visitor(server), token, "192.0.2.1, unknown")).isEqualTo(303);
    }

    @Test
    void whether_a_client_came_with_tls_is_for_the_proxy_to_say() {
        for (var proto : Map.of("https", true, "http, https", true, "https, http", false, "http", false)
                .entrySet()) {
            var answer = server.raw("GET /verify HTTP/1.1\r\nHost: x\r\nConnection: close\r\nForwarded: proto=http\r\n"
                    + "X-Forwarded-Proto: " + proto.getKey() + "\r\n\r\n");
            assertThat(answer.contains("Strict-Transport-Security"))
                    .as(proto.getKey())
                    .isEqualTo(proto.getValue());
        }
    }

    @Test
    @Order(LAST)
    void a_guesser_is_stopped_after_ten_attempts() {
        var token = server.adminToken();
        var guesser = new Visitor(server);
        for (int i = 0; i < LoginAttempts.MOST; i++) {
            assertThat(guesser.login("guess").statusCode()).isEqualTo(403);
        }
        var stopped = guesser.login(token);
        assertThat(stopped.statusCode()).isEqualTo(429);
        assertThat(stopped.headers().firstValue("Retry-After")).hasValue("60");
    }

    @Test
    void where_revocations_cannot_be_heard_nothing_is_shown() {
        var token = server.adminToken();
        var visitor = Visitor.with(server, token);
        assertThat(visitor.get("/admin/tokens").statusCode()).isEqualTo(200);
        var stranger = new Visitor(server);
        stranger.get("/admin/login");
        var form = Map.of("_csrf", stranger.csrf(), "token", token);
        var store = server.bean(TokenStore.class);
        store.doubt(store.read(0, 0, 1).incarnationMark());
        await(() -> visitor.get("/admin/tokens").statusCode() == 503);
        for (var path : List.of("/admin/tokens", "/admin/nodes", "/admin/tokens/new", "/admin/login")) {
            var answer = visitor.get(path);
            assertThat(answer.statusCode()).isEqualTo(503);
            assertThat(answer.headers().firstValue("Retry-After")).hasValue("1");
            assertThat(answer.body()).contains("cannot hear revocations").doesNotContain("Active");
        }
        assertThat(stranger.postExactly("/admin/login", form).statusCode()).isEqualTo(503);
        assertThat(stranger.cookies).containsOnlyKeys("__Host-countermark-csrf");
        server.tokens().answerRestore(RestoreAnswer.ACCEPT);
        await(() -> visitor.get("/admin/tokens").statusCode() == 200);
    }

    private static void await(BooleanSupplier what) {
        long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (!what.getAsBoolean()) {
            assertThat(System.nanoTime()).as("20 s are over").isLessThan(deadline);
        }
    }
}
