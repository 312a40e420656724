package dev.countermark.server.forward;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countermark.apitokens.ApiTokenVerdict;
import dev.countermark.apitokens.IssueRequest;
import dev.countermark.server.RunningServer;
import dev.countermark.spring.ApiTokenChecker;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

class VerifyTest {

    private static RunningServer server;
    private static String token;

    @BeforeAll
    static void start() {
        server = RunningServer.shared();
        token = server.token("ada", "orders:read", "orders:write");
    }

    private static HttpResponse<String> verify(String query, String authorization) {
        return server.send(HttpRequest.newBuilder(server.uri("/verify" + query))
                .header("Authorization", authorization)
                .build());
    }

    @Test
    void a_valid_token_says_whose_it_is() {
        var answer = server.get("/verify", token);
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEmpty();
        assertThat(answer.headers().firstValue("X-Auth-Subject")).hasValue("ada");
        assertThat(answer.headers().firstValue("X-Auth-Scopes")).hasValue("orders:read orders:write");
        assertThat(answer.headers().firstValue("X-Auth-Token-Id"))
                .get()
                .asString()
                .matches("[0-9a-f]{32}");
        assertThat(answer.headers().allValues("Cache-Control")).containsExactly("no-store");
    }

    /** A proxy that copies headers must find all three, or what a client sent under the third would stay. */
    @Test
    void a_token_without_scopes_has_the_header_too() {
        var answer = server.get("/verify", server.token("ada"));
        assertThat(answer.headers().allValues("X-Auth-Scopes")).containsExactly("");
    }

    @Test
    void a_subject_is_encoded_so_that_it_ends_no_header() {
        var answer = server.get("/verify", server.token("Ada % é, 日本"));
        assertThat(answer.headers().allValues("X-Auth-Subject"))
                .containsExactly("Ada%20%25%20%C3%A9%2C%20%E6%97%A5%E6%9C%AC");
    }

