package dev.countermark.server.tokens;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countermark.apitokens.AuditQuery;
import dev.countermark.server.RunningServer;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StrictBodiesTest {

    private final RunningServer server = RunningServer.shared();
    private final String admin = server.adminToken();

    private long lastChange() {
        return server.tokens().audit(AuditQuery.all().limit(1)).items().get(0).number();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "\"alice\"",
                "{",
                "{'subject':'a'}",
                "{\"subject\":\"a\"} {}",
                "{\"subject\":\"a\",\"subject\":\"b\"}",
                "{}",
                "{\"subject\":null}",
                "{\"subject\":\"\"}",
                "{\"subject\":5}",
                "{\"subject\":true}",
                "{\"subject\":[\"a\"]}",
                "{\"subject\":{}}",
                "{\"Subject\":\"a\"}",
                "{\"subject\":\"a\\u0000\"}",
                "{\"subject\":\"a\\nb\"}",
                "{\"subject\":\"\\ud800\"}",
                "{\"subject\":\"a\",\"admin\":true}",
                "{\"subject\":\"a\",\"name\":1}",
                "{\"subject\":\"a\",\"expires_in\":\"60\"}",
                "{\"subject\":\"a\",\"expires_in\":\"\"}",
                "{\"subject\":\"a\",\"expires_in\":60.0}",
                "{\"subject\":\"a\",\"expires_in\":1e2}",
                "{\"subject\":\"a\",\"expires_in\":true}",
                "{\"subject\":\"a\",\"expires_in\":0}",
                "{\"subject\":\"a\",\"expires_in\":-1}",
                "{\"subject\":\"a\",\"expires_in\":31536001}",
                "{\"subject\":\"a\",\"expires_in\":9223372036854775808}",
                "{\"subject\":\"a\",\"expiresIn\":60}",
                "{\"subject\":\"a\",\"scopes\":\"b\"}",
                "{\"subject\":\"a\",\"scopes\":\"\"}",
                "{\"subject\":\"a\",\"scopes\":{}}",
                "{\"subject\":\"a\",\"scopes\":[1]}",
                "{\"subject\":\"a\",\"scopes\":[null]}",
                "{\"subject\":\"a\",\"scopes\":[\"b c\"]}",
                "{\"subject\":\"a\",\"scopes\":[\"b\",\"b\"]}",
                "{\"subject\":\"a\",\"metadata\":[]}",
                "{\"subject\":\"a\",\"metadata\":\"\"}",
                "{\"subject\":\"a\",\"metadata\":{\"k\":1}}",
                "{\"subject\":\"a\",\"metadata\":{\"k\":null}}",
                "{\"subject\":\"a\",\"metadata\":{\"k\":{}}}"
            })
    void a_body_that_is_not_exactly_as_described_issues_nothing(String body) {
        long before = lastChange();
        var answer = server.post("/v1/tokens", admin, body);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(RunningServer.json(answer).get("detail").stringValue()).isNotBlank();
        assertThat(lastChange()).isEqualTo(before);
    }

    @Test
    void a_deep_body_is_refused() {
        var answer = server.post(
                "/v1/tokens",
                admin,
                "{\"subject\":\"a\",\"metadata\":" + "[".repeat(30_000) + "]".repeat(30_000) + "}");
        assertThat(answer.statusCode()).isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"overlap\":\"60\"}", "{\"overlap\":-1}", "{\"overlap\":2592001}", "{\"other\":1}", "[]"})
    void a_rotation_is_asked_for_exactly(String body) {
        var id = RunningServer.json(server.post("/v1/tokens", admin, "{\"subject\":\"a\"}"))
                .get("id")
                .stringValue();
        long before = lastChange();
        assertThat(server.post("/v1/tokens/" + id + "/rotate", admin, body).statusCode())
                .isEqualTo(400);
        assertThat(lastChange()).isEqualTo(before);
    }

    @Test
    void a_body_is_json_and_says_so() {
        for (var type : new String[] {"application/x-www-form-urlencoded", "text/plain", "application/xml"}) {
            var answer = server.send(HttpRequest.newBuilder(server.uri("/v1/tokens"))
                    .header("Authorization", "Bearer " + admin)
                    .header("Content-Type", type)
                    .POST(BodyPublishers.ofString("{\"subject\":\"a\"}"))
                    .build());
            assertThat(answer.statusCode()).as(type).isEqualTo(415);
            assertThat(RunningServer.json(answer).get("detail").stringValue())
                    .isEqualTo("send the body with the header Content-Type: application/json");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"subject\":5}|the member subject is a text",
                "{\"subject\":\"a\",\"scopes\":\"b\"}|the member scopes is a list",
                "{\"subject\":\"a\",\"scopes\":[1]}|the member scopes is of another type",
                "{\"subject\":\"a\",\"expires_in\":\"60\"}|the member expires_in is a whole number",
                "{\"subject\":\"a\",\"metadata\":[]}|the member metadata is an object",
            })
    void a_member_of_another_type_hears_what_it_is(String body, String detail) {
        assertThat(RunningServer.json(server.post("/v1/tokens", admin, body))
                        .get("detail")
                        .stringValue())
                .startsWith(detail);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "subjct=a",
                "subject=a&subject=b",
                "limit=x",
                "limit=0",
                "limit=1001",
                "limit=1.5",
                "limit=0x10",
                "limit=+5",
                "limit=99999999999",
                "state=ACTIVE",
                "state=",
                "cursor=zz",
                "cursor=1-2",
                "offset=5",
                "subject=%ED%A0%80",
                "subject=%FF",
                "%C0%AF=1"
            })
    void a_query_is_known_or_refused(String query) {
        var answer = server.get("/v1/tokens?" + query, admin);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"yes", "1", "TRUE", "on"})
    void waiting_is_true_or_false_and_nothing_is_revoked_otherwise(String wait) {
        var token = server.token("waiting");
        var id = server.tokens().verify(token).id();
        for (var answer : List.of(
                server.ask("DELETE", "/v1/tokens/" + id + "?wait=" + wait, admin, null),
                server.post("/v1/revocations?wait=" + wait, admin, "{\"token\":\"" + token + "\"}"))) {
            assertThat(answer.statusCode()).isEqualTo(400);
        }
        assertThat(server.get("/verify", token).statusCode()).isEqualTo(200);
    }

    @Test
    void a_wrong_method_is_told_the_right_ones() {
        for (var method : new String[] {"PUT", "PATCH", "DELETE"}) {
            var answer = server.ask(method, "/v1/tokens", admin, "{}");
            assertThat(answer.statusCode()).as(method).isEqualTo(405);
            assertThat(answer.headers().firstValue("Allow")).get().asString().contains("POST", "GET");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v1/tokens", "/v1/revocations"})
    void a_form_with_control_characters_in_a_name_is_refused(String path) {
        for (var form : List.of("//c\n{}", "a%00b=c", "\u0001")) {
            var answer = server.send(HttpRequest.newBuilder(server.uri(path))
                    .header("Authorization", "Bearer " + admin)
                    .header("Content-Type", "application/x-www-form-urlencoded")
                    .POST(BodyPublishers.ofString(form))
                    .build());
            assertThat(answer.statusCode()).isBetween(400, 499);
        }
    }
}
