package dev.countermark.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countermark.apitokens.AuditQuery;
import dev.countermark.server.RunningServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

/** Requests as bytes, as no well-meaning client sends them: refused, without 5xx, and nothing is written. */
class HostileRequestsTest {

    private static final String TOKEN_OF_THE_ROWS = "eyJ1aWQiOjE3fQ.0TujEcR8S8iHvQseERtWHZ_k4CM";

    /** The starter's tests say why. */
    private static final Set<String> REFUSED_BY_SPRING = Set.of("bearer-0028");

    private final RunningServer server = RunningServer.shared();
    private final String token = server.adminToken();
    private long before;

    record Row(String id, String token, String must, String why) {

        boolean isAccepted() {
            return must.equals("accept") && !REFUSED_BY_SPRING.contains(id);
        }

        @Override
        public String toString() {
            return id + " " + must;
        }
    }

    static List<Row> rows() throws IOException {
        var file = Path.of("../spring-boot-starter/src/test/resources/bearer-header.jsonl");
        return Files.readAllLines(file, StandardCharsets.UTF_8).stream()
                .map(line -> JsonMapper.shared().readValue(line, Row.class))
                .toList();
    }

    @BeforeEach
    void remember() {
        before = lastChange();
    }

    @AfterEach
    void nothing_was_written() {
        assertThat(lastChange()).isEqualTo(before);
    }

    private long lastChange() {
        return server.tokens().audit(AuditQuery.all().limit(1)).items().get(0).number();
    }

    private String ask(String start, String headers) {
        return server.raw(start + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n" + headers + "\r\n");
    }

    private static int status(String answer) {
        assertThat(answer).startsWith("HTTP/1.1 ");
        return Integer.parseInt(answer.substring(9, 12));
    }

    @ParameterizedTest
    @MethodSource("rows")
    void a_header_authenticates_only_in_its_one_form(Row row) {
        // On the wire a header is bytes; a line break in it would only begin another header.
        var value = new String(
                row.token().replace(TOKEN_OF_THE_ROWS, token).getBytes(StandardCharsets.UTF_8),
                StandardCharsets.ISO_8859_1);
        for (var path : List.of("GET /v1/tokens", "POST /v1/tokens", "GET /v1/audit", "POST /oauth2/introspect")) {
            var answer = ask(path, "Authorization: " + value.replace("\r\n", "\r") + "\r\n");
            int status = status(answer);
            if (row.isAccepted()) {
                assertThat(status).as(path).isIn(200, 400, 415);
            } else {
                assertThat(status).as(path + " " + row.why()).isIn(400, 401, 431);
            }
            assertThat(answer).doesNotContain(token);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /v1/tokens/../tokens",
                "GET /../../etc/passwd",
                "GET /v1/%2e%2e/v1/tokens",
                "GET /v1/tokens/%2e%2e/%2e%2e/admin",
                "GET /v1/..;/admin",
                "GET /;/v1/tokens",
                "GET /v1/tokens;x=y",
                "GET //v1//tokens",
                "GET /v1\\tokens",
                "GET /v1/tokens%00",
                "GET /v1/tokens%0a",
                "GET /v1/%252e%252e/tokens",
                "GET /v1/tokens%2fabc",
                "GET /v1/tokens/%ff",
                "GET /v1/tokens/%zz",
                "GET /V1/TOKENS",
                "GET /v1/tokens/",
                "GET /WEB-INF/web.xml",
                "GET /META-INF/MANIFEST.MF",
                "GET /actuator",
                "GET /actuator/health",
                "GET /actuator/env",
                "GET /error",
                "GET /.git/config",
                "GET *",
                "GET http://other.example/v1/tokens",
                "TRACE /v1/tokens",
                "PROPFIND /v1/tokens",
                "DELETE /v1/tokens",
                "PUT /v1/audit",
                "POST /v1/keys",
                "get /v1/keys"
            })
    void paths_and_methods_that_are_none_are_refused(String start) {
        for (var authorization : List.of("", "Authorization: Bearer " + token + "\r\n")) {
            var answer = ask(start, authorization + "Cookie: secret-of-mine=1\r\n");
            if (start.contains("other.example") && !authorization.isEmpty()) {
                // A request line may name the server, as it does to a proxy; the path is what counts.
                assertThat(status(answer)).isIn(200, 400);
            } else {
                assertThat(status(answer)).isIn(400, 401, 403, 404, 405);
                assertThat(answer).doesNotContain("secret-of-mine", token, "jetty", "Jetty", "java", "spring");
            }
        }
    }

    @Test
    void what_is_no_http_is_refused_by_the_same_kind_of_answer() {
        for (var bytes : List.of(
                "nonsense\r\n\r\n",
                "GET / HTTP/9.9\r\n\r\n",
                "GET /verify HTTP/1.1\r\n\r\n",
                "GET /verify HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
                "GET /verify HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n",
                "GET /verify HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n",
                "GET /verify HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\n",
                "GET /verify HTTP/1.1\r\nHost: a\r\nA : b\r\n\r\n",
                "GET /verify HTTP/1.1\r\nHost: a\r\n folded: b\r\n\r\n",
                "GET /" + "a".repeat(9000) + " HTTP/1.1\r\nHost: a\r\n\r\n")) {
            var answer = server.raw(bytes);
            assertThat(status(answer)).as(bytes).isIn(400, 414, 431, 505);
            assertThat(answer).contains("application/problem+json", "X-Content-Type-Options: nosniff");
        }
    }

    @Test
    void headers_have_at_most_8_kibibytes() {
        assertThat(status(ask("GET /verify", "A: " + "a".repeat(7000) + "\r\n")))
                .isEqualTo(401);
        assertThat(status(ask("GET /verify", "A: " + "a".repeat(8200) + "\r\n")))
                .isEqualTo(431);
        assertThat(status(ask("GET /verify", "A: b\r\n".repeat(2000)))).isEqualTo(431);
    }

    @Test
    void a_body_has_at_most_64_kibibytes() {
        var authorized = "Authorization: Bearer " + token + "\r\nContent-Type: application/json\r\n";
        var fits = "{\"subject\":\"a\",\"name\":\"" + "n".repeat(65_536 - 26) + "\"}";
        assertThat(fits).hasSizeBetween(65_530, 65_536);
        assertThat(status(ask("POST /v1/tokens", authorized + "Content-Length: " + fits.length() + "\r\n\r\n" + fits)))
                .isEqualTo(400);
        var larger = "{\"subject\":\"a\",\"name\":\"" + "n".repeat(65_536) + "\"}";
        var length = "Content-Length: " + larger.length() + "\r\n\r\n";
        var chunked = "Transfer-Encoding: chunked\r\n\r\n" + Integer.toHexString(larger.length()) + "\r\n" + larger
                + "\r\n0\r\n\r\n";
        assertThat(status(ask("POST /v1/tokens", authorized + "Content-Length: 99999999999\r\n")))
                .isEqualTo(413);
        for (var answer : List.of(
                ask("POST /v1/tokens", authorized + length + larger), ask("POST /v1/tokens", authorized + chunked))) {
            assertThat(status(answer)).isEqualTo(413);
        }
    }

    @Test
    void a_chunk_that_is_none_gets_nothing() {
        var answer = server.raw("POST /v1/tokens HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer " + token
                + "\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n");
        assertThat(answer.isEmpty() ? 400 : status(answer)).isEqualTo(400);
    }
}
