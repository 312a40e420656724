package dev.countermark.server.http;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiConsumer;

/**
 * Headers of every answer, whoever gives it: a controller, the security chains or the server itself.
 *
 * <p>Nothing here is for a browser to run, frame, guess or keep. The admin page sets its own policies in their place.
 */
final class SecurityHeaders {

    private static final Map<String, String> ALL = new LinkedHashMap<>();

    static {
        ALL.put("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'");
        ALL.put("X-Content-Type-Options", "nosniff");
        ALL.put("X-Frame-Options", "DENY");
        ALL.put("Referrer-Policy", "no-referrer");
        ALL.put("Cross-Origin-Resource-Policy", "same-origin");
        ALL.put("Cross-Origin-Opener-Policy", "same-origin");
        ALL.put("Cache-Control", "no-store");
    }

    /** One year: RFC 6797 section 6.1.1. */
    private static final String TRANSPORT = "max-age=31536000";

    private SecurityHeaders() {}

    static void write(boolean secure, BiConsumer<String, String> header) {
        ALL.forEach(header);
        if (secure) {
            header.accept("Strict-Transport-Security", TRANSPORT);
        }
    }
}
