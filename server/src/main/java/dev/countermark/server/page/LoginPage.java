package dev.countermark.server.page;

import dev.countermark.server.page.Cookies.Name;
import dev.countermark.server.page.Notice.Kind;
import jakarta.servlet.http.HttpServletRequest;
import java.util.HashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Logging in with an admin token, and out. */
@Controller
final class LoginPage {

    private static final String REFUSED = "This is not a valid admin token.";
    private static final String TOO_MANY = "Too many attempts from your network. Wait a minute and try again.";

    private final PageSessions sessions;
    private final LoginAttempts attempts;
    private final Cookies cookies;
    private final Pages pages;

    LoginPage(PageSessions sessions, LoginAttempts attempts, Cookies cookies, Pages pages) {
        this.sessions = sessions;
        this.attempts = attempts;
        this.cookies = cookies;
        this.pages = pages;
    }

    /** The form, while a login is possible at all; {@code countermark doctor} goes by the status. */
    @GetMapping(AdminPage.LOGIN)
    ResponseEntity<String> form(HttpServletRequest request, @AuthenticationPrincipal @Nullable PageSession session) {
        if (session != null) {
            return pages.redirect(TokensPage.LIST);
        }
        return pages.hears() ? form(request, HttpStatus.OK, null) : pages.unavailable(request, PageErrors.UNAVAILABLE);
    }

    private ResponseEntity<String> form(HttpServletRequest request, HttpStatus status, @Nullable String error) {
        var model = new HashMap<String, Object>();
        model.put("error", error);
        return pages.show(request, status, "login", "Log in", model);
    }

    /** One answer for all that is refused: whether a token is forged, expired or merely not an admin's is not said. */
    @PostMapping(AdminPage.LOGIN)
    ResponseEntity<String> login(HttpServletRequest request, @RequestParam(defaultValue = "") String token) {
        var address = request.getRemoteAddr();
        if (!attempts.allows(address)) {
            var page = form(request, HttpStatus.TOO_MANY_REQUESTS, TOO_MANY);
            return ResponseEntity.status(page.getStatusCode())
                    .headers(page.getHeaders())
                    .header(HttpHeaders.RETRY_AFTER, Long.toString(LoginAttempts.WINDOW.toSeconds()))
                    .body(page.getBody());
        }
        var opened = sessions.open(token.strip());
        if (opened.isEmpty()) {
            attempts.refused(address);
            return form(request, HttpStatus.FORBIDDEN, REFUSED);
        }
        var before = SessionFilter.session(request);
        if (before != null) {
            sessions.close(before);
        }
        return pages.redirect(
                TokensPage.LIST,
                cookies.make(Name.SESSION, opened.get(), request),
                cookies.delete(Name.NOTICE, request),
                // What was known before the login proves nothing after it.
                cookies.make(Name.CSRF, Nonce.random(), request));
    }

    @PostMapping(AdminPage.ROOT + "/logout")
    ResponseEntity<String> logout(HttpServletRequest request, @AuthenticationPrincipal PageSession session) {
        sessions.close(session);
        return pages.redirect(
                AdminPage.LOGIN,
                cookies.delete(Name.SESSION, request),
                cookies.delete(Name.CSRF, request),
                cookies.delete(Name.SHOWN, request),
                pages.cookie(request, Notice.of(Kind.LOGGED_OUT)));
    }

    /** The way to the form for whoever has no session, or no longer. */
    static ResponseEntity<String> instead(HttpServletRequest request, Cookies cookies, Pages pages) {
        return cookies.read(Name.SESSION, request).isPresent()
                ? pages.redirect(
                        AdminPage.LOGIN,
                        cookies.delete(Name.SESSION, request),
                        pages.cookie(request, Notice.of(Kind.SESSION_ENDED)))
                : pages.redirect(AdminPage.LOGIN);
    }
}
