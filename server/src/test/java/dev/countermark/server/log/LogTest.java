package dev.countermark.server.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countermark.server.RunningServer;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class LogTest {

    @Test
    void every_line_is_a_json_object_and_names_tokens_by_their_id_alone() {
        var server = RunningServer.shared();
        var admin = server.adminToken();
        var subject = "private-" + UUID.randomUUID();
        var bytes = new ByteArrayOutputStream();
        var before = System.err;
        System.setErr(new PrintStream(bytes, true, StandardCharsets.UTF_8));
        String text;
        String id;
        try {
            var issued = RunningServer.json(server.post(
                    "/v1/tokens", admin, "{\"subject\":\"" + subject + "\",\"name\":\"name-of-" + subject + "\"}"));
            text = issued.get("token").stringValue();
            id = issued.get("id").stringValue();
            server.get("/verify", text + "x");
            server.post("/v1/tokens", admin, "{\"subject\":\"" + subject + "\",\"" + subject + "\":1}");
            server.get("/v1/tokens?" + subject + "=1", admin);
            server.get("/v1/tokens/" + subject, admin);
            server.ask("DELETE", "/v1/tokens/" + id, admin, null);
            server.post("/v1/revocations", admin, "{\"subject\":\"" + subject + "\"}");
            server.raw("GET http:///" + subject + " HTTP/1.1\r\nHost: [" + subject + "\r\nConnection: close\r\n\r\n");
        } finally {
            System.setErr(before);
        }
        var log = bytes.toString(StandardCharsets.UTF_8);
        assertThat(log).contains(id, "token issued", "token revoked", "all tokens of a subject revoked");
        assertThat(log).doesNotContain(text, admin, subject);
        log.lines()
                .forEach(line -> assertThat(JsonMapper.shared().readTree(line).isObject())
                        .as(line)
                        .isTrue());
    }
}
