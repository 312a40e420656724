package dev.countermark.server.http;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.concurrent.Semaphore;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.Invocable;

/**
 * One body on its way in: collected without a thread while it arrives, and given to the application as a whole.
 *
 * <p>A body that is too large is read on for a while before it is refused: a client that is still sending when the
 * connection closes never sees the answer. One that breaks off reaches nobody.
 */
final class ArrivingBody implements Invocable.Task {

    /** Bytes of a body that is refused which are read before the answer. */
    private static final int READ_BEFORE_REFUSAL = 1024 * 1024;

    private final Handler application;
    private final int longest;
    private final Semaphore waiting;
    private final Request request;
    private final Response response;
    private final Callback callback;
    private final ByteArrayOutputStream kept = new ByteArrayOutputStream(0);
    private int read;
    private int reserved;

    ArrivingBody(
            Handler application,
            int longest,
            Semaphore waiting,
            Request request,
            Response response,
            Callback callback) {
        this.application = application;
        this.longest = longest;
        this.waiting = waiting;
        this.request = request;
        this.response = response;
        this.callback = Callback.from(callback, this::release);
    }

    /** Goes on at once with a body that is here, later with another; the meaning is that of {@link Handler}. */
    boolean handle() throws Exception {
        long announced = request.getLength();
        if (announced > longest
                && (announced > READ_BEFORE_REFUSAL || request.getHeaders().contains(HttpHeader.EXPECT))) {
            return refuse(HttpStatus.PAYLOAD_TOO_LARGE_413);
        }
        return !isComplete() || application.handle(whole(), response, callback);
    }

    @Override
    public InvocationType getInvocationType() {
        return InvocationType.NON_BLOCKING;
    }

    /** More has arrived. */
    @Override
    public void run() {
        if (isComplete()) {
            request.getComponents().getExecutor().execute(this::pass);
        }
    }

    private void pass() {
        try {
            if (!application.handle(whole(), response, callback)) {
                refuse(HttpStatus.NOT_FOUND_404);
            }
        } catch (Throwable e) {
            // As Jetty does with what a handler throws.
            Response.writeError(request, response, callback, e);
        }
    }

    /** Reads what is here; false if more is to come or an answer has been given. */
    private boolean isComplete() {
        while (true) {
            var chunk = request.read();
            if (chunk == null) {
                if (!reserve()) {
                    refuse(HttpStatus.SERVICE_UNAVAILABLE_503);
                    return false;
                }
                request.demand(this);
                return false;
            }
            if (Content.Chunk.isFailure(chunk)) {
                fail(chunk.getFailure());
                return false;
            }
            boolean last = chunk.isLast();
            keep(chunk);
            if (read > READ_BEFORE_REFUSAL || last && read > longest) {
                refuse(HttpStatus.PAYLOAD_TOO_LARGE_413);
                return false;
            }
            if (last) {
                return true;
            }
        }
    }

    private void keep(Content.Chunk chunk) {
        read += chunk.remaining();
        if (read <= longest) {
            var bytes = new byte[chunk.remaining()];
            chunk.getByteBuffer().get(bytes);
            kept.writeBytes(bytes);
        }
        chunk.release();
    }

    /** Only what has to wait counts: a body that arrives with its header is bounded by the number of threads. */
    private boolean reserve() {
        int more = kept.size() - reserved;
        if (!waiting.tryAcquire(more)) {
            return false;
        }
        reserved += more;
        return true;
    }

    private void release() {
        waiting.release(reserved);
        reserved = 0;
    }

    private boolean refuse(int status) {
        Response.writeError(request, response, callback, status);
        return true;
    }

    private void fail(Throwable failure) {
        if (failure instanceof HttpException) {
            Response.writeError(request, response, callback, failure);
        } else {
            // The client is gone, or cut: an answer would be made for nobody.
            callback.failed(new Request.Handler.AbortException(failure));
        }
    }

    private Request whole() {
        var content = ByteBuffer.wrap(kept.toByteArray());
        return new Request.Wrapper(request) {

            private Content.Chunk next = Content.Chunk.from(content, true);

            @Override
            public long getLength() {
                return content.capacity();
            }

            @Override
            public Content.Chunk read() {
                var chunk = next;
                next = Content.Chunk.EOF;
                return chunk;
            }

            @Override
            public void demand(Runnable available) {
                available.run();
            }

            @Override
            public void fail(Throwable failure) {
                next = Content.Chunk.from(failure, true);
                super.fail(failure);
            }

            @Override
            public boolean consumeAvailable() {
                next = Content.Chunk.EOF;
                return true;
            }
        };
    }
}
