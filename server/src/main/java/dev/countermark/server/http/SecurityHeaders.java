package dev.countermark.server.http;

import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.PreEncodedHttpField;

/**
 * Headers of every answer, whoever gives it: a controller, the security chains or the server itself.
 *
 * <p>Nothing here is for a browser to run, frame, guess or keep. The admin page sets its own policies in their place.
 */
final class SecurityHeaders {

    /** Written to the answer as they are, without a copy for each. */
    private static final HttpField[] ALL = {
        new PreEncodedHttpField("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'"),
        new PreEncodedHttpField("X-Content-Type-Options", "nosniff"),
        new PreEncodedHttpField("X-Frame-Options", "DENY"),
        new PreEncodedHttpField("Referrer-Policy", "no-referrer"),
        new PreEncodedHttpField("Cross-Origin-Resource-Policy", "same-origin"),
        new PreEncodedHttpField("Cross-Origin-Opener-Policy", "same-origin"),
        new PreEncodedHttpField(HttpHeader.CACHE_CONTROL, "no-store"),
    };

    /** One year: RFC 6797 section 6.1.1. */
    private static final HttpField TRANSPORT = new PreEncodedHttpField("Strict-Transport-Security", "max-age=31536000");

    private SecurityHeaders() {}

    static void write(boolean secure, HttpFields.Mutable headers) {
        for (var field : ALL) {
            headers.put(field);
        }
        if (secure) {
            headers.put(TRANSPORT);
        }
    }
}
