package dev.countermark.server.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countermark.server.RunningServer;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Somebody with a browser that keeps cookies, fills in forms and does not follow redirects. */
final class Visitor {

    private static final Pattern CSRF = Pattern.compile("name=\"_csrf\" value=\"([^\"]*)\"");
    private static final Pattern REQUEST = Pattern.compile("name=\"request\" value=\"([^\"]*)\"");

    private final RunningServer server;
    final Map<String, String> cookies = new LinkedHashMap<>();
    private String page = "";

    Visitor(RunningServer server) {
        this.server = server;
    }

    /** One who has logged in. */
    static Visitor with(RunningServer server, String token) {
        var visitor = new Visitor(server);
        visitor.login(token);
        return visitor;
    }

    /** Where an answer leads. */
    static String location(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).isEqualTo(303);
        return answer.headers().firstValue("Location").orElseThrow();
    }

    /** A text as part of a query. */
    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    HttpResponse<String> login(String token) {
        get("/admin/login");
        return post("/admin/login", Map.of("token", token));
    }

    HttpResponse<String> get(String path) {
        return send(HttpRequest.newBuilder(server.uri(path)));
    }

    /** Sends the form of the page that was seen last: its hidden inputs, and these. */
    HttpResponse<String> post(String path, Map<String, String> fields) {
        var all = new LinkedHashMap<>(fields);
        hidden(CSRF).forEach(value -> all.putIfAbsent("_csrf", value));
        hidden(REQUEST).forEach(value -> all.putIfAbsent("request", value));
        return postExactly(path, all);
    }

    HttpResponse<String> postExactly(String path, Map<String, String> fields, String... headers) {
        var body = fields.entrySet().stream()
                .map(field -> field.getKey() + "=" + encoded(field.getValue()))
                .collect(Collectors.joining("&"));
        var request = HttpRequest.newBuilder(server.uri(path))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return send(request);
    }

    private List<String> hidden(Pattern pattern) {
        return pattern.matcher(page)
                .results()
                .map(found -> found.group(1).replace("&#61;", "="))
                .limit(1)
                .toList();
    }

    String csrf() {
        return hidden(CSRF).get(0);
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        if (!cookies.isEmpty()) {
            request.header(
                    "Cookie",
                    cookies.entrySet().stream()
                            .map(cookie -> cookie.getKey() + "=" + cookie.getValue())
                            .collect(Collectors.joining("; ")));
        }
        var answer = server.send(request.build());
        for (var header : answer.headers().allValues("Set-Cookie")) {
            int equals = header.indexOf('=');
            int end = header.indexOf(';');
            if (header.contains("Max-Age=0")) {
                cookies.remove(header.substring(0, equals));
            } else {
                cookies.put(header.substring(0, equals), header.substring(equals + 1, end));
            }
        }
        if (CSRF.matcher(answer.body()).find()) {
            page = answer.body();
        }
        return answer;
    }
}