    @Test
    void the_longest_subject_fits() {
        var answer = server.get("/verify", server.token("本".repeat(255)));
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("X-Auth-Subject")).hasValue("%E6%9C%AC".repeat(255));
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "PROPFIND", "MKCOL", "X-WHATEVER"})
    void any_method_will_do_and_a_body_is_not_read(String method) {
        var request = HttpRequest.newBuilder(server.uri("/verify"))
                .method(method, BodyPublishers.ofString("scope=nobody&token=x"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header("Authorization", "Bearer " + token);
        assertThat(server.send(request.build()).statusCode()).isEqualTo(200);
    }

    @Test
    void head_is_answered_with_the_headers_of_get() {
        var answer = server.ask("HEAD", "/verify", token, null);
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("X-Auth-Subject")).hasValue("ada");
        assertThat(server.ask("HEAD", "/verify", null, null).statusCode()).isEqualTo(401);
    }

    /** Proxies exist that pass on the length of a body and not the body. */
    @Test
    void an_answer_does_not_wait_for_a_body() {
        for (int length : new int[] {10, 1_000_000_000}) {
            var answer = server.raw("POST /verify HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer " + token
                    + "\r\nContent-Length: " + length + "\r\n\r\n");
            assertThat(answer).startsWith("HTTP/1.1 200 ");
        }
    }

    @Test
    void expired_revoked_forged_and_foreign_tokens_get_one_answer() throws Exception {
        var expired = server.tokens()
                .issue(IssueRequest.forSubject("ada").lifetime(Duration.ofSeconds(1)))
                .text();
        var revoked = server.token("ada");
        server.tokens().revokeText(revoked);
        var forged = token.substring(0, token.length() - 4) + "AAAA";
        var expected = comparable(verify("", "Bearer cm_nonsense"));
        assertThat(expected)
                .containsEntry("status", "401")
                .containsEntry("www-authenticate", "Bearer error=\"invalid_token\"");
        for (var bad : new String[] {revoked, forged, "eyJhbGciOiJIUzI1NiJ9.e30.x", "x".repeat(4000), "cm_"}) {
            assertThat(comparable(verify("", "Bearer " + bad))).isEqualTo(expected);
        }
        long deadline = System.nanoTime() + Duration.ofMinutes(1).toNanos();
        while (!(server.tokens().check(expired) instanceof ApiTokenVerdict.Expired)) {
            assertThat(System.nanoTime()).as("deadline").isLessThan(deadline);
        }
        assertThat(comparable(verify("", "Bearer " + expired))).isEqualTo(expected);
    }

    private static Map<String, String> comparable(HttpResponse<String> answer) {
        var all = new TreeMap<String, String>();
        answer.headers().map().forEach((name, values) -> all.put(name, String.join("|", values)));
        all.remove("date");
        all.put("status", Integer.toString(answer.statusCode()));
        all.put("body", answer.body());
        return all;
    }

    @Test
    void without_a_token_the_challenge_has_no_error() {
        var answer = server.get("/verify", null);
        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.headers().allValues("WWW-Authenticate")).containsExactly("Bearer");
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(RunningServer.json(answer).get("status").intValue()).isEqualTo(401);
    }

    @Test
    void a_missing_scope_is_forbidden() {
        assertThat(verify("?scope=orders:read", "Bearer " + token).statusCode()).isEqualTo(200);
        assertThat(verify("?scope=orders:read%20orders:write", "Bearer " + token)
                        .statusCode())
                .isEqualTo(200);
        var answer = verify("?scope=orders:read&scope=orders:delete", "Bearer " + token);
        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(answer.headers().allValues("WWW-Authenticate"))
                .containsExactly("Bearer error=\"insufficient_scope\"");
        assertThat(answer.headers().map()).doesNotContainKey("x-auth-subject");
    }

    @Test
    void a_scope_is_not_asked_of_a_token_that_is_not_valid() {
        assertThat(verify("?scope=orders:delete", "Bearer x").statusCode()).isEqualTo(401);
    }

    /** As Envoy asks: the client's path and query are appended; in the query they may be anything. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "/verify/",
                "/verify/orders/17?page=2",
                "/verify?scope=orders:read&for=/orders//17;x=%2F?page=%zz&scope=orders:write",
                "/verify?scope=orders:read&for=/../../etc/passwd",
            })
    void a_query_and_a_plain_path_of_the_client_may_stand_behind_it(String target) {
        assertThat(status(server.raw("GET " + target
                        + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\nAuthorization: Bearer " + token + "\r\n\r\n")))
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/verify/a//b/",
                "/verify/a/./b",
                "/verify/a;b=c/d",
                "/verify/a%2Fb",
                "/verify/../v1/tokens",
                "/verify/..;/v1/tokens",
                "/verify/%2e%2e/v1/tokens",
                "/verify/%252e%252e/v1/tokens",
                "//verify",
                "/Verify",
                "/verify%00",
                "/verifyx",
                "/verify\\..\\v1",
                "/v1/../verify/../v1/tokens",
                "http://127.0.0.1/verify/../v1/tokens",
                "*",
                "verify",
            })
    void path_tricks_lead_nowhere(String target) {
        int status = status(server.raw("GET " + target + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"));
        assertThat(status).isBetween(400, 499);
    }

    /** What is answered on the spot at the path itself is answered by the servlet below it: in the same words. */
    @Test
    void every_verdict_is_told_alike_on_both_ways() {
        var revoked = server.token("ada");
        server.tokens().revokeText(revoked);
        var queries =
                new String[] {"", "?scope=orders:read", "?scope=orders:delete", "?scope", "?scope=%zz", "?page=2"};
        for (var query : queries) {
            for (var text : new String[] {
                token, revoked, server.adminToken(), server.token("Ada % é"), token + "A", "x", "x y", "x\ty", "", "é"
            }) {
                for (var method : new String[] {"GET", "HEAD", "PROPFIND", "POST"}) {
                    assertThat(raw(method, "/verify" + query, text))
                            .as("%s %s", method, query)
                            .isEqualTo(raw(method, "/verify/" + query, text));
                }
            }
        }
    }

    /** All that comes back, but for the date, and the order of headers. */
    private static List<String> raw(String method, String target, String token) {
        return server.raw(method + " " + target + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\nAuthorization: Bearer "
                        + token + "\r\n\r\n")
                .lines()
                .filter(line -> !line.startsWith("Date:"))
                .sorted()
                .toList();
    }

    @Test
    void requests_that_follow_each_other_in_one_packet_are_answered_in_turn() {
        var one = "GET /verify HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer " + token + "\r\n";
        var other = "GET /verify/ HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer " + token + "A\r\n";
        var answers = server.raw(one + "\r\n" + other + "\r\n" + one + "\r\n" + one + "Connection: close\r\n\r\n");
        assertThat(Pattern.compile("HTTP/1\\.1 ([0-9]{3})").matcher(answers).results())
                .extracting(status -> status.group(1))
                .containsExactly("200", "401", "200", "200");
    }

    @Test
    void two_headers_are_none() {
        var answer = server.raw("GET /verify HTTP/1.1\r\nHost: x\r\nConnection: close\r\nAuthorization: Bearer " + token
                + "\r\nAuthorization: Bearer " + token + "\r\n\r\n");
        assertThat(status(answer)).isEqualTo(401);
    }

    @Test
    void a_header_that_is_too_long_is_refused_before_anything() {
        for (int length : new int[] {9_000, 100_000}) {
            var answer = server.raw("GET /verify HTTP/1.1\r\nHost: x\r\nX: " + "x".repeat(length) + "\r\n\r\n");
            assertThat(status(answer)).isEqualTo(431);
        }
    }

    private static int status(String answer) {
        return Integer.parseInt(answer.substring(9, 12));
    }

    @Test
    void nobody_is_let_through_once_revocations_cannot_be_heard() throws Exception {
        var checker = new ApiTokenChecker() {
            @Override
            public String prefix() {
                return "cm";
            }

            @Override
            public ApiTokenVerdict check(String text) {
                return new ApiTokenVerdict.Unavailable(Duration.ofMillis(1));
            }
        };
        var request = new MockHttpServletRequest("GET", "/verify");
        request.addHeader("Authorization", "Bearer " + token);
        var answer = new MockHttpServletResponse();
        new VerifyServlet(checker).service(request, answer);
        assertThat(answer.getStatus()).isEqualTo(503);
        assertThat(answer.getHeader("Retry-After")).isEqualTo("1");
        assertThat(answer.getHeaderNames())
                .doesNotContain("X-Auth-Subject", "X-Auth-Scopes", "X-Auth-Token-Id", "WWW-Authenticate");
    }
}
