package dev.countermark.server.tokens;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countermark.server.RunningServer;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class TokensApiTest {

    private final RunningServer server = RunningServer.shared();
    private final String admin = server.adminToken();

    private JsonNode issue(String json) {
        var answer = server.post("/v1/tokens", admin, json);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        return RunningServer.json(answer);
    }

    private static String subject() {
        return "s-" + UUID.randomUUID();
    }

    @Test
    void a_subject_is_enough_to_issue_a_token() {
        var answer = server.post("/v1/tokens", admin, "{\"subject\":\"alice\"}");
        assertThat(answer.statusCode()).isEqualTo(201);
        var token = RunningServer.json(answer);
        assertThat(answer.headers().firstValue("Location"))
                .hasValue("/v1/tokens/" + token.get("id").stringValue());
        assertThat(token.get("subject").stringValue()).isEqualTo("alice");
        assertThat(token.get("scopes").isEmpty()).isTrue();
        var issuedAt = Instant.parse(token.get("issued_at").stringValue());
        assertThat(token.get("issued_at").stringValue()).endsWith("Z");
        assertThat(Duration.between(
                        issuedAt, Instant.parse(token.get("expires_at").stringValue())))
                .isEqualTo(Duration.ofDays(90));
        var verified = server.get("/verify", token.get("token").stringValue());
        assertThat(verified.statusCode()).isEqualTo(200);
    }

    @Test
    void everything_that_can_be_asked_for_is_in_the_record() {
        var issued =
                issue("{\"subject\":\"bob\",\"name\":\"nightly\",\"scopes\":[\"b:write\",\"a:read\"],\"expires_in\":60,"
                        + "\"metadata\":{\"team\":\"core\"}}");
        var shown =
                RunningServer.json(server.get("/v1/tokens/" + issued.get("id").stringValue(), admin));
        assertThat(shown.has("token")).isFalse();
        assertThat(shown.get("name").stringValue()).isEqualTo("nightly");
        assertThat(shown.get("scopes").toString()).isEqualTo("[\"a:read\",\"b:write\"]");
        assertThat(shown.get("metadata").toString()).isEqualTo("{\"team\":\"core\"}");
        assertThat(shown.get("state").stringValue()).isEqualTo("active");
        assertThat(Duration.between(
                        Instant.parse(shown.get("issued_at").stringValue()),
                        Instant.parse(shown.get("expires_at").stringValue())))
                .isEqualTo(Duration.ofSeconds(60));
    }

    @Test
    void a_list_comes_in_pages_that_hold_each_token_once() {
        var subject = subject();
        var ids = new HashSet<String>();
        for (int i = 0; i < 5; i++) {
            ids.add(issue("{\"subject\":\"" + subject + "\"}").get("id").stringValue());
        }
        var seen = new HashSet<String>();
        var path = "/v1/tokens?limit=2&subject=" + subject;
        int pages = 0;
        for (var next = path; next != null; pages++) {
            var page = RunningServer.json(server.get(next, admin));
            page.get("tokens")
                    .forEach(token ->
                            assertThat(seen.add(token.get("id").stringValue())).isTrue());
            next = page.has("next_cursor")
                    ? path + "&cursor=" + page.get("next_cursor").stringValue()
                    : null;
        }
        assertThat(seen).isEqualTo(ids);
        assertThat(pages).isEqualTo(3);
    }

    @Test
    void a_list_can_be_of_one_state() {
        var subject = subject();
        var kept = issue("{\"subject\":\"" + subject + "\"}").get("id").stringValue();
        var gone = issue("{\"subject\":\"" + subject + "\"}").get("id").stringValue();
        assertThat(server.ask("DELETE", "/v1/tokens/" + gone, admin, null).statusCode())
                .isEqualTo(204);
        var active = RunningServer.json(server.get("/v1/tokens?state=active&subject=" + subject, admin));
        assertThat(active.get("tokens").size()).isEqualTo(1);
        assertThat(active.get("tokens").get(0).get("id").stringValue()).isEqualTo(kept);
        var revoked = RunningServer.json(server.get("/v1/tokens?state=revoked&subject=" + subject, admin));
        assertThat(revoked.get("tokens").get(0).get("id").stringValue()).isEqualTo(gone);
    }

    @Test
    void a_revoked_token_is_refused_at_once_and_revoking_twice_does_no_harm() {
        var issued = issue("{\"subject\":\"alice\"}");
        var path = "/v1/tokens/" + issued.get("id").stringValue();
        var confirmation = server.ask("DELETE", path + "?wait=true", admin, null);
        assertThat(confirmation.statusCode()).isEqualTo(200);
        assertThat(confirmation.body()).isEqualTo("{\"confirmed\":1,\"live\":1}");
        assertThat(server.get("/verify", issued.get("token").stringValue()).statusCode())
                .isEqualTo(401);
        assertThat(server.ask("DELETE", path, admin, null).statusCode()).isEqualTo(204);
        assertThat(RunningServer.json(server.get(path, admin)).get("state").stringValue())
                .isEqualTo("revoked");
    }

    @Test
    void a_rotated_token_has_one_successor_and_goes_on_during_the_overlap() {
        var first = issue("{\"subject\":\"alice\",\"scopes\":[\"a:read\"]}");
        var rotate = "/v1/tokens/" + first.get("id").stringValue() + "/rotate";
        var answer = server.post(rotate, admin, "{\"overlap\":600}");
        assertThat(answer.statusCode()).isEqualTo(201);
        var second = RunningServer.json(answer);
        assertThat(second.get("replaces").stringValue())
                .isEqualTo(first.get("id").stringValue());
        assertThat(second.get("scopes").toString()).isEqualTo("[\"a:read\"]");
        assertThat(server.get("/verify", first.get("token").stringValue()).statusCode())
                .isEqualTo(200);
        assertThat(server.get("/verify", second.get("token").stringValue()).statusCode())
                .isEqualTo(200);
        var again = server.post(rotate, admin, "{\"overlap\":600}");
        assertThat(again.statusCode()).isEqualTo(409);
        assertThat(RunningServer.json(again).get("type").stringValue()).isEqualTo("urn:countermark:already-rotated");
    }

    @Test
    void without_an_overlap_the_old_token_is_refused_and_without_a_body_it_goes_on_for_an_hour() {
        var first = issue("{\"subject\":\"alice\"}");
        server.post("/v1/tokens/" + first.get("id").stringValue() + "/rotate", admin, "{\"overlap\":0}");
        assertThat(server.get("/verify", first.get("token").stringValue()).statusCode())
                .isEqualTo(401);
        var other = issue("{\"subject\":\"alice\"}");
        var path = "/v1/tokens/" + other.get("id").stringValue();
        assertThat(server.ask("POST", path + "/rotate", admin, null).statusCode())
                .isEqualTo(201);
        assertThat(Instant.parse(RunningServer.json(server.get(path, admin))
                        .get("ends_at")
                        .stringValue()))
                .isBetween(
                        Instant.now().plus(Duration.ofMinutes(59)),
                        Instant.now().plus(Duration.ofMinutes(61)));
    }

    @Test
    void ids_that_are_none_and_ids_of_nobody_are_not_found() {
        for (var id : new String[] {"abc", "0123456789abcdef0123456789abcdef", "%C3%A4", "0"}) {
            HttpResponse<String> shown = server.get("/v1/tokens/" + id, admin);
            assertThat(shown.statusCode()).as(id).isEqualTo(404);
            assertThat(server.ask("DELETE", "/v1/tokens/" + id, admin, null).statusCode())
                    .isEqualTo(404);
            assertThat(server.post("/v1/tokens/" + id + "/rotate", admin, "{}").statusCode())
                    .isEqualTo(404);
        }
    }
}
