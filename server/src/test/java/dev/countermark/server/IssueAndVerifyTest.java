package dev.countermark.server;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class IssueAndVerifyTest {

    private static RunningServer server;

    @BeforeAll
    static void start() {
        server = RunningServer.start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void a_token_issued_over_http_is_verified_over_http() {
        var issued = server.post("/v1/tokens", server.adminToken(), "{\"subject\":\"alice\"}");
        assertThat(issued.statusCode()).isEqualTo(201);
        var verified =
                server.get("/verify", RunningServer.json(issued).get("token").stringValue());
        assertThat(verified.statusCode()).isEqualTo(200);
        assertThat(verified.headers().firstValue("X-Auth-Subject")).hasValue("alice");
    }

    @Test
    void without_a_token_nothing_is_issued() {
        assertThat(server.post("/v1/tokens", null, "{\"subject\":\"alice\"}").statusCode())
                .isEqualTo(401);
        assertThat(server.post("/v1/tokens", server.token("alice"), "{\"subject\":\"alice\"}")
                        .statusCode())
                .isEqualTo(403);
    }
}
