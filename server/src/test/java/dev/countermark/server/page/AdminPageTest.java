package dev.countermark.server.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countermark.apitokens.ApiTokens;
import dev.countermark.apitokens.AuditQuery;
import dev.countermark.apitokens.IssueRequest;
import dev.countermark.apitokens.TokenQuery;
import dev.countermark.apitokens.TokenState;
import dev.countermark.server.RunningServer;
import dev.countermark.server.SharedServer;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.web.util.HtmlUtils;

/** The admin page over HTTP: who gets in, what is kept, and what hostile input does. */
class AdminPageTest {

    private static final Pattern SECRET = Pattern.compile("(cm_eyJ[A-Za-z0-9._-]+)</textarea>");

    private static final RunningServer server = SharedServer.get();

    private static String location(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).isEqualTo(303);
        return answer.headers().firstValue("Location").orElseThrow();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static Visitor admin() {
        return Visitor.with(server, server.adminToken());
    }

    @Test
    void an_admin_token_opens_a_session_whose_cookie_is_neither_the_token_nor_readable() {
        var token = server.adminToken();
        var visitor = new Visitor(server);
        var answer = visitor.login(token);
        assertThat(location(answer)).isEqualTo("/admin/tokens");
        assertThat(answer.headers().allValues("Set-Cookie"))
                .isNotEmpty()
                .allSatisfy(cookie -> assertThat(cookie)
                        .contains("; HttpOnly", "; SameSite=Strict", "; Path=/admin")
                        .doesNotContain(token));
        assertThat(visitor.get("/admin/tokens").statusCode()).isEqualTo(200);
    }

    @Test
    void whatever_is_no_admin_token_gets_one_answer() {
        var revoked = server.adminToken();
        server.tokens().revokeText(revoked);
        var session = admin().cookies.get("countermark");
        var bodies = new HashSet<String>();
        for (var text :
                List.of("", "x", "cm_eyJ.a.b", server.token("alice", "countermark:administrator"), revoked, session)) {
            var visitor = new Visitor(server);
            var answer = visitor.login(text);
            assertThat(answer.statusCode()).isEqualTo(403);
            assertThat(visitor.cookies).containsOnlyKeys("countermark-csrf");
            bodies.add(answer.body().replaceAll("name=\"_csrf\" value=\"[^\"]*\"", ""));
        }
        assertThat(bodies).hasSize(1);
    }

    @Test
    void every_page_needs_a_session_and_says_nothing_without() {
        var id =
                server.tokens().issue(IssueRequest.forSubject("hidden")).token().id();
        for (var path : List.of(
                "",
                "/",
                "/tokens",
                "/tokens/" + id,
                "/tokens/" + id + "/revoke",
                "/tokens/" + id + "/rotate",
                "/tokens/" + id + "/text",
                "/tokens/new",
                "/tokens/revoke-subject?subject=hidden",
                "/inspect",
                "/keys",
                "/nodes",
                "/audit",
                "/nothing")) {
            var answer = new Visitor(server).get("/admin" + path);
            assertThat(location(answer)).isEqualTo("/admin/login");
            assertThat(answer.body()).isEmpty();
        }
    }

    @Test
    void every_answer_forbids_scripts_frames_and_keeping() {
        var visitor = admin();
        for (var path : List.of("/admin/login", "/admin/tokens", "/admin/nothing", "/admin/tokens/new", "/admin")) {
            var headers = visitor.get(path).headers();
            assertThat(headers.allValues("Content-Security-Policy"))
                    .singleElement()
                    .satisfies(policy -> assertThat(policy)
                            .startsWith("default-src 'none'; style-src 'self'; script-src 'self'")
                            .contains("frame-ancestors 'none'", "base-uri 'none'", "form-action 'self'")
                            .doesNotContain("unsafe"));
            assertThat(headers.allValues("Cache-Control")).containsExactly("no-store");
            assertThat(headers.firstValue("Referrer-Policy")).hasValue("no-referrer");
            assertThat(headers.firstValue("X-Content-Type-Options")).hasValue("nosniff");
            assertThat(headers.firstValue("Server")).isEmpty();
        }
    }

