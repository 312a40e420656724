package dev.countermark.apitokens.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class SlowServerTest {

    /** Longer than a pool's request or a login may take once the node runs. */
    private static final long SLOW_MILLIS = 3500;

    @Test
    void a_start_waits_for_a_first_connection_that_takes_longer_than_later_ones_may() throws IOException {
        var url = TestPostgres.shared().emptyDatabase();
        var address = URI.create(url.substring("jdbc:".length()));
        var connections = new AtomicInteger();
        try (var slow = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            var server = new Thread(() -> accept(slow, address.getPort(), connections));
            server.setDaemon(true);
            server.start();
            var slowUrl = url.replace(
                    address.getHost() + ":" + address.getPort(),
                    slow.getInetAddress().getHostAddress() + ":" + slow.getLocalPort());
            assertThat(slowUrl).isNotEqualTo(url);
            try (var store = JdbcTokenStore.open(slowUrl)) {
                assertThat(store.nodes()).isEmpty();
            }
            assertThat(connections).hasValueGreaterThan(1);
        }
    }

    private static void accept(ServerSocket slow, int port, AtomicInteger connections) {
        while (true) {
            try {
                var client = slow.accept();
                var server = new Socket(InetAddress.getLoopbackAddress(), port);
                boolean first = connections.getAndIncrement() == 0;
                copying(client.getInputStream(), server.getOutputStream(), first ? SLOW_MILLIS : 0);
                copying(server.getInputStream(), client.getOutputStream(), 0);
            } catch (IOException e) {
                return;
            }
        }
    }

    private static void copying(InputStream from, OutputStream to, long pause) {
        var copier = new Thread(() -> {
            try (from;
                    to) {
                Thread.sleep(pause);
                from.transferTo(to);
            } catch (IOException e) {
                return;
            } catch (InterruptedException e) {
                throw new UncheckedIOException(new IOException(e));
            }
        });
        copier.setDaemon(true);
        copier.start();
    }
}
