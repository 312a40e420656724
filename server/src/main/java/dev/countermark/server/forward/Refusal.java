package dev.countermark.server.forward;

import dev.countermark.apitokens.ApiTokenVerdict;
import dev.countermark.server.problems.Problems;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/** The constant answers that let nobody through, with the challenges of RFC 6750 section 3. */
enum Refusal {
    /** Nothing was presented: no error code, as the RFC wants. */
    NO_TOKEN(401, "Unauthorized", "Bearer"),
    /** Forged, damaged, expired and revoked are one. */
    BAD_TOKEN(401, "Unauthorized", "Bearer error=\"invalid_token\""),
    /** The token is good; what it may do is not enough. */
    SCOPE_MISSING(403, "Forbidden", "Bearer error=\"insufficient_scope\""),
    /** Nobody knows; the token may be good. */
    UNAVAILABLE(503, "Service Unavailable", null);

    private final int status;
    private final @Nullable String challenge;
    private final String body;

    Refusal(int status, String title, @Nullable String challenge) {
        this.status = status;
        this.challenge = challenge;
        this.body = "{\"type\":\"about:blank\",\"title\":\"" + title + "\",\"status\":" + status + "}";
    }

    /** What a verdict is told that lets nobody through; a valid one lacks a scope. */
    static Refusal of(ApiTokenVerdict verdict) {
        if (verdict instanceof ApiTokenVerdict.Valid) {
            return SCOPE_MISSING;
        }
        return verdict instanceof ApiTokenVerdict.Unavailable ? UNAVAILABLE : BAD_TOKEN;
    }

    void write(HttpServletResponse response) throws IOException {
        response.setStatus(status);
        if (challenge != null) {
            response.setHeader("WWW-Authenticate", challenge);
        }
        response.setHeader("Cache-Control", "no-store");
        response.setContentType(Problems.MEDIA_TYPE);
        var bytes = body.getBytes(StandardCharsets.US_ASCII);
        response.setContentLength(bytes.length);
        response.getOutputStream().write(bytes);
    }

    /** The same without a servlet; the header of caching is there already. */
    void write(Response response, Callback callback) {
        response.setStatus(status);
        var headers = response.getHeaders();
        if (challenge != null) {
            headers.put(HttpHeader.WWW_AUTHENTICATE, challenge);
        }
        headers.put(HttpHeader.CONTENT_TYPE, Problems.MEDIA_TYPE);
        var bytes = body.getBytes(StandardCharsets.US_ASCII);
        headers.put(HttpHeader.CONTENT_LENGTH, bytes.length);
        response.write(true, ByteBuffer.wrap(bytes), callback);
    }
}
