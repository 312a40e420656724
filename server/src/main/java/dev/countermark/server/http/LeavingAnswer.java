package dev.countermark.server.http;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/**
 * One answer on its way out: collected while the application makes it, and sent as a whole without a thread. Clients that
 * ask and do not read would otherwise keep a thread each.
 *
 * <p>What the kernel does not take at once waits here, so larger answers have a bound together and a time.
 */
final class LeavingAnswer extends Response.Wrapper {

    /** An answer up to this size is always sent: one for each connection is not much. */
    private static final int SMALL = 4 * 1024;

    /** An answer above it is not kept whole, and takes a thread while it is sent. */
    private static final int LONGEST = 1024 * 1024;

    private final Semaphore waiting;
    private final long millis;
    private @Nullable ByteArrayOutputStream kept;
    private boolean passing;
    private @Nullable CompletableFuture<@Nullable Void> sending;

    /**
     * Collects an answer.
     *
     * @param waiting bytes that larger answers may take together while they are sent
     * @param millis how long a client may take to read one
     */
    LeavingAnswer(Request request, Response response, Semaphore waiting, long millis) {
        super(request, response);
        this.waiting = waiting;
        this.millis = millis;
    }

    @Override
    public boolean isCommitted() {
        return kept != null || super.isCommitted();
    }

    @Override
    public void reset() {
        super.reset();
        kept = null;
    }

    @Override
    public void write(boolean last, @Nullable ByteBuffer content, Callback callback) {
        if (passing || last && kept == null && size(content) <= SMALL) {
            super.write(last, content, callback);
            return;
        }
        var all = kept == null ? new ByteArrayOutputStream(last ? size(content) : 0) : kept;
        if (content != null) {
            var bytes = new byte[content.remaining()];
            content.get(bytes);
            all.writeBytes(bytes);
        }
        if (last) {
            send(all.toByteArray(), callback);
        } else if (all.size() > LONGEST) {
            passing = true;
            super.write(false, ByteBuffer.wrap(all.toByteArray()), callback);
        } else {
            kept = all;
            callback.succeeded();
        }
    }

    private static int size(@Nullable ByteBuffer content) {
        return content == null ? 0 : content.remaining();
    }

    private void send(byte[] all, Callback callback) {
        if (all.length <= SMALL) {
            super.write(true, ByteBuffer.wrap(all), callback);
        } else if (waiting.tryAcquire(all.length)) {
            var late =
                    getRequest().getComponents().getScheduler().schedule(this::hangUp, millis, TimeUnit.MILLISECONDS);
            var sent = new CompletableFuture<@Nullable Void>();
            sending = sent;
            super.write(true, ByteBuffer.wrap(all), Callback.from(Callback.from(sent), () -> {
                late.cancel();
                waiting.release(all.length);
            }));
            // Whoever wrote it need not wait; the exchange ends when it is sent.
            callback.succeeded();
        } else {
            super.reset();
            Response.writeError(getRequest(), getWrapped(), callback, HttpStatus.SERVICE_UNAVAILABLE_503);
        }
    }

    /** Ends the exchange, once the application is done and the answer is sent. */
    void complete(Callback exchange) {
        var sent = sending;
        if (sent == null) {
            exchange.succeeded();
        } else {
            exchange.completeWith(sent);
        }
    }

    private void hangUp() {
        getRequest()
                .getConnectionMetaData()
                .getConnection()
                .getEndPoint()
                .close(new TimeoutException("the answer was not read in time"));
    }
}
