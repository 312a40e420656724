package dev.countermark.server.http;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.component.AbstractLifeCycle;
import org.eclipse.jetty.util.thread.ScheduledExecutorScheduler;

/**
 * Hangs up on clients that drip bytes: whose request goes on arriving for longer than it may take.
 *
 * <p>An idle timeout does not see them, since each byte begins it anew. Connections that are idle, and requests that are
 * being answered, are none of its business: no bytes arrive there.
 */
final class SlowClients extends AbstractLifeCycle implements Connection.Listener {

    private static final Duration LOOK_AROUND = Duration.ofSeconds(2);

    private final Duration longest;
    private final Map<Connection, Arrival> arrivals = new ConcurrentHashMap<>();
    private final ScheduledExecutorScheduler scheduler = new ScheduledExecutorScheduler("slow-clients", true);

    private SlowClients(Duration longest) {
        this.longest = longest;
    }

    /** Watches all connections of a server; a request may take this long to arrive. */
    static void watch(Server server, Duration longest) {
        var watcher = new SlowClients(longest);
        server.addBean(watcher, true);
        for (var connector : server.getConnectors()) {
            connector.addBean(watcher, false);
        }
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
        scheduler.schedule(this::lookAround, LOOK_AROUND.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public void onOpened(Connection connection) {
        arrivals.put(connection, new Arrival());
    }

    @Override
    public void onClosed(Connection connection) {
        arrivals.remove(connection);
    }

    private void lookAround() {
        long now = System.nanoTime();
        arrivals.forEach((connection, arrival) -> {
            if (arrival.isSlow(connection, now, longest)) {
                arrivals.remove(connection);
                connection.getEndPoint().close();
            }
        });
        next();
    }

    /** How far a connection was when its last request was answered, and since when another one has been arriving. */
    private static final class Arrival {

        private long answered;
        private long bytesThen;
        private long bytes;
        private long since = System.nanoTime();

        boolean isSlow(Connection connection, long now, Duration longest) {
            long answeredNow = connection.getMessagesOut();
            long bytesNow = connection.getBytesIn();
            boolean arriving = answeredNow == answered && bytesNow > bytesThen;
            if (!arriving) {
                answered = answeredNow;
                bytesThen = bytesNow;
                bytes = bytesNow;
                since = now;
                return false;
            }
            boolean more = bytesNow > bytes;
            bytes = bytesNow;
            return more && now - since > longest.toNanos();
        }
    }
}
