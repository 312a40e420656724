package dev.countermark.server.http;

import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.internal.HttpConnection;
import org.eclipse.jetty.util.Callback;

/**
 * Hands requests from the threads that read them, which must not wait, to those that may, once their headers are here;
 * what has a prompt answer gets it before.
 *
 * <p>But not where the next request is here, too: one connection that sends without end would have all the others of the
 * thread wait.
 */
final class Handover extends Handler.Wrapper {

    private final PromptAnswer prompt;

    Handover(PromptAnswer prompt, Handler application) {
        super(application);
        this.prompt = prompt;
    }

    /** Has the server read requests, and come here, on the threads that wait for all connections. */
    @Override
    public InvocationType getInvocationType() {
        return InvocationType.NON_BLOCKING;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        if (hasMore(request) || !prompt.answer(request, response, callback)) {
            request.getComponents().getExecutor().execute(() -> pass(request, response, callback));
        }
        return true;
    }

    private static boolean hasMore(Request request) {
        return request.getConnectionMetaData().getConnection() instanceof HttpConnection http
                && !http.isRequestBufferEmpty();
    }

    private void pass(Request request, Response response, Callback callback) {
        try {
            if (!super.handle(request, response, callback)) {
                Response.writeError(request, response, callback, HttpStatus.NOT_FOUND_404);
            }
        } catch (Throwable e) {
            // As Jetty does with what a handler throws.
            Response.writeError(request, response, callback, e);
        }
    }
}
