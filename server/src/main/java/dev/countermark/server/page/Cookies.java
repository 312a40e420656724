package dev.countermark.server.page;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.Optional;
import org.springframework.http.ResponseCookie;
import org.springframework.web.util.WebUtils;

/**
 * The page's cookies: for this site alone, out of reach of scripts, gone with the browser.
 *
 * <p>Over TLS, and behind a proxy that ends TLS, they are {@code Secure} and their names begin with {@code __Host-}, so
 * that neither a neighbouring host nor a plain connection can set them.
 */
final class Cookies {

    /** Which cookie. */
    enum Name {
        /** Text of the session's token. */
        SESSION("countermark"),
        /** What the next page says about the change just made. */
        NOTICE("countermark-notice"),
        /** Which token's text the next page may show. */
        SHOWN("countermark-shown"),
        /** The half of the CSRF token that a form must repeat. */
        CSRF("countermark-csrf");

        private final String text;

        Name(String text) {
            this.text = text;
        }
    }

    private final boolean behindProxy;

    Cookies(boolean behindProxy) {
        this.behindProxy = behindProxy;
    }

    /** What a cookie of a request holds. */
    Optional<String> read(Name name, HttpServletRequest request) {
        return Optional.ofNullable(WebUtils.getCookie(request, text(name, request)))
                .map(Cookie::getValue)
                .filter(value -> !value.isEmpty());
    }

    /** A cookie until the browser is closed. */
    ResponseCookie make(Name name, String value, HttpServletRequest request) {
        return builder(name, value, request).build();
    }

    /** A cookie for so long. */
    ResponseCookie make(Name name, String value, Duration age, HttpServletRequest request) {
        return builder(name, value, request).maxAge(age).build();
    }

    /** What deletes a cookie. */
    ResponseCookie delete(Name name, HttpServletRequest request) {
        return builder(name, "", request).maxAge(0).build();
    }

    private ResponseCookie.ResponseCookieBuilder builder(Name name, String value, HttpServletRequest request) {
        boolean secure = secure(request);
        return ResponseCookie.from(text(name, request), value)
                .httpOnly(true)
                .sameSite("Strict")
                .secure(secure)
                // The prefix demands the whole site.
                .path(secure ? "/" : AdminPage.ROOT);
    }

    private String text(Name name, HttpServletRequest request) {
        return secure(request) ? "__Host-" + name.text : name.text;
    }

    private boolean secure(HttpServletRequest request) {
        return behindProxy || request.isSecure();
    }
}
