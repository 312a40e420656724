package dev.countermark.server.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countermark.apitokens.ApiTokens;
import dev.countermark.apitokens.IssueRequest;
import dev.countermark.apitokens.TokenQuery;
import dev.countermark.apitokens.TokenState;
import dev.countermark.server.RunningServer;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The admin page over HTTP: who gets in, for how long, and what every answer forbids. */
class AdminSessionsTest {

    private static final RunningServer server = RunningServer.shared();

    private static Visitor admin() {
        return Visitor.with(server, server.adminToken());
    }

    @Test
    void an_admin_token_opens_a_session_whose_cookie_is_neither_the_token_nor_readable() {
        var token = server.adminToken();
        var visitor = new Visitor(server);
        var answer = visitor.login(token);
        assertThat(Visitor.location(answer)).isEqualTo("/admin/tokens");
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
            assertThat(Visitor.location(answer)).isEqualTo("/admin/login");
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
        Visitor.location(visitor.post("/admin/login", Map.of("token", server.adminToken())));
        assertThat(visitor.cookies.get("countermark")).isNotEqualTo(before.get("countermark"));
        assertThat(visitor.cookies.get("countermark-csrf")).isNotEqualTo(before.get("countermark-csrf"));
        var old = new Visitor(server);
        old.cookies.putAll(before);
        assertThat(Visitor.location(old.get("/admin/tokens"))).isEqualTo("/admin/login");
    }

    @Test
    void logging_out_ends_the_session_for_a_copy_of_its_cookie_too() {
        var visitor = admin();
        var copy = new Visitor(server);
        copy.cookies.putAll(visitor.cookies);
        assertThat(copy.get("/admin/keys").statusCode()).isEqualTo(200);
        visitor.get("/admin/keys");
        assertThat(Visitor.location(visitor.post("/admin/logout", Map.of()))).isEqualTo("/admin/login");
        assertThat(visitor.cookies).doesNotContainKeys("countermark", "countermark-csrf");
        assertThat(visitor.get("/admin/login").body()).contains("You are logged out.");
        assertThat(Visitor.location(copy.get("/admin/keys"))).isEqualTo("/admin/login");
    }

    @Test
    void a_session_ends_with_the_token_it_was_opened_with() {
        var token = server.adminToken();
        var visitor = Visitor.with(server, token);
        assertThat(visitor.get("/admin/tokens").statusCode()).isEqualTo(200);
        server.tokens().revokeText(token);
        assertThat(Visitor.location(visitor.get("/admin/tokens"))).isEqualTo("/admin/login");
        assertThat(visitor.get("/admin/login").body()).contains("Your session has ended.");
    }

    @Test
    void a_session_ends_when_its_subject_is_revoked() {
        var visitor = Visitor.with(server, server.token("root", ApiTokens.ADMIN_SCOPE));
        assertThat(visitor.get("/admin/tokens").statusCode()).isEqualTo(200);
        server.tokens().revokeSubject("root");
        assertThat(Visitor.location(visitor.get("/admin/tokens"))).isEqualTo("/admin/login");
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
}