    @Test
    void the_files_are_for_everybody_and_for_good() {
        var page = new Visitor(server).get("/admin/login").body();
        var files = Pattern.compile("/admin/files/[0-9a-f]+/[a-z.]+")
                .matcher(page)
                .results()
                .map(found -> found.group());
        assertThat(files.distinct().toList()).hasSize(3).allSatisfy(file -> {
            var answer = new Visitor(server).get(file);
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.headers().allValues("Cache-Control"))
                    .containsExactly("public, max-age=31536000, immutable");
            assertThat(answer.headers().firstValue("Set-Cookie")).isEmpty();
        });
        assertThat(new Visitor(server).get("/admin/files/0/style.css").statusCode())
                .isEqualTo(404);
    }

    @Test
    void a_form_without_its_token_changes_nothing() {
        var visitor = admin();
        var id = server.tokens().issue(IssueRequest.forSubject("kept")).token().id();
        var path = "/admin/tokens/" + id + "/revoke";
        assertThat(visitor.postExactly(path, Map.of()).statusCode()).isEqualTo(403);
        assertThat(visitor.postExactly(path, Map.of("_csrf", "x")).statusCode()).isEqualTo(403);
        var other = admin();
        other.get(path);
        assertThat(visitor.postExactly(path, Map.of("_csrf", other.csrf())).statusCode())
                .isEqualTo(403);
        assertThat(server.tokens().find(id).orElseThrow().state()).isEqualTo(TokenState.ACTIVE);
    }

    @Test
    void another_port_of_this_machine_is_another_origin() {
        var visitor = admin();
        var id = server.tokens().issue(IssueRequest.forSubject("kept")).token().id();
        var path = "/admin/tokens/" + id + "/revoke";
        visitor.get(path);
        var form = Map.of("_csrf", visitor.csrf());
        for (var site : List.of("same-site", "cross-site")) {
            assertThat(visitor.postExactly(path, form, "Sec-Fetch-Site", site).statusCode())
                    .isEqualTo(403);
        }
        assertThat(server.tokens().find(id).orElseThrow().state()).isEqualTo(TokenState.ACTIVE);
        assertThat(visitor.postExactly(path, form, "Sec-Fetch-Site", "same-origin")
                        .statusCode())
                .isEqualTo(303);
    }

    @Test
    void a_login_begins_a_new_session_and_ends_the_one_before() {
        var visitor = admin();
        var before = Map.copyOf(visitor.cookies);
        visitor.get("/admin/keys");
        location(visitor.post("/admin/login", Map.of("token", server.adminToken())));
        assertThat(visitor.cookies.get("countermark")).isNotEqualTo(before.get("countermark"));
        assertThat(visitor.cookies.get("countermark-csrf")).isNotEqualTo(before.get("countermark-csrf"));
        var old = new Visitor(server);
        old.cookies.putAll(before);
        assertThat(location(old.get("/admin/tokens"))).isEqualTo("/admin/login");
    }

    @Test
    void logging_out_ends_the_session_for_a_copy_of_its_cookie_too() {
        var visitor = admin();
        var copy = new Visitor(server);
        copy.cookies.putAll(visitor.cookies);
        assertThat(copy.get("/admin/keys").statusCode()).isEqualTo(200);
        visitor.get("/admin/keys");
        assertThat(location(visitor.post("/admin/logout", Map.of()))).isEqualTo("/admin/login");
        assertThat(visitor.cookies).doesNotContainKeys("countermark", "countermark-csrf");
        assertThat(visitor.get("/admin/login").body()).contains("You are logged out.");
        assertThat(location(copy.get("/admin/keys"))).isEqualTo("/admin/login");
    }

    @Test
    void a_session_ends_with_the_token_it_was_opened_with() {
        var token = server.adminToken();
        var visitor = Visitor.with(server, token);
        assertThat(visitor.get("/admin/tokens").statusCode()).isEqualTo(200);
        server.tokens().revokeText(token);
        assertThat(location(visitor.get("/admin/tokens"))).isEqualTo("/admin/login");
        assertThat(visitor.get("/admin/login").body()).contains("Your session has ended.");
    }

    @Test
    void a_session_ends_when_its_subject_is_revoked() {
        var visitor = Visitor.with(server, server.token("root", ApiTokens.ADMIN_SCOPE));
        assertThat(visitor.get("/admin/tokens").statusCode()).isEqualTo(200);
        server.tokens().revokeSubject("root");
        assertThat(location(visitor.get("/admin/tokens"))).isEqualTo("/admin/login");
    }

    @Test
    void a_session_grants_nothing_outside_the_page() {
        var session = admin().cookies.get("countermark");
        assertThat(server.post("/v1/tokens", session, "{\"subject\":\"alice\"}").statusCode())
                .isEqualTo(403);
    }

    @Test
    void an_eleventh_session_of_a_token_ends_the_first() {
        var token = server.adminToken();
        var first = Visitor.with(server, token);
        assertThat(first.get("/admin/keys").statusCode()).isEqualTo(200);
        for (int i = 0; i < PageSessions.MOST; i++) {
            Visitor.with(server, token);
        }
        var id = server.tokens().verify(token).id();
        assertThat(server.tokens()
                        .list(TokenQuery.all()
                                .subject(PageSessions.SUBJECT + id)
                                .state(TokenState.ACTIVE))
                        .items())
                .hasSize(PageSessions.MOST);
    }

    @Test
    void a_token_is_shown_once_and_the_form_issues_once() {
        var visitor = admin();
        visitor.get("/admin/tokens/new");
        var fields = Map.of(
                "subject",
                "alice",
                "name",
                "laptop",
                "scopes",
                "b a",
                "lifetime",
                "86400",
                "metadata",
                "k = v\nl=w=x",
                "scripts",
                "true");
        var there = location(visitor.post("/admin/tokens", fields));
        assertThat(there).matches("/admin/tokens/[0-9a-f]{32}/text");
        var text = SECRET.matcher(visitor.get(there).body());
        assertThat(text.find()).isTrue();
        var valid = server.tokens().verify(text.group(1));
        assertThat(valid.subject()).isEqualTo("alice");
        assertThat(valid.scope()).isEqualTo("a b");
        var token = server.tokens().find(valid.id()).orElseThrow();
        assertThat(token.name()).isEqualTo("laptop");
        assertThat(token.metadata()).isEqualTo(Map.of("k", "v", "l", "w=x"));
        assertThat(Duration.between(token.issuedAt(), token.expiresAt())).isEqualTo(Duration.ofDays(1));
        assertThat(visitor.get(there).body()).contains("shown once").doesNotContain(text.group(1));
        assertThat(visitor.get(there).statusCode()).isEqualTo(200);
        assertThat(visitor.cookies).containsOnlyKeys("countermark", "countermark-csrf");
    }

    @Test
    void a_browser_without_scripts_asks_for_the_text() {
        var visitor = admin();
        visitor.get("/admin/tokens/new");
        var there = location(visitor.post("/admin/tokens", Map.of("subject", "plain", "lifetime", "86400")));
        assertThat(SECRET.matcher(visitor.get(there).body()).find()).isFalse();
        assertThat(SECRET.matcher(visitor.post(there, Map.of()).body()).find()).isTrue();
        assertThat(SECRET.matcher(visitor.post(there, Map.of()).body()).find()).isFalse();
        assertThat(SECRET.matcher(visitor.get(there).body()).find()).isFalse();
    }

    @Test
    void the_same_form_sent_twice_issues_one_token() {
        var visitor = admin();
        visitor.get("/admin/tokens/new");
        var form = Map.of("subject", "twice", "lifetime", "86400", "request", "0123456789abcdef0123456789abcdef");
        var first = location(visitor.post("/admin/tokens", form));
        visitor.get("/admin/tokens/new");
        assertThat(location(visitor.post("/admin/tokens", form))).isEqualTo(first);
        assertThat(server.tokens().list(TokenQuery.all().subject("twice")).items())
                .hasSize(1);
    }

    @Test
    void nobody_else_is_shown_the_text_of_a_new_token() {
        var visitor = admin();
        visitor.get("/admin/tokens/new");
        var there = location(
                visitor.post("/admin/tokens", Map.of("subject", "mine", "lifetime", "86400", "scripts", "true")));
        var other = admin();
        other.cookies.put("countermark-shown", visitor.cookies.get("countermark-shown"));
        assertThat(SECRET.matcher(other.get(there).body()).find()).isFalse();
        assertThat(SECRET.matcher(visitor.get(there).body()).find()).isTrue();
    }

    @Test
    void what_is_wrong_with_a_form_is_said_and_nothing_typed_is_lost() {
        var visitor = admin();
        visitor.get("/admin/tokens/new");
        var answer = visitor.post(
                "/admin/tokens",
                Map.of(
                        "subject", "sub\u0007ject\"><b>",
                        "name", "n".repeat(201),
                        "scopes", "countermark:admin",
                        "lifetime", "99999999999",
                        "metadata", "none"));
        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(answer.body())
                .contains("subject-error", "name-error", "scopes-error", "lifetime-error", "metadata-error")
                .contains("value=\"sub\u0007ject&quot;&gt;&lt;b&gt;\"", "value=\"" + "n".repeat(201) + "\"")
                .doesNotContain("<b>");
    }

    @Test
    void only_the_box_makes_an_administrator() {
        var visitor = admin();
        visitor.get("/admin/tokens/new");
        var there = location(
                visitor.post("/admin/tokens", Map.of("subject", "second", "lifetime", "86400", "admin", "true")));
        assertThat(scopes(there)).containsExactly(ApiTokens.ADMIN_SCOPE);
    }

    @Test
    void introspection_is_written_like_other_scopes_and_a_session_is_not() {
        var visitor = admin();
        visitor.get("/admin/tokens/new");
        var gateway = Map.of("subject", "gateway", "lifetime", "86400", "scopes", "a:read countermark:introspect");
        assertThat(scopes(location(visitor.post("/admin/tokens", gateway))))
                .containsExactlyInAnyOrder("a:read", "countermark:introspect");
        var session = Map.of("subject", "gateway", "lifetime", "86400", "scopes", "countermark:page");
        assertThat(visitor.post("/admin/tokens", session).statusCode()).isEqualTo(422);
    }

    private Set<String> scopes(String there) {
        var id = there.substring("/admin/tokens/".length(), there.length() - "/text".length());
        return server.tokens().find(id).orElseThrow().scopes();
    }

    @Test
    void a_rotation_brings_a_token_of_the_same_kind_and_ends_the_old_one_after_the_overlap() {
        var visitor = admin();
        var old =
                server.tokens().issue(IssueRequest.forSubject("bot").scopes("x").name("n"));
        var path = "/admin/tokens/" + old.token().id() + "/rotate";
        visitor.get(path);
        var there = location(visitor.post(path, Map.of("overlap", "3600", "scripts", "true")));
        var text = SECRET.matcher(visitor.get(there).body());
        assertThat(text.find()).isTrue();
        var successor = server.tokens().verify(text.group(1));
        assertThat(successor.subject()).isEqualTo("bot");
        assertThat(successor.id()).isNotEqualTo(old.token().id());
        var replaced = server.tokens().find(old.token().id()).orElseThrow();
        assertThat(replaced.replacedBy()).hasValue(successor.id());
        assertThat(replaced.endsAt()).isBefore(replaced.expiresAt());
        assertThat(visitor.get(path).statusCode()).isEqualTo(409);
    }

    @Test
    void a_revocation_is_asked_for_done_and_confirmed() {
        var visitor = admin();
        var issued = server.tokens().issue(IssueRequest.forSubject("mallory"));
        var page = "/admin/tokens/" + issued.token().id();
        assertThat(visitor.get(page + "/revoke").body()).contains("cannot be undone");
        assertThat(server.get("/verify", issued.text()).statusCode()).isEqualTo(200);
        assertThat(location(visitor.post(page + "/revoke", Map.of()))).isEqualTo(page);
        assertThat(server.get("/verify", issued.text()).statusCode()).isEqualTo(401);
        assertThat(visitor.get(page).body()).contains("The token is revoked.", "only live node", ">Revoked<");
        assertThat(visitor.get(page).body()).doesNotContain("The token is revoked.");
    }

    @Test
    void all_tokens_of_a_subject_are_revoked_whatever_it_is_called() {
        var visitor = admin();
        var subject = "evil \u202E\"'<&>=+%?#";
        var one = server.token(subject);
        var other = server.token(subject);
        var bystander = server.token("evil");
        var list = visitor.get("/admin/tokens?q=" + encoded(subject)).body();
        var ask =
                Pattern.compile("/admin/tokens/revoke-subject\\?subject=[^\"]*").matcher(list);
        assertThat(ask.find()).isTrue();
        var form = visitor.get(ask.group().replace("&amp;", "&")).body();
        assertThat(form).contains("It has 2 active tokens.");
        var hidden = Pattern.compile("name=\"subject\" value=\"([^\"]*)\"").matcher(form);
        assertThat(hidden.find()).isTrue();
        var value = HtmlUtils.htmlUnescape(hidden.group(1));
        assertThat(value).isEqualTo(subject);
        location(visitor.post("/admin/tokens/revoke-subject", Map.of("subject", value)));
        assertThat(server.get("/verify", one).statusCode()).isEqualTo(401);
        assertThat(server.get("/verify", other).statusCode()).isEqualTo(401);
        assertThat(server.get("/verify", bystander).statusCode()).isEqualTo(200);
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
        var q = encoded(hostile);
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
        assertThat(location(visitor.get("/admin/tokens?q=" + issued.token().id())))
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
