package dev.countermark.server.tokens;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countermark.apitokens.ApiTokens;
import dev.countermark.apitokens.AuditQuery;
import dev.countermark.apitokens.IssueRequest;
import dev.countermark.server.RunningServer;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An administrator gives administration and introspection; no session of the page in another administrator's name. */
class ReservedScopesTest {

    private final RunningServer server = RunningServer.shared();
    private final String admin = server.adminToken();

    private long lastChange() {
        return server.tokens().audit(AuditQuery.all().limit(1)).items().get(0).number();
    }

    private static String body(String scope) {
        return "{\"subject\":\"alice\",\"scopes\":[\"a:read\",\"" + scope + "\"]}";
    }

    @ParameterizedTest
    @ValueSource(strings = {"countermark:page", "countermark:", "countermark:admn", "countermark:admin:x"})
    void a_scope_of_the_services_own_is_given_to_nobody(String scope) {
        long before = lastChange();
        var answer = server.post("/v1/tokens", admin, body(scope));

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(RunningServer.json(answer).get("detail").stringValue())
                .isEqualTo("of the scopes that begin with countermark: there are countermark:admin and"
                        + " countermark:introspect to give");
        assertThat(lastChange()).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "countermark:admin",
                "countermark:introspect",
                "countermark",
                "Countermark:page",
                "x:countermark:y"
            })
    void administration_and_introspection_are_given_as_every_other_scope(String scope) {
        assertThat(server.post("/v1/tokens", admin, body(scope)).statusCode()).isEqualTo(201);
    }

    @Test
    void a_session_of_the_page_is_not_rotated() {
        var opener = server.tokens()
                .issue(IssueRequest.forSubject("s-" + UUID.randomUUID()).scopes(ApiTokens.ADMIN_SCOPE));
        var session = server.tokens()
                .issue(IssueRequest.forSubject(
                                "countermark:page:" + opener.token().id())
                        .scopes("countermark:page"));
        long before = lastChange();
        var path = "/v1/tokens/" + session.token().id();
        var answer = server.post(path + "/rotate", admin, "{}");

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("it is not rotated").doesNotContain("\"token\"");
        assertThat(lastChange()).isEqualTo(before);
        assertThat(server.ask("DELETE", path, admin, null).statusCode()).isEqualTo(204);
    }
}
