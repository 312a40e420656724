package dev.countermark.server.http;

import java.util.concurrent.Semaphore;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Bounds bodies, waits for them without a thread, and refuses those whose type cannot be read, but at {@code /verify}:
 * there nobody reads one, and a proxy may announce a body that it does not pass on.
 */
final class BodyLimits extends Handler.Wrapper {

    private final int longest;
    private final Semaphore waiting;

    /**
     * Limits what arrives for an application.
     *
     * @param longest bytes of one body, at most
     * @param waiting bytes of all bodies together that are kept while the rest of them arrives, at most
     */
    BodyLimits(Handler application, int longest, int waiting) {
        super(application);
        this.longest = longest;
        this.waiting = new Semaphore(waiting);
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        var path = request.getHttpURI().getCanonicalPath();
        if (path != null && (path.equals("/verify") || path.startsWith("/verify/"))) {
            return super.handle(request, response, callback);
        }
        // Whoever has found a token and says so oddly is heard all the same.
        if (!"/leaked".equals(path) && !ContentType.isReadable(request.getHeaders())) {
            Response.writeError(request, response, callback, HttpStatus.BAD_REQUEST_400);
            return true;
        }
        return new ArrivingBody(getHandler(), longest, waiting, request, response, callback).handle();
    }
}
