package dev.countermark.server.forward;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

/** The token in {@code Authorization: Bearer <token>} (RFC 6750 section 2.1, RFC 9110 section 11.4), and nowhere else. */
final class BearerHeader {

    private static final String SCHEME = "Bearer ";

    private BearerHeader() {}

    /**
     * The text behind the scheme, whatever it is; null when there is none.
     *
     * <p>Two such headers are none: who stands behind the proxy may read the other one.
     */
    static @Nullable String of(HttpServletRequest request) {
        var headers = request.getHeaders("Authorization");
        if (!headers.hasMoreElements()) {
            return null;
        }
        var header = headers.nextElement();
        return headers.hasMoreElements() ? null : text(header);
    }

    /** The text behind the scheme in the value of such a header; null when it has another scheme. */
    static @Nullable String text(String header) {
        if (!header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            return null;
        }
        int from = SCHEME.length();
        while (from < header.length() && header.charAt(from) == ' ') {
            from++;
        }
        return header.substring(from);
    }
}
