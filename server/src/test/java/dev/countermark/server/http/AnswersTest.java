package dev.countermark.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countermark.server.RunningServer;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What every answer has, and the constant ones. */
class AnswersTest {

    private final RunningServer server = RunningServer.shared();
    private final String admin = server.adminToken();

    private List<HttpResponse<String>> answersOfAllKinds() {
        return List.of(
                server.get("/verify", admin),
                server.get("/verify", null),
                server.get("/v1/keys", admin),
                server.get("/v1/keys", null),
                server.get("/v1/keys", server.token("a")),
                server.post("/v1/tokens", admin, "{\"subject\":\"a\"}"),
                server.post("/v1/tokens", admin, "nonsense"),
                server.get("/v1/tokens/none", admin),
                server.get("/nothing", null),
                server.get("/v1/nothing", admin),
                server.ask("PUT", "/v1/tokens", admin, "{}"),
                server.ask("HEAD", "/v1/keys", admin, null),
                server.ask("OPTIONS", "/v1/keys", admin, null),
                server.get("/v1/tokens;a=b", admin),
                server.get("/v1/tokens%2F", admin),
                server.post("/v1/tokens", admin, "a".repeat(70_000)));
    }

    @Test
    void every_answer_has_the_headers_of_security_and_none_names_the_server() {
        for (var answer : answersOfAllKinds()) {
            var headers = answer.headers();
            var what = answer.request().method() + " " + answer.uri().getPath() + " " + answer.statusCode();
            assertThat(headers.allValues("Content-Security-Policy"))
                    .as(what)
                    .containsExactly("default-src 'none'; frame-ancestors 'none'");
            assertThat(headers.allValues("X-Content-Type-Options")).as(what).containsExactly("nosniff");
            assertThat(headers.allValues("X-Frame-Options")).as(what).containsExactly("DENY");
            assertThat(headers.allValues("Referrer-Policy")).as(what).containsExactly("no-referrer");
            assertThat(headers.allValues("Cache-Control"))
                    .as(what)
                    .singleElement()
                    .asString()
                    .contains("no-store");
            assertThat(headers.firstValue("Server")).as(what).isEmpty();
            assertThat(headers.firstValue("X-Powered-By")).as(what).isEmpty();
            assertThat(headers.firstValue("Set-Cookie")).as(what).isEmpty();
            assertThat(answer.statusCode()).as(what).isLessThan(500);
        }
    }

    @Test
    void every_error_is_a_problem() {
        for (var answer : answersOfAllKinds()) {
            if (answer.statusCode() < 400) {
                continue;
            }
            var what = answer.request().method() + " " + answer.uri().getPath();
            assertThat(answer.headers().firstValue("Content-Type")).as(what).hasValue("application/problem+json");
            var problem = RunningServer.json(answer);
            assertThat(problem.get("type").stringValue()).as(what).isEqualTo("about:blank");
            assertThat(problem.get("status").intValue()).as(what).isEqualTo(answer.statusCode());
            assertThat(problem.get("title").stringValue()).as(what).isNotBlank();
            assertThat(problem.propertyNames()).as(what).isSubsetOf("type", "title", "status", "detail");
        }
    }

    @Test
    void a_refused_token_is_not_told_why() {
        var issued = server.token("a");
        var revoked = server.token("a");
        server.tokens().revokeText(revoked);
        var others = List.of(
                server.get("/v1/tokens", null),
                server.get("/v1/tokens", "nonsense"),
                server.get("/v1/tokens", revoked),
                server.get("/v1/tokens", issued.substring(0, issued.length() - 1)),
                server.get("/verify", revoked),
                server.get("/v1/nothing", null));
        for (var answer : others) {
            assertThat(answer.statusCode()).isEqualTo(401);
            assertThat(answer.body()).isEqualTo("{\"type\":\"about:blank\",\"title\":\"Unauthorized\",\"status\":401}");
            assertThat(answer.headers().allValues("WWW-Authenticate"))
                    .singleElement()
                    .asString()
                    .startsWith("Bearer");
        }
    }
}
