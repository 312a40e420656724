package dev.countermark.server.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countermark.apitokens.AuditQuery;
import dev.countermark.apitokens.IssueRequest;
import dev.countermark.server.RunningServer;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.web.util.HtmlUtils;

/** The admin page over HTTP: what its lists show, and what hostile input does. */
class AdminPageTest {

    private static final RunningServer server = RunningServer.shared();

    private static Visitor admin() {
        return Visitor.with(server, server.adminToken());
    }

    @Test
    void a_text_is_told_for_what_it_is_and_not_repeated() {
        var visitor = admin();
        var good = server.token("carol");
        var revoked = server.token("carol");
        server.tokens().revokeText(revoked);
        visitor.get("/admin/inspect");
        for (var expected : Map.of(good, ">Valid<", revoked, ">Revoked<", good + "x", ">Rejected<", "<b>", ">Rejected<")
                .entrySet()) {
            var answer = visitor.post("/admin/inspect", Map.of("token", expected.getKey()));
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.body()).contains(expected.getValue()).doesNotContain(expected.getKey());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<script>alert(1)</script>",
                "\"><img src=x onerror=alert(1)>",
                "' onfocus='alert(1)' autofocus='",
                "</textarea></title></style><svg/onload=alert(1)>",
                "{{subject}}{{{subject}}}",
                "javascript:alert(1)",
                "a\u202Eb\u2066c\u200Bd\u00ADe\uFEFFf\u061C",
                "\uD83D\uDE00\uDB40\uDC41\u3164\u2800"
            })
    void hostile_text_is_shown_and_does_nothing(String hostile) {
        var issued = server.tokens()
                .issue(IssueRequest.forSubject(hostile)
                        .name(hostile)
                        .metadata(hostile, hostile + "\u001B[31m\r\n\u0007"));
        var id = issued.token().id();
        var q = Visitor.encoded(hostile);
        var visitor = admin();
        for (var path : List.of(
                "/admin/tokens?q=" + q,
                "/admin/tokens/" + id,
                "/admin/tokens/" + id + "/revoke",
                "/admin/tokens/" + id + "/rotate",
                "/admin/tokens/" + id + "/text",
                "/admin/tokens/new?subject=" + q,
                "/admin/tokens/revoke-subject?subject=" + q,
                "/admin/audit?q=" + q)) {
            var answer = visitor.get(path);
            assertThat(answer.statusCode()).isEqualTo(200);
            var values = answer.body().replaceAll("value=\"[^\"]*\"", "");
            assertThat(values)
                    .doesNotContain("<script>", "<img src=x", "<svg/", " onfocus='", "</textarea></title>")
                    .doesNotContainPattern("[\\p{Cc}\\p{Cf}\\p{Co}&&[^\\n]]")
                    .doesNotContain("\u3164", "\u2800");
            // An attribute cannot be left: every quote and angle bracket in it is written out.
            assertThat(answer.body()).doesNotContainPattern("value=\"[^\"]*[<>'][^\"]*\"");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/admin/tokens?cursor=x",
                "/admin/audit?cursor=%00",
                "/admin/tokens?q=%00",
                "/admin/tokens?q=%ED%A0%80",
                "/admin/tokens?state=%3Cb%3E",
                "/admin/tokens?q=cm_eyJhbGciOiJub25lIn0",
                "/admin/tokens/..%2f..%2fetc",
                "/admin/tokens/%00",
                "/admin/tokens/nothing/revoke",
                "/admin/tokens/revoke-subject",
                "/admin/tokens/revoke-subject?subject=%0A",
                "/admin/audit?q=%0A%0D",
                "/admin/files/../tokens"
            })
    void hostile_addresses_are_answered_without_an_error_of_ours(String path) {
        var answer = admin().get(path);
        assertThat(answer.statusCode()).isLessThan(500);
        assertThat(answer.body()).doesNotContain("Exception", "<b>", "cm_eyJhbGciOiJub25lIn0");
    }

    @Test
    void lists_come_in_parts_that_hold_everything_once() {
        for (int i = 0; i < 120; i++) {
            server.tokens().issue(IssueRequest.forSubject("many").name("number " + i));
        }
        var visitor = admin();
        var found = new HashSet<String>();
        var path = "/admin/tokens?q=many&state=active";
        int pages = 0;
        while (path != null) {
            var body = visitor.get(path).body();
            Pattern.compile("number [0-9]+")
                    .matcher(body)
                    .results()
                    .forEach(name -> assertThat(found.add(name.group())).isTrue());
            var next = Pattern.compile("rel=\"next\" href=\"([^\"]*)\"").matcher(body);
            path = next.find() ? HtmlUtils.htmlUnescape(next.group(1)) : null;
            pages++;
        }
        assertThat(found).hasSize(120);
        assertThat(pages).isEqualTo(3);
    }

    @Test
    void an_id_leads_to_its_token_and_a_token_in_the_wrong_field_is_warned_of() {
        var visitor = admin();
        var issued = server.tokens().issue(IssueRequest.forSubject("found"));
        assertThat(Visitor.location(
                        visitor.get("/admin/tokens?q=" + issued.token().id())))
                .isEqualTo("/admin/tokens/" + issued.token().id());
        var answer = visitor.get("/admin/tokens?q=" + issued.text());
        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(answer.body()).contains("history").doesNotContain(issued.text());
    }

    @Test
    void keys_nodes_and_audit_are_shown_without_any_secret() {
        var token = server.adminToken();
        var visitor = Visitor.with(server, token);
        var fingerprint = server.tokens().keyFingerprints().get(0);
        assertThat(visitor.get("/admin/keys").body()).contains(fingerprint, "Primary", "1 of 1");
        assertThat(visitor.get("/admin/nodes").body()).contains("Feed number", "Lease", "Lag", ">Live<");
        var audit = visitor.get("/admin/audit").body();
        assertThat(audit).contains(">Logged in<", ">Issued<").doesNotContain("cm_eyJ");
        var id = server.tokens().verify(token).id();
        assertThat(visitor.get("/admin/audit?q=" + id).body())
                .contains(">Issued<")
                .doesNotContain(">Logged in<");
        assertThat(server.tokens()
                        .audit(AuditQuery.all().subject(PageSessions.SUBJECT + id))
                        .items())
                .singleElement()
                .satisfies(entry -> assertThat(entry.actor()).isEqualTo("page " + id));
    }
}
