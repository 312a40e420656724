package dev.countermark.server.http;

import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Answers some requests on the thread that has read them, before the application: no other thread is woken up for them.
 *
 * <p>It must not wait for anything, since all connections of that thread would wait with it.
 */
@FunctionalInterface
public interface PromptAnswer {

    /**
     * Answers a request if it can at once.
     *
     * @param response has the headers of every answer already
     * @param callback completed by the answer
     * @return false if the application is to answer, and nothing has been done
     */
    boolean answer(Request request, Response response, Callback callback);
}
