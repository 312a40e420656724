package dev.countermark.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countermark.apitokens.ApiTokenVerdict;
import dev.countermark.apitokens.AuditQuery;
import dev.countermark.server.RunningServer;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Requests with something odd in one place, as bytes, at every kind of route: an answer at once, with all its headers,
 * that is no 5xx and repeats nothing; and nothing is done.
 */
class OddRequestsTest {

    private static final String MARK = "zzMARKzz";

    private static final List<String> ROUTES = List.of(
            "/",
            "/admin/login",
            "/admin/tokens",
            "/admin/files/x/style.css",
            "/v1/tokens",
            "/v1/revocations",
            "/v1/nothing",
            "/oauth2/introspect",
            "/verify",
            "/leaked",
            "/openapi.json",
            "/nothing");

    private static final List<String> ALWAYS = List.of(
            "Content-Security-Policy: ",
            "X-Content-Type-Options: nosniff",
            "X-Frame-Options: DENY",
            "Referrer-Policy: no-referrer",
            "Cross-Origin-Resource-Policy: same-origin",
            "Cross-Origin-Opener-Policy: same-origin",
            "Cache-Control: no-store");

    private static final Pattern TELLING =
            Pattern.compile("(?i)\\r\\n(Server|X-Powered-By):|jetty|springframework|exception|java\\.|" + MARK);

    private static final Pattern LOCATION = Pattern.compile("(?im)^Location: *(.*?)\\r?$");

    private final RunningServer server = RunningServer.shared();
    private final String token = server.token("somebody");
    private final String other = server.token("another");
    private long before;

    @BeforeEach
    void remember() {
        before = lastChange();
    }

    @AfterEach
    void nothing_was_done() {
        assertThat(lastChange()).isEqualTo(before);
    }

    private long lastChange() {
        return server.tokens().audit(AuditQuery.all().limit(1)).items().get(0).number();
    }

    private static List<String> answers(String all) {
        return Stream.of(all.split("(?=HTTP/1\\.1 [0-9]{3} )")).toList();
    }

    private static int status(String answer) {
        assertThat(answer).startsWith("HTTP/1.1 ");
        return Integer.parseInt(answer.substring(9, 12));
    }

    /** That an answer is whole, and tells nothing. */
    private String harmless(String what, String answer) {
        assertThat(status(answer)).as(what).isLessThan(500);
        assertThat(answer).as(what).contains(ALWAYS).doesNotContain(token, other);
        assertThat(TELLING.matcher(answer).find()).as(what + "\n" + answer).isFalse();
        return answer;
    }

