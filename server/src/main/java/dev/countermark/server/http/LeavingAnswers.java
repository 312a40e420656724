package dev.countermark.server.http;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Sends what an application answers without a thread that waits for the client to read it. */
final class LeavingAnswers extends Handler.Wrapper {

    private final Semaphore waiting;
    private final long millis;

    /**
     * Sends the answers of an application.
     *
     * @param waiting bytes of all larger answers together that are kept until their clients have read them, at most; who
     *     comes on top gets 503
     * @param time how long a client may take to read one
     */
    LeavingAnswers(Handler application, int waiting, Duration time) {
        super(application);
        this.waiting = new Semaphore(waiting);
        this.millis = time.toMillis();
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        var answer = new LeavingAnswer(request, response, waiting, millis);
        return super.handle(request, answer, Callback.from(() -> answer.complete(callback), callback::failed));
    }
}
