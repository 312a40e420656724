package dev.countermark.server.tokens;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countermark.apitokens.AuditQuery;
import dev.countermark.apitokens.IssueRequest;
import dev.countermark.apitokens.IssuedToken;
import dev.countermark.server.RunningServer;
import java.net.http.HttpResponse;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What a token without the admin scope sees and may do. */
class VisibilityTest {

    private static final String NOBODY = "0123456789abcdef0123456789abcdef";

    private final RunningServer server = RunningServer.shared();
    private final IssuedToken mine = issue("me-" + UUID.randomUUID());
    private final IssuedToken alsoMine = issue(mine.token().subject());
    private final IssuedToken others = issue("other-" + UUID.randomUUID());

    private IssuedToken issue(String subject) {
        return server.tokens().issue(IssueRequest.forSubject(subject).scopes("a:read"));
    }

    private static String path(IssuedToken token) {
        return "/v1/tokens/" + token.token().id();
    }

    /** Everything but the date. */
    private static String whole(HttpResponse<String> answer) {
        var headers = new java.util.TreeMap<>(answer.headers().map());
        headers.remove("date");
        return answer.statusCode() + " " + headers + " " + answer.body();
    }

    @Test
    void a_token_lists_its_subjects_tokens_and_no_others() {
        var own = RunningServer.json(server.get("/v1/tokens", mine.text())).get("tokens");
        assertThat(own.size()).isEqualTo(2);
        assertThat(own.valueStream().map(token -> token.get("subject").stringValue()))
                .containsOnly(mine.token().subject());
        var theirs = server.get("/v1/tokens?subject=" + others.token().subject(), mine.text());
        var nobodys = server.get("/v1/tokens?subject=nobody", mine.text());
        assertThat(whole(theirs)).isEqualTo(whole(nobodys));
        assertThat(theirs.body()).isEqualTo("{\"tokens\":[]}");
    }

    @Test
    void another_subjects_id_is_answered_as_one_that_is_not_there() {
        for (var method : new String[] {"GET", "DELETE", "HEAD", "PUT"}) {
            var theirs = server.ask(method, path(others), mine.text(), null);
            var nobodys = server.ask(method, "/v1/tokens/" + NOBODY, mine.text(), null);
            assertThat(whole(theirs)).as(method).isEqualTo(whole(nobodys));
        }
        assertThat(server.get(path(others), mine.text()).statusCode()).isEqualTo(404);
        var rotated = server.post(path(others) + "/rotate", mine.text(), "{}");
        assertThat(rotated.statusCode()).isEqualTo(403);
        assertThat(whole(rotated)).isEqualTo(whole(server.post("/v1/tokens/" + NOBODY + "/rotate", mine.text(), "{}")));
        assertThat(server.get("/verify", others.text()).statusCode()).isEqualTo(200);
    }

    @Test
    void a_token_shows_its_subjects_tokens_and_revokes_itself_only() {
        assertThat(server.get(path(alsoMine), mine.text()).statusCode()).isEqualTo(200);
        assertThat(server.ask("DELETE", path(alsoMine), mine.text(), null).statusCode())
                .isEqualTo(403);
        assertThat(server.get("/verify", alsoMine.text()).statusCode()).isEqualTo(200);
        assertThat(server.ask("DELETE", path(mine), mine.text(), null).statusCode())
                .isEqualTo(204);
        assertThat(server.get("/v1/tokens", mine.text()).statusCode()).isEqualTo(401);
    }

    @Test
    void revocations_by_text_are_for_oneself_and_by_subject_for_admins() {
        var theirs = server.post("/v1/revocations", mine.text(), "{\"token\":\"" + others.text() + "\"}");
        var forged = server.post("/v1/revocations", mine.text(), "{\"token\":\"cm_x\"}");
        assertThat(theirs.statusCode()).isEqualTo(403);
        assertThat(whole(theirs)).isEqualTo(whole(forged));
        assertThat(server.post(
                                "/v1/revocations",
                                mine.text(),
                                "{\"subject\":\"" + mine.token().subject() + "\"}")
                        .statusCode())
                .isEqualTo(403);
        assertThat(server.get("/verify", others.text()).statusCode()).isEqualTo(200);
        assertThat(server.post("/v1/revocations", mine.text(), "{\"token\":\"" + mine.text() + "\"}")
                        .statusCode())
                .isEqualTo(204);
        assertThat(server.get("/verify", mine.text()).statusCode()).isEqualTo(401);
    }

    @Test
    void the_rest_is_for_admins_and_a_refusal_comes_before_the_body_is_looked_at() {
        long before =
                server.tokens().audit(AuditQuery.all().limit(1)).items().get(0).number();
        for (var path : new String[] {"/v1/keys", "/v1/audit", "/v1/nodes"}) {
            assertThat(server.get(path, mine.text()).statusCode()).as(path).isEqualTo(403);
            assertThat(server.get(path, null).statusCode()).as(path).isEqualTo(401);
        }
        var refused = server.post("/v1/tokens", mine.text(), "{\"subject\":\"a\"}");
        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(refused.body()).isEqualTo("{\"type\":\"about:blank\",\"title\":\"Forbidden\",\"status\":403}");
        assertThat(whole(server.post("/v1/tokens", mine.text(), "nonsense"))).isEqualTo(whole(refused));
        assertThat(server.tokens()
                        .audit(AuditQuery.all().limit(1))
                        .items()
                        .get(0)
                        .number())
                .isEqualTo(before);
    }

    @Test
    void an_admin_sees_everybodys_and_revokes_a_subject() {
        var admin = server.adminToken();
        assertThat(server.get(path(others), admin).statusCode()).isEqualTo(200);
        assertThat(server.post(
                                "/v1/revocations?wait=true",
                                admin,
                                "{\"subject\":\"" + mine.token().subject() + "\"}")
                        .body())
                .isEqualTo("{\"confirmed\":1,\"live\":1}");
        assertThat(server.get("/verify", mine.text()).statusCode()).isEqualTo(401);
        assertThat(server.get("/verify", alsoMine.text()).statusCode()).isEqualTo(401);
        assertThat(server.get("/verify", others.text()).statusCode()).isEqualTo(200);
        var audit = RunningServer.json(
                server.get("/v1/audit?limit=1&subject=" + mine.token().subject(), admin));
        assertThat(audit.get("entries").get(0).get("action").stringValue()).isEqualTo("subject_revoked");
        assertThat(audit.get("entries").get(0).get("actor").stringValue()).startsWith("token ");
    }

    @Test
    void a_revocation_names_a_token_or_a_subject() {
        var admin = server.adminToken();
        for (var body : new String[] {"{}", "{\"token\":\"a\",\"subject\":\"b\"}", "{\"id\":\"a\"}"}) {
            assertThat(server.post("/v1/revocations", admin, body).statusCode())
                    .as(body)
                    .isEqualTo(400);
        }
        assertThat(server.post("/v1/revocations", admin, "{\"token\":\"cm_forged\"}")
                        .statusCode())
                .isEqualTo(404);
    }
}
