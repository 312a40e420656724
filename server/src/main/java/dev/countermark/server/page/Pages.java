package dev.countermark.server.page;

import dev.countermark.apitokens.ApiTokens;
import dev.countermark.apitokens.NodeStatus;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseCookie;
import org.springframework.http.ResponseEntity;
import org.springframework.security.web.csrf.CsrfToken;

/** Makes answers: pages of a template within the common frame, and redirects after a change. */
final class Pages {

    private static final MediaType HTML = new MediaType("text", "html", StandardCharsets.UTF_8);

    private final Templates templates = new Templates();
    private final Assets assets;
    private final Cookies cookies;
    private final ApiTokens tokens;

    Pages(Assets assets, Cookies cookies, ApiTokens tokens) {
        this.assets = assets;
        this.cookies = cookies;
        this.tokens = tokens;
    }

    /** An entry of the navigation. */
    record Entry(String path, String name, boolean current) {}

    /** Now, by the node's clock. */
    Instant now() {
        return tokens.options().clock().instant();
    }

    /** Whether this node hears revocations, and so can let anybody in. */
    boolean hears() {
        return tokens.status().state() == NodeStatus.State.HEARING;
    }

    /** A page with status 200. */
    ResponseEntity<String> show(HttpServletRequest request, String template, String title, Map<String, ?> model) {
        return show(request, HttpStatus.OK, template, title, model);
    }

    /**
     * A page.
     *
     * @param template name of the template
     * @param title heading and title
     * @param model what the template asks for, beside the frame
     */
    ResponseEntity<String> show(
            HttpServletRequest request, HttpStatus status, String template, String title, Map<String, ?> model) {
        var notice = cookies.read(Cookies.Name.NOTICE, request);
        var answer = ResponseEntity.status(status).contentType(HTML);
        if (notice.isPresent()) {
            answer.header(
                    HttpHeaders.SET_COOKIE,
                    cookies.delete(Cookies.Name.NOTICE, request).toString());
        }
        var text = notice.flatMap(Notice::parse).map(Notice::text).orElse(null);
        return answer.body(html(request, template, title, model, text));
    }

    /** The same answer with a cookie that comes after all others. */
    ResponseEntity<String> with(ResponseEntity<String> page, ResponseCookie cookie) {
        return ResponseEntity.status(page.getStatusCode())
                .headers(page.getHeaders())
                .header(HttpHeaders.SET_COOKIE, cookie.toString())
                .body(page.getBody());
    }

    private String html(
            HttpServletRequest request, String template, String title, Map<String, ?> model, @Nullable String notice) {
        var session = SessionFilter.session(request);
        var all = new HashMap<String, Object>(model);
        all.put("title", title);
        all.put("notice", notice);
        all.put("assets", assets.version());
        all.put("csrf", csrf(request));
        all.put("session", session);
        all.put("navigation", session == null ? List.of() : navigation(request.getRequestURI()));
        all.put("node", tokens.options().nodeName());
        return templates.render(template, all);
    }

    private static String csrf(HttpServletRequest request) {
        return request.getAttribute(CsrfToken.class.getName()) instanceof CsrfToken token ? token.getToken() : "";
    }

    private static List<Entry> navigation(String path) {
        var entries = new ArrayList<Entry>();
        for (var name : List.of("Tokens", "Inspect", "Keys", "Nodes", "Audit")) {
            var target = AdminPage.ROOT + "/" + name.toLowerCase(Locale.ROOT);
            entries.add(new Entry(target, name, path.equals(target) || path.startsWith(target + "/")));
        }
        return entries;
    }

    /** Sends the browser to another page after a change, so that reloading repeats nothing. */
    ResponseEntity<String> redirect(String path, ResponseCookie... cookies) {
        var answer = ResponseEntity.status(HttpStatus.SEE_OTHER).location(URI.create(path));
        for (var cookie : cookies) {
            answer.header(HttpHeaders.SET_COOKIE, cookie.toString());
        }
        return answer.build();
    }

    /** Sends the browser to another page, which says what happened. */
    ResponseEntity<String> redirect(HttpServletRequest request, String path, Notice notice) {
        return redirect(path, cookie(request, notice));
    }

    /** The cookie by which the next page says what happened. */
    ResponseCookie cookie(HttpServletRequest request, Notice notice) {
        return cookies.make(Cookies.Name.NOTICE, notice.cookie(), ShownOnce.AGE, request);
    }

    /** A page for an address that is none, or a token that is not there. */
    ResponseEntity<String> missing(HttpServletRequest request, String sentence) {
        return problem(request, HttpStatus.NOT_FOUND, "Not found", sentence);
    }

    /** A page that says what is wrong. */
    ResponseEntity<String> problem(HttpServletRequest request, HttpStatus status, String title, String sentence) {
        return show(request, status, "problem", title, Map.of("sentence", sentence));
    }

    /** No answer: nobody knows who may see what, or the database is away. */
    ResponseEntity<String> unavailable(HttpServletRequest request, String sentence) {
        var page = problem(request, HttpStatus.SERVICE_UNAVAILABLE, "Unavailable", sentence);
        return ResponseEntity.status(page.getStatusCode())
                .headers(page.getHeaders())
                .header(HttpHeaders.RETRY_AFTER, "1")
                .body(page.getBody());
    }

    /** Writes an answer from a filter, where Spring MVC does not. */
    static void write(ResponseEntity<String> answer, HttpServletResponse response) throws IOException {
        response.setStatus(answer.getStatusCode().value());
        answer.getHeaders().forEach((name, values) -> values.forEach(value -> response.addHeader(name, value)));
        var body = answer.getBody();
        if (body != null) {
            response.getOutputStream().write(body.getBytes(StandardCharsets.UTF_8));
        }
    }
}
