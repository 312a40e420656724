package dev.countermark.server.http;

import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Refuses {@code TRACE}, which sends a request's headers back, tokens included (RFC 9110 section 9.3.8). */
final class NoEcho extends Handler.Wrapper {

    NoEcho(Handler inside) {
        super(inside);
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        if (request.getMethod().equals("TRACE")) {
            Response.writeError(request, response, callback, 405);
            return true;
        }
        return super.handle(request, response, callback);
    }
}
