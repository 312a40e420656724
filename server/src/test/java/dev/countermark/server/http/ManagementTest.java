package dev.countermark.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countermark.server.RunningServer;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;

class ManagementTest {

    private final RunningServer server = RunningServer.shared();

    private HttpResponse<String> ask(String path) {
        return server.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.managementPort() + path))
                .build());
    }

    @Test
    void health_and_readiness_tell_the_state_and_nothing_else() {
        for (var path : new String[] {"", "/liveness", "/readiness"}) {
            var answer = ask("/actuator/health" + path);
            assertThat(answer.statusCode()).as(path).isEqualTo(200);
            var health = RunningServer.json(answer);
            assertThat(health.get("status").stringValue()).isEqualTo("UP");
            assertThat(health.propertyNames()).isSubsetOf("status", "groups");
        }
    }

    @Test
    void metrics_count_checks_by_their_outcome_and_know_no_token() {
        var token = server.token("metered");
        server.get("/verify", token);
        server.get("/verify", "nonsense");
        var metrics = ask("/actuator/prometheus");
        assertThat(metrics.statusCode()).isEqualTo(200);
        assertThat(metrics.body())
                .contains(
                        "countermark_check_total{outcome=\"valid\"}",
                        "countermark_check_total{outcome=\"rejected\"}",
                        "countermark_revocation_lag_seconds",
                        "countermark_lease_remaining_seconds",
                        "countermark_feed_number",
                        "countermark_revocations",
                        "jvm_memory_used_bytes",
                        "http_server_requests_seconds_count")
                .doesNotContain(token, "metered");
    }

    @Test
    void nothing_else_is_there_and_the_headers_are_those_of_the_service() {
        for (var path : new String[] {"/actuator/env", "/actuator/heapdump", "/actuator/beans", "/v1/keys", "/"}) {
            var answer = ask(path);
            assertThat(answer.statusCode()).as(path).isIn(401, 404);
            assertThat(answer.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
            assertThat(answer.headers().firstValue("Server")).isEmpty();
        }
        assertThat(server.get("/actuator/health", null).statusCode()).isEqualTo(404);
        assertThat(server.get("/actuator/prometheus", server.adminToken()).statusCode())
                .isEqualTo(404);
    }
}
