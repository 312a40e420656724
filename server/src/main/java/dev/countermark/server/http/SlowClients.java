package dev.countermark.server.http;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.http.HttpParser;
import org.eclipse.jetty.io.Connection;
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
 */
final class SlowClients extends AbstractLifeCycle {

    private final Server server;
    private final long request;
    private final long handshake;
    private final long interval;
    private final Scheduler scheduler = new ScheduledExecutorScheduler("countermark-slow-clients", true);

    /**
     * Watches a server from its start to its end.
     *
     * @param request how long a request may take from its first byte to the last of its body
     * @param handshake how long a new connection may take until its first request has begun
     */
    SlowClients(Server server, Duration request, Duration handshake) {
        this.server = server;
        this.request = request.toNanos();
        this.handshake = handshake.toMillis();
        this.interval = Math.max(1, request.toMillis() / 10);
    }

    @Override
    protected void doStart() throws Exception {
        scheduler.start();
        next();
    }

    @Override
    protected void doStop() throws Exception {
        scheduler.stop();
    }

    private void next() {
        scheduler.schedule(this::look, interval, TimeUnit.MILLISECONDS);
    }

    private void look() {
        for (var connector : server.getConnectors()) {
            if (connector instanceof AbstractConnector network) {
                for (var endPoint : network.getConnectedEndPoints()) {
                    if (isLate(endPoint.getConnection())) {
                        endPoint.close(new TimeoutException("the request did not arrive in time"));
                    }
                }
            }
        }
        next();
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
