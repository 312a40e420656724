package dev.countermark.spring.security;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Collections;
import java.util.Enumeration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Turns {@code Basic base64(<token>:)} (RFC 7617 section 2) into {@code Bearer <token>}, for clients of the Flask
 * tutorials.
 *
 * <p>Only an empty password and a user name with our prefix; everything else is left for HTTP Basic itself. It runs
 * before all filters that look at the header, so that CSRF protection, bearer tokens and HTTP Basic agree on what it is.
 */
final class BasicUserNameFilter extends OncePerRequestFilter {

    private static final String BASIC = "Basic ";

    /** A token has at most 2,048 characters; base64 makes four of three. */
    private static final int LONGEST_HEADER = 2800;

    private final String begin;

    BasicUserNameFilter(String prefix) {
        this.begin = prefix + "_";
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        var token = token(request.getHeader(HttpHeaders.AUTHORIZATION));
        chain.doFilter(token.isPresent() ? new BearerRequest(request, "Bearer " + token.get()) : request, response);
    }

    private Optional<String> token(@Nullable String header) {
        if (header == null
                || header.length() > LONGEST_HEADER
                || !header.regionMatches(true, 0, BASIC, 0, BASIC.length())) {
            return Optional.empty();
        }
        byte[] decoded;
        try {
            decoded = Base64.getDecoder().decode(header.substring(BASIC.length()));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
        var credentials = new String(decoded, StandardCharsets.ISO_8859_1);
        int colon = credentials.indexOf(':');
        return credentials.startsWith(begin) && colon == credentials.length() - 1
                ? Optional.of(credentials.substring(0, colon))
                : Optional.empty();
    }

    /** The same request with another {@code Authorization} header. */
    private static final class BearerRequest extends HttpServletRequestWrapper {

        private final String authorization;

        BearerRequest(HttpServletRequest request, String authorization) {
            super(request);
            this.authorization = authorization;
        }

        @Override
        public @Nullable String getHeader(String name) {
            return HttpHeaders.AUTHORIZATION.equalsIgnoreCase(name) ? authorization : super.getHeader(name);
        }

        @Override
        public Enumeration<String> getHeaders(String name) {
            return HttpHeaders.AUTHORIZATION.equalsIgnoreCase(name)
                    ? Collections.enumeration(Collections.singleton(authorization))
                    : super.getHeaders(name);
        }
    }
}
