package dev.countermark.server.tokens;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countermark.server.RunningServer;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

class IdempotencyTest {

    private final RunningServer server = RunningServer.shared();
    private final String admin = server.adminToken();

    private HttpResponse<String> post(String path, String key, String json) {
        return server.send(HttpRequest.newBuilder(server.uri(path))
                .header("Authorization", "Bearer " + admin)
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", key)
                .POST(BodyPublishers.ofString(json))
                .build());
    }

    private static String text(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        return RunningServer.json(answer).get("token").stringValue();
    }

    @Test
    void a_repeated_request_gets_the_same_text() {
        var key = UUID.randomUUID().toString();
        var first = text(post("/v1/tokens", key, "{\"subject\":\"a\",\"scopes\":[\"x\",\"y\"]}"));
        assertThat(text(post("/v1/tokens", key, "{\"scopes\":[\"y\",\"x\"],\"subject\":\"a\"}")))
                .isEqualTo(first);
    }

    @Test
    void requests_at_the_same_time_get_the_same_text() throws Exception {
        var key = UUID.randomUUID().toString();
        var pool = Executors.newFixedThreadPool(8);
        try {
            var calls = new ArrayList<Callable<String>>();
            for (int i = 0; i < 16; i++) {
                calls.add(() -> text(post("/v1/tokens", key, "{\"subject\":\"a\"}")));
            }
            var first = text(post("/v1/tokens", key, "{\"subject\":\"a\"}"));
            for (var answer : pool.invokeAll(calls)) {
                assertThat(answer.get()).isEqualTo(first);
            }
        } finally {
            pool.shutdown();
        }
    }

    @Test
    void another_request_with_the_same_key_is_refused() {
        var key = UUID.randomUUID().toString();
        text(post("/v1/tokens", key, "{\"subject\":\"a\"}"));
        var other = post("/v1/tokens", key, "{\"subject\":\"b\"}");
        assertThat(other.statusCode()).isEqualTo(422);
        assertThat(RunningServer.json(other).get("type").stringValue())
                .isEqualTo("urn:countermark:idempotency-key-reused");
    }

    @Test
    void a_repeated_rotation_gets_the_same_successor() {
        var id = RunningServer.json(server.post("/v1/tokens", admin, "{\"subject\":\"a\"}"))
                .get("id")
                .stringValue();
        var key = UUID.randomUUID().toString();
        var path = "/v1/tokens/" + id + "/rotate";
        assertThat(text(post(path, key, "{}"))).isEqualTo(text(post(path, key, "{}")));
    }

    @Test
    void keys_have_1_to_200_characters() {
        assertThat(post("/v1/tokens", "", "{\"subject\":\"a\"}").statusCode()).isEqualTo(400);
        assertThat(post("/v1/tokens", "k".repeat(201), "{\"subject\":\"a\"}").statusCode())
                .isEqualTo(400);
    }
}
