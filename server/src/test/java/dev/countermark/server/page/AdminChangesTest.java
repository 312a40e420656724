package dev.countermark.server.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countermark.apitokens.ApiTokens;
import dev.countermark.apitokens.IssueRequest;
import dev.countermark.apitokens.TokenQuery;
import dev.countermark.apitokens.TokenState;
import dev.countermark.server.RunningServer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.web.util.HtmlUtils;

/** The admin page over HTTP: what its forms issue, rotate and revoke. */
class AdminChangesTest {

    private static final Pattern SECRET = Pattern.compile("(cm_eyJ[A-Za-z0-9._-]+)</textarea>");

    private static final RunningServer server = RunningServer.shared();

    private static Visitor admin() {
        return Visitor.with(server, server.adminToken());
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
        var there = Visitor.location(visitor.post("/admin/tokens", fields));
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
        var there = Visitor.location(visitor.post("/admin/tokens", Map.of("subject", "plain", "lifetime", "86400")));
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
        var first = Visitor.location(visitor.post("/admin/tokens", form));
        visitor.get("/admin/tokens/new");
        assertThat(Visitor.location(visitor.post("/admin/tokens", form))).isEqualTo(first);
        assertThat(server.tokens().list(TokenQuery.all().subject("twice")).items())
                .hasSize(1);
    }

    @Test
    void nobody_else_is_shown_the_text_of_a_new_token() {
        var visitor = admin();
        visitor.get("/admin/tokens/new");
        var there = Visitor.location(
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

    @ParameterizedTest
    @ValueSource(strings = {"a%00", "a%0D%0A", "%07", "%1B%5B31m", "%C2%85", "subject&subject", "x&x"})
    void a_form_with_a_name_that_is_none_or_comes_twice_is_refused_and_nothing_is_done(String name) {
        var visitor = admin();
        visitor.get("/admin/tokens/new");
        var standing = server.token("standing");
        var fields = Map.of("_csrf", visitor.csrf(), "subject", "standing", "lifetime", "86400", name, "x");
        for (var path : List.of("/admin/tokens", "/admin/tokens/revoke-subject", "/admin/inspect", "/admin/login")) {
            var answer = visitor.postExactly(path, fields);
            assertThat(answer.statusCode()).as(path).isEqualTo(400);
            assertThat(answer.body()).as(path).contains("This address or form cannot be read.");
        }
        assertThat(server.get("/verify", standing).statusCode()).isEqualTo(200);
        var query = TokenQuery.all().subject("standing").state(TokenState.ACTIVE);
        assertThat(server.tokens().list(query).items()).hasSize(1);
        server.tokens().revokeText(standing);
    }

    @Test
    void only_the_box_makes_an_administrator() {
        var visitor = admin();
        visitor.get("/admin/tokens/new");
        var there = Visitor.location(
                visitor.post("/admin/tokens", Map.of("subject", "second", "lifetime", "86400", "admin", "true")));
        assertThat(scopes(there)).containsExactly(ApiTokens.ADMIN_SCOPE);
    }

    @Test
    void introspection_is_written_like_other_scopes_and_a_session_is_not() {
        var visitor = admin();
        visitor.get("/admin/tokens/new");
        var gateway = Map.of("subject", "gateway", "lifetime", "86400", "scopes", "a:read countermark:introspect");
        assertThat(scopes(Visitor.location(visitor.post("/admin/tokens", gateway))))
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
        var there = Visitor.location(visitor.post(path, Map.of("overlap", "3600", "scripts", "true")));
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
        assertThat(Visitor.location(visitor.post(page + "/revoke", Map.of()))).isEqualTo(page);
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
        var list = visitor.get("/admin/tokens?q=" + Visitor.encoded(subject)).body();
        var ask =
                Pattern.compile("/admin/tokens/revoke-subject\\?subject=[^\"]*").matcher(list);
        assertThat(ask.find()).isTrue();
        var form = visitor.get(ask.group().replace("&amp;", "&")).body();
        assertThat(form).contains("It has 2 active tokens.");
        var hidden = Pattern.compile("name=\"subject\" value=\"([^\"]*)\"").matcher(form);
        assertThat(hidden.find()).isTrue();
        var value = HtmlUtils.htmlUnescape(hidden.group(1));
        assertThat(value).isEqualTo(subject);
        Visitor.location(visitor.post("/admin/tokens/revoke-subject", Map.of("subject", value)));
        assertThat(server.get("/verify", one).statusCode()).isEqualTo(401);
        assertThat(server.get("/verify", other).statusCode()).isEqualTo(401);
        assertThat(server.get("/verify", bystander).statusCode()).isEqualTo(200);
    }
}
