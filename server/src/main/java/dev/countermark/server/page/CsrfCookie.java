package dev.countermark.server.page;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.security.web.csrf.CsrfTokenRepository;
import org.springframework.security.web.csrf.DefaultCsrfToken;

/** The CSRF token in one of the page's {@link Cookies}, whose name Spring's own repository could not choose. */
record CsrfCookie(Cookies cookies) implements CsrfTokenRepository {

    /** Name of the hidden input. */
    static final String PARAMETER = "_csrf";

    @Override
    public CsrfToken generateToken(HttpServletRequest request) {
        return token(Nonce.random());
    }

    @Override
    public void saveToken(@Nullable CsrfToken token, HttpServletRequest request, HttpServletResponse response) {
        var cookie = token == null
                ? cookies.delete(Cookies.Name.CSRF, request)
                : cookies.make(Cookies.Name.CSRF, token.getToken(), request);
        response.addHeader(HttpHeaders.SET_COOKIE, cookie.toString());
    }

    @Override
    public @Nullable CsrfToken loadToken(HttpServletRequest request) {
        return cookies.read(Cookies.Name.CSRF, request)
                .filter(Nonce::isNonce)
                .map(CsrfCookie::token)
                .orElse(null);
    }

    private static CsrfToken token(String value) {
        return new DefaultCsrfToken("X-CSRF-TOKEN", PARAMETER, value);
    }
}
