package dev.countermark.server.oauth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countermark.apitokens.ApiTokenVerdict;
import dev.countermark.apitokens.AuditQuery;
import dev.countermark.server.RunningServer;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Introspection and revocation, over HTTP. Names and codes are those of RFC 7662, RFC 7009 and RFC 6749. */
class OAuthEndpointsTest {

    private static RunningServer server;
    private static String admin;

    @BeforeAll
    static void start() {
        server = RunningServer.shared();
        admin = server.adminToken();
    }

    private static HttpResponse<String> post(String path, String caller, String form) {
        return server.send(HttpRequest.newBuilder(server.uri(path))
                .POST(BodyPublishers.ofString(form))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header("Authorization", "Bearer " + caller)
                .build());
    }

    private static HttpResponse<String> introspect(String caller, String token) {
        return post("/oauth2/introspect", caller, "token=" + URLEncoder.encode(token, StandardCharsets.UTF_8));
    }

    private static HttpResponse<String> revoke(String caller, String token) {
        return post("/oauth2/revoke", caller, "token=" + URLEncoder.encode(token, StandardCharsets.UTF_8));
    }

    private static boolean isValid(String token) {
        return server.tokens().check(token) instanceof ApiTokenVerdict.Valid;
    }

    @Test
    void an_active_token_says_what_stands_in_it() {
        var token = server.token("ada é", "orders:read", "orders:write");
        var valid = server.tokens().verify(token);
        var answer = introspect(admin, token);
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().allValues("Cache-Control")).containsExactly("no-store");
        var json = RunningServer.json(answer);
        assertThat(json.propertyNames())
                .containsExactlyInAnyOrder("active", "token_type", "jti", "sub", "scope", "iat", "exp");
        assertThat(json.get("active").booleanValue()).isTrue();
        assertThat(json.get("token_type").stringValue()).isEqualTo("Bearer");
        assertThat(json.get("jti").stringValue()).isEqualTo(valid.id());
        assertThat(json.get("sub").stringValue()).isEqualTo("ada é");
        assertThat(json.get("scope").stringValue()).isEqualTo("orders:read orders:write");
        assertThat(json.get("iat").longValue()).isEqualTo(valid.issuedAt().getEpochSecond());
        assertThat(json.get("exp").longValue()).isEqualTo(valid.expiresAt().getEpochSecond());
    }

    @Test
    void whatever_is_not_active_says_nothing_else() {
        var revoked = server.token("ada");
        server.tokens().revokeText(revoked);
        for (var text : new String[] {revoked, "nonsense", revoked + "x", "x".repeat(10_000), "é\n"}) {
            var answer = introspect(admin, text);
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.body()).isEqualTo("{\"active\":false}");
        }
    }

    @Test
    void a_token_asks_about_those_of_its_subject_and_no_others() {
        var own = server.token("grace");
        var sibling = server.token("grace", "a");
        var foreign = server.token("grace ");
        assertThat(introspect(own, own).body()).contains("\"active\":true");
        assertThat(introspect(own, sibling).body()).contains("\"active\":true");
        assertThat(introspect(own, foreign).body()).isEqualTo("{\"active\":false}");
        assertThat(introspect(own, admin).body()).isEqualTo("{\"active\":false}");
    }

    @Test
    void a_service_asks_about_all_with_a_scope_that_does_nothing_else() {
        var service = server.token("orders service", "countermark:introspect");
        var token = server.token("ada");
        assertThat(introspect(service, token).body()).contains("\"active\":true");
        assertThat(revoke(service, token).statusCode()).isEqualTo(400);
        assertThat(server.post("/v1/tokens", service, "{\"subject\":\"x\"}").statusCode())
                .isEqualTo(403);
        assertThat(isValid(token)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/oauth2/introspect", "/oauth2/revoke"})
    void nobody_asks_without_a_token_of_his_own(String path) {
        var token = server.token("ada");
        for (var caller : new String[] {"nonsense", token + "x"}) {
            assertThat(post(path, caller, "token=" + token).statusCode()).isEqualTo(401);
        }
        var request = HttpRequest.newBuilder(server.uri(path))
                .POST(BodyPublishers.ofString("token=" + token + "&access_token=" + token))
                .header("Content-Type", "application/x-www-form-urlencoded");
        assertThat(server.send(request.build()).statusCode()).isEqualTo(401);
        assertThat(isValid(token)).isTrue();
    }

    @Test
    void a_token_that_is_revoked_is_refused_when_the_answer_is_there() {
        var token = server.token("ada");
        var answer = revoke(admin, token);
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEmpty();
        assertThat(server.get("/verify", token).statusCode()).isEqualTo(401);
    }

    @Test
    void revoking_what_is_not_there_is_no_error() {
        var token = server.token("ada");
        assertThat(revoke(admin, token).statusCode()).isEqualTo(200);
        assertThat(revoke(admin, token).statusCode()).isEqualTo(200);
        assertThat(revoke(admin, "nonsense").statusCode()).isEqualTo(200);
        assertThat(revoke(server.token("ada"), token).statusCode()).isEqualTo(200);
    }

    @Test
    void a_token_revokes_itself_and_those_of_its_subject() {
        var one = server.token("linus");
        var other = server.token("linus");
        assertThat(revoke(one, other).statusCode()).isEqualTo(200);
        assertThat(isValid(other)).isFalse();
        assertThat(revoke(one, one).statusCode()).isEqualTo(200);
        assertThat(revoke(one, one).statusCode()).isEqualTo(401);
    }

    @Test
    void a_token_of_somebody_else_stays() {
        var mine = server.token("mallory", "countermark:administrator");
        var theirs = server.token("alice");
        long before = audited();
        var answer = revoke(mine, theirs);
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(RunningServer.json(answer).get("error").stringValue()).isEqualTo("invalid_grant");
        assertThat(isValid(theirs)).isTrue();
        assertThat(audited()).isEqualTo(before);
    }

    private static long audited() {
        return server.tokens().audit(AuditQuery.all().limit(1000)).items().size();
    }

    @ParameterizedTest
    @CsvSource({"access_token,200", "refresh_token,400", "whatever,200"})
    void only_a_refresh_token_is_a_type_that_is_not_supported(String hint, int status) {
        var answer = post("/oauth2/revoke", admin, "token=nonsense&token_type_hint=" + hint);
        assertThat(answer.statusCode()).isEqualTo(status);
        if (status == 400) {
            assertThat(answer.body()).isEqualTo("{\"error\":\"unsupported_token_type\"}");
        }
    }

    /** RFC 7009 section 2.1: a wrong hint must not keep a token alive. */
    @Test
    void a_wrong_hint_does_not_matter_to_a_token_of_ours() {
        var token = server.token("ada");
        assertThat(post("/oauth2/revoke", admin, "token_type_hint=refresh_token&token=" + token)
                        .statusCode())
                .isEqualTo(200);
        assertThat(isValid(token)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/oauth2/introspect", "/oauth2/revoke"})
    void a_form_that_the_rfcs_do_not_allow_is_an_invalid_request(String path) {
        var token = server.token("ada");
        var forms = new String[] {
            "",
            "token=",
            "token",
            "tokens=" + token,
            "token=" + token + "&token=" + token,
            "token=%zz",
            "token=x&token_type_hint=a&token_type_hint=b",
            "%00",
            "x".repeat(20_000) + "&token=" + token,
        };
        for (var form : forms) {
            var answer = post(path, admin, form);
            assertThat(answer.statusCode()).as(form).isEqualTo(400);
            assertThat(answer.body()).as(form).isEqualTo("{\"error\":\"invalid_request\"}");
        }
        assertThat(post(path + "?token=" + token, admin, "token=x").statusCode())
                .isEqualTo(400);
        assertThat(post(path + "?token=" + token, admin, "").statusCode()).isEqualTo(400);
        assertThat(isValid(token)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/oauth2/introspect", "/oauth2/revoke", "/leaked"})
    void other_methods_types_and_sizes_are_refused(String path) {
        for (var method : new String[] {"GET", "PUT", "DELETE", "PATCH", "PROPFIND", "TRACE"}) {
            assertThat(server.ask(method, path, admin, null).statusCode())
                    .as(method)
                    .isBetween(400, 499);
        }
        assertThat(post(path, admin, "token=" + "x".repeat(70_000)).statusCode())
                .isEqualTo(413);
        if (!path.equals("/leaked")) {
            assertThat(server.post(path, admin, "{\"token\":\"x\"}").statusCode())
                    .isEqualTo(415);
        }
    }
}
