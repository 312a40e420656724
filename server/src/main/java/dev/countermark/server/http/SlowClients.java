package dev.countermark.server.http;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.http.HttpParser;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.ssl.SslConnection;
import org.eclipse.jetty.server.AbstractConnector;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.internal.HttpConnection;
import org.eclipse.jetty.util.component.AbstractLifeCycle;
import org.eclipse.jetty.util.thread.ScheduledExecutorScheduler;
import org.eclipse.jetty.util.thread.Scheduler;

/**
 * Hangs up on clients whose request does not arrive in time.
 *
 * <p>The idle timeout of the server begins anew with every byte, so a client that sends one now and then would keep its
 * connection for ever, and a few thousand of them everybody else's. This looks at all connections once in a while.
 *
 * <p>Clients that came together are late together. To hang up on hundreds at once would hold the others up, so this takes
 * until the next look for it.
 */
final class SlowClients extends AbstractLifeCycle {

    /** Looks in the time that a request has, and parts of the time until the next look. */
    private static final int LOOKS = 10;

    private static final int STEPS = 20;

    private final Server server;
    private final long request;
    private final long handshake;
    private final long interval;
    private final long step;
    private final Scheduler scheduler = new ScheduledExecutorScheduler("countermark-slow-clients", true);

    // Only the scheduler's one thread comes here.
    private final ArrayDeque<EndPoint> late = new ArrayDeque<>();
    private int share;

    /**
     * Watches a server from its start to its end. Who is late is gone after two tenths more of the time for a request.
     *
     * @param request how long a request may take from its first byte to the last of its body
     * @param handshake how long a new connection may take until its first request has begun
     */
    SlowClients(Server server, Duration request, Duration handshake) {
        this.server = server;
        this.request = request.toNanos();
        this.handshake = handshake.toMillis();
        this.interval = Math.max(1, request.toMillis() / LOOKS);
        this.step = Math.max(1, interval / STEPS);
    }

    @Override
    protected void doStart() throws Exception {
        scheduler.start();
        next(interval);
    }

    @Override
    protected void doStop() throws Exception {
        scheduler.stop();
    }

    private void next(long millis) {
        scheduler.schedule(this::step, millis, TimeUnit.MILLISECONDS);
    }

    private void step() {
        try {
            if (late.isEmpty()) {
                look();
            }
            for (int i = 0; i < share && !late.isEmpty(); i++) {
                hangUp(late.remove());
            }
        } finally {
            // whatever a connection did: the next one may be slow
            next(late.isEmpty() ? interval : step);
        }
    }

    private void look() {
        for (var connector : server.getConnectors()) {
            if (connector instanceof AbstractConnector network) {
                for (var endPoint : network.getConnectedEndPoints()) {
                    if (isLate(endPoint.getConnection())) {
                        late.add(endPoint);
                    }
                }
            }
        }
        share = late.size() / STEPS + 1;
    }

    /** The rest of the request may have arrived since the look. */
    private void hangUp(EndPoint endPoint) {
        if (isLate(endPoint.getConnection())) {
            endPoint.close(new LateException());
        }
    }

    /** No stack: it would be the same each time, and many may be late. */
    private static final class LateException extends TimeoutException {

        private static final long serialVersionUID = 1L;

        LateException() {
            super("the request did not arrive in time");
        }

        @Override
        public synchronized Throwable fillInStackTrace() {
            return this;
        }
    }

    private boolean isLate(Connection connection) {
        if (connection instanceof SslConnection encrypted) {
            return isLate(encrypted.getSslEndPoint().getConnection());
        }
        if (!(connection instanceof HttpConnection http)) {
            return false;
        }
        var parser = http.getParser();
        if (isArriving(parser)) {
            return System.nanoTime() - parser.getBeginNanoTime() > request;
        }
        return http.getMessagesIn() == 0 && System.currentTimeMillis() - http.getCreatedTimeStamp() > handshake;
    }

    /** Between the first byte of a request and the last of its body. */
    private static boolean isArriving(HttpParser parser) {
        return switch (parser.getState()) {
            case START, CONTENT_END, END, CLOSE, CLOSED -> false;
            default -> true;
        };
    }
}
