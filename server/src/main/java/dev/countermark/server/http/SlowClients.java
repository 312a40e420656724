package dev.countermark.server.http;

import java.time.Duration;
import java.util.IdentityHashMap;
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
import org.jspecify.annotations.Nullable;

/**
 * Hangs up on clients whose request does not arrive in time.
 *
 * <p>The idle timeout of the server begins anew with every byte, so a client that sends one now and then would keep its
 * connection for ever, and a few thousand of them everybody else's. This looks at all connections once in a while.
 *
 * <p>Clients that came together are late together. To hang up on hundreds at once would hold the others up, and to do so later
 * harms nobody, since connections are bounded: a hundred a second go, or as many as it takes to be done with all in half the time
 * of a request.
 */
final class SlowClients extends AbstractLifeCycle {

    /** Looks in the time that a request has. */
    private static final int LOOKS = 10;

    /** Steps in half the time that a request has, in which whoever is late is hung up on. */
    private static final int STEPS = 500;

    private final Server server;
    private final long request;
    private final long rest;
    private final long interval;
    private final long step;
    private final Scheduler scheduler = new ScheduledExecutorScheduler("countermark-slow-clients", true);

    // Only the scheduler's one thread comes here.
    private final PacedQueue<EndPoint> late = new PacedQueue<>(STEPS);
    private IdentityHashMap<EndPoint, Rest> resting = new IdentityHashMap<>();
    private long looked;

    /**
     * A connection before its next request.
     *
     * @param requests how many it has brought
     * @param since when it was first seen so, by {@link System#nanoTime}
     */
    private record Rest(long requests, long since) {}

    /**
     * Watches a server from its start to its end. Who is late is gone after seven tenths more of the time for a request.
     *
     * @param request how long a request may take from its first byte to the last of its body
     * @param rest how long a connection may take until its next request has begun, the handshake included, whatever
     *     arrives meanwhile: line ends, or parts of a record of TLS
     */
    SlowClients(Server server, Duration request, Duration rest) {
        this.server = server;
        this.request = request.toNanos();
        this.rest = rest.toNanos();
        this.interval = Math.max(1, request.toMillis() / LOOKS);
        this.step = Math.max(1, request.toMillis() / 2 / STEPS);
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
            if (late.isEmpty() || System.nanoTime() - looked > TimeUnit.MILLISECONDS.toNanos(interval)) {
                look();
            }
            late.step().forEach(this::hangUp);
        } finally {
            // whatever a connection did: the next one may be slow
            next(late.isEmpty() ? interval : step);
        }
    }

    private void look() {
        looked = System.nanoTime();
        var before = resting;
        resting = new IdentityHashMap<>();
        for (var connector : server.getConnectors()) {
            if (connector instanceof AbstractConnector network) {
                for (var endPoint : network.getConnectedEndPoints()) {
                    look(endPoint, before.get(endPoint));
                }
            }
        }
    }

    private void look(EndPoint endPoint, @Nullable Rest before) {
        var http = http(endPoint.getConnection());
        if (http != null && http.getParser().getState() == HttpParser.State.START) {
            long requests = http.getMessagesIn();
            boolean same = before != null && before.requests == requests;
            resting.put(endPoint, same ? before : new Rest(requests, System.nanoTime()));
        }
        if (isLate(endPoint)) {
            late.add(endPoint);
        }
    }

    /** The rest of the request may have arrived since the look. */
    private void hangUp(EndPoint endPoint) {
        if (isLate(endPoint)) {
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

    private boolean isLate(EndPoint endPoint) {
        var http = http(endPoint.getConnection());
        if (http == null) {
            return false;
        }
        var parser = http.getParser();
        if (isArriving(parser)) {
            return System.nanoTime() - parser.getBeginNanoTime() > request;
        }
        var seen = resting.get(endPoint);
        return parser.getState() == HttpParser.State.START
                && seen != null
                && seen.requests == http.getMessagesIn()
                && System.nanoTime() - seen.since > rest;
    }

    private static @Nullable HttpConnection http(@Nullable Connection connection) {
        if (connection instanceof SslConnection encrypted) {
            return http(encrypted.getSslEndPoint().getConnection());
        }
        return connection instanceof HttpConnection http ? http : null;
    }

    /** Between the first byte of a request and the last of its body. */
    private static boolean isArriving(HttpParser parser) {
        return switch (parser.getState()) {
            case START, CONTENT_END, END, CLOSE, CLOSED -> false;
            default -> true;
        };
    }
}