    private String ask(String method, String path, String headers, String body) {
        return server.raw(method + " " + path + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n" + headers + "\r\n"
                + (body.isEmpty() ? "\r\n" : "Content-Length: " + body.length() + "\r\n\r\n" + body));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Host: y",
                "X-Forwarded-For: [" + MARK,
                "X-Forwarded-Host: " + MARK + ":99999999",
                "X-Forwarded-Port: abc",
                "Forwarded: for=\"[::1\";host=" + MARK + ";proto=https",
                "X-HTTP-Method-Override: DELETE",
                "X-Original-URL: /v1/keys\r\nX-Rewrite-URL: /v1/keys",
                "Upgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAAP__",
                "Expect: " + MARK,
                "Cookie: countermark=\"; countermark=%00; ;;=;\u00ff",
                "Cookie: countermark-notice=revoked.99999.99999; countermark-shown=" + MARK,
                "Authorization: Bearer \u00ff\u00fe",
                "Authorization: Bearer x\r\nAuthorization: Bearer y",
                "Authorization: Bearer cm_eyJ=.,\"" + MARK,
                "Authorization: Basic Og==",
                "Range: bytes=9-1,0-,-0,x",
                "If-Match: " + MARK,
                "If-Modified-Since: " + MARK,
                "Content-Type: application/json;charset=" + MARK,
                "Content-Type: application/json;charset=\"",
                "Content-Type: application/*",
                "Content-Type: */*",
                "Content-Type: ;/",
                "Content-Type: application/json\r\nContent-Type: text/plain",
                "Content-Type: multipart/form-data; boundary=" + MARK,
                "Content-Encoding: gzip",
                "Accept: ;\u00ff",
                "Accept: image/png",
                "Accept-Language: %%%",
                "Accept-Charset: x-none",
                "Origin: http://evil.example\r\nSec-Fetch-Site: cross-site",
                "Idempotency-Key: a\r\nIdempotency-Key: \u00ff",
                "Connection: authorization, cookie, host",
                "User-Agent: ${jndi:ldap://" + MARK + "}",
                "traceparent: " + MARK,
                "X : a",
                "X: \u0000",
                "X: a\rb",
                ": empty",
                "no colon",
                " folded",
            })
    void an_odd_header(String header) {
        for (var path : ROUTES) {
            harmless("GET " + path, ask("GET", path, header, ""));
            if (!path.equals("/leaked")) {
                // Which takes its time to answer, whatever it is told.
                harmless("POST " + path, ask("POST", path, header, "{}"));
            }
        }
        var own = "Authorization: Bearer " + token + "\r\n";
        if (!header.startsWith("Authorization")) {
            harmless("GET /v1/tokens", ask("GET", "/v1/tokens", own + header, ""));
            harmless("POST /v1/revocations", ask("POST", "/v1/revocations", own + header, "{\"subject\":\"another\"}"));
        }
        int management = server.managementPort();
        harmless(
                "management",
                RunningServer.raw(
                        management,
                        "GET /actuator HTTP/1.1\r\nHost: x\r\nConnection: close\r\n" + header + "\r\n\r\n"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/*",
                "*/*",
                "x",
                "application/json;charset=\"",
                "application/json;charset=x-none",
                "application/json\r\nContent-Type: text/plain"
            })
    void a_type_of_a_body_that_is_none_is_refused_before_anything_is_done(String type) {
        var id = ((ApiTokenVerdict.Valid) server.tokens().check(token)).id();
        var headers = "Authorization: Bearer " + token + "\r\nContent-Type: " + type;
        var body = "{\"token\":\"" + token + "\"}";
        for (var answer : List.of(
                ask("DELETE", "/v1/tokens/" + id + "?wait=true", headers, ""),
                ask("POST", "/v1/revocations?wait=true", headers, body),
                ask("POST", "/oauth2/revoke", headers, "token=" + token))) {
            assertThat(status(harmless(type, answer))).isEqualTo(400);
        }
        assertThat(status(ask("POST", "/verify", headers, body))).isEqualTo(200);
    }

    static Stream<String> framings() {
        return Stream.of(
                "Content-Length: 5\r\nContent-Length: 6",
                "Content-Length: 5, 6",
                "Content-Length: +5",
                "Content-Length: 0x5",
                "Content-Length: -5",
                "Content-Length:",
                "Content-Length : 5",
                "Content-Length: 18446744073709551621",
                "Content-Length: 5\r\nTransfer-Encoding: chunked",
                "Transfer-Encoding: chunked\r\nContent-Length: 5",
                "Transfer-Encoding: xchunked",
                "Transfer-Encoding: chunked, identity",
                "Transfer-Encoding: chunked, chunked",
                "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity",
                "Transfer-Encoding : chunked",
                "Transfer-Encoding: \u000bchunked",
                "Transfer-Encoding:\r\n chunked",
                "X: y\r\n Transfer-Encoding: chunked",
                "X: \rTransfer-Encoding: chunked");
    }

    @ParameterizedTest
    @MethodSource("framings")
    void where_a_body_ends_is_never_guessed(String framing) {
        var hidden = "POST /v1/revocations HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer " + token
                + "\r\nContent-Type: application/json\r\nContent-Length: "
                + ("{\"token\":\"\"}".length() + token.length())
                + "\r\n\r\n{\"token\":\"" + token + "\"}";
        for (var path : List.of("/leaked", "/verify", "/v1/tokens", "/admin/login")) {
            for (var body : List.of("", "0\r\n\r\n", "hello")) {
                var all = answers(
                        server.raw("POST " + path + " HTTP/1.1\r\nHost: x\r\n" + framing + "\r\n\r\n" + body + hidden));
                assertThat(all).as(path).hasSize(1);
                assertThat(status(harmless(path, all.get(0)))).isEqualTo(400);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HEAD /nothing%00 HTTP/1.1",
                "HEAD /verify HTTP/1.1 x",
                "HEAD //verify HTTP/1.1",
                "CONNECT x:443 HTTP/1.1",
                "CONNECT %2fverify HTTP/1.1",
                "CONNECT /verify HTTP/1.1",
                "PRI * HTTP/2.0",
                "GET ? HTTP/1.1",
                "OPTIONS ? HTTP/1.1",
                "OPTIONS ?//evil.example HTTP/1.1",
                "GET evil HTTP/1.1",
                "GET /verify\u0000 HTTP/1.1",
                "GET /\u00c0\u00ae\u00c0\u00ae/verify HTTP/1.1",
                "GET /%c0%ae%c0%ae/verify HTTP/1.1",
                "GET /verify#x HTTP/1.1",
                "GET http://[::1/verify HTTP/1.1",
                "GET http:///verify HTTP/1.1",
                "G@T /verify HTTP/1.1",
                " GET /verify HTTP/1.1",
                "GET /verify\tHTTP/1.1"
            })
    void an_odd_first_line(String line) {
        var answer = harmless(line, server.raw(line + "\r\nHost: x\r\nConnection: close\r\n\r\n"));
        assertThat(status(answer)).isIn(400, 426);
        assertThat(answer).contains("Connection: close");
    }

    @Test
    void requests_in_a_row_are_answered_in_their_order() {
        var one = "GET /nothing HTTP/1.1\r\nHost: x\r\n\r\nHEAD /v1/tokens HTTP/1.1\r\nHost: x\r\n\r\n";
        var all = answers(server.raw(one.repeat(20) + "GET /verify HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"));
        assertThat(all).hasSize(41);
        for (int i = 0; i < 41; i++) {
            assertThat(status(harmless("number " + i, all.get(i)))).isEqualTo(i == 40 || i % 2 == 1 ? 401 : 404);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "?",
                "?//evil.example",
                "*",
                ";evil.example",
                "//evil.example",
                "//evil.example/",
                "///evil.example",
                "/\\evil.example",
                "/%5cevil.example",
                "/%2fevil.example",
                "/.//evil.example",
                "/;/evil.example",
                "/..;//evil.example",
                "/admin//",
                "/admin//evil.example",
                "/admin/..//evil.example",
                "/admin/login?next=//evil.example",
                "/?//evil.example",
                "http://evil.example",
                "http://evil.example?//evil.example",
                "http://evil.example/",
                "http://evil.example//evil.example",
                "http://evil.example/admin",
            })
    void no_target_leads_to_another_host(String target) {
        for (var method : List.of("GET", "HEAD", "OPTIONS", "POST")) {
            var request = method + " " + target + " HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n";
            for (int port : List.of(server.port(), server.managementPort())) {
                var answer = harmless(request, RunningServer.raw(port, request));
                assertThat(LOCATION.matcher(answer).results().map(found -> found.group(1)))
                        .as(request)
                        .allMatch(location -> location.matches("/([^/\\\\].*)?"));
            }
        }
    }
}
