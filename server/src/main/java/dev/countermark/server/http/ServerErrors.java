package dev.countermark.server.http;

import dev.countermark.server.problems.Problem;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;

/**
 * What the HTTP server answers by itself, before any application sees the request: to what is no HTTP, too large or too
 * slow. The status as a problem, and nothing of the request.
 */
final class ServerErrors extends ErrorHandler {

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        int status = response.getStatus();
        var headers = response.getHeaders();
        SecurityHeaders.write(request.isSecure(), headers);
        // Whoever is refused here may have sent more that is no request, or wait for a tunnel.
        headers.put(HttpHeader.CONNECTION, "close");
        headers.put(HttpHeader.CONTENT_TYPE, "application/problem+json");
        var problem = Problem.of(status);
        var body =
                "{\"type\":\"" + problem.type() + "\",\"title\":\"" + problem.title() + "\",\"status\":" + status + "}";
        response.write(true, ByteBuffer.wrap(body.getBytes(StandardCharsets.US_ASCII)), callback);
        return true;
    }
}
