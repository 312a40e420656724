package dev.countermark.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A real server with half a second to send a request, and four seconds to begin the next one. */
class SlowClientsTest {

    private static final Duration LIMIT = Duration.ofMillis(500);

    private final Server server = new Server();
    private final ServerConnector connector = new ServerConnector(server);
    private final CountDownLatch asked = new CountDownLatch(1);
    private final CountDownLatch answer = new CountDownLatch(1);

    @BeforeEach
    void start() throws Exception {
        connector.setHost("127.0.0.1");
        connector.setIdleTimeout(60_000);
        server.addConnector(connector);
        server.setHandler(new BodyLimits(new Answers(), 64 * 1024, 1024 * 1024));
        server.addBean(new SlowClients(server, LIMIT, LIMIT.multipliedBy(8)));
        server.start();
    }

    @AfterEach
    void stop() throws Exception {
        server.stop();
    }

    /** Answers at once, or at /wait when it is told to. */
    private final class Answers extends Handler.Abstract {

        @Override
        public boolean handle(Request request, Response response, Callback callback) throws Exception {
            asked.countDown();
            if (request.getHttpURI().getPath().equals("/wait")) {
                answer.await();
            }
            callback.succeeded();
            return true;
        }
    }

    private Socket connect(String begin) throws IOException {
        var socket = new Socket(InetAddress.getLoopbackAddress(), connector.getLocalPort());
        socket.setSoTimeout(100);
        socket.getOutputStream().write(begin.getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET / HT",
                "GET / HTTP/1.1\r\nHost: x\r\nX: ",
                "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 10000\r\n\r\n",
                "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n800\r\n",
                "GET / HTTP/1.1\r\nHost: x\r\n\r\nGET / HTTP/1.1\r\nHost: x\r\nX: ",
            })
    void a_client_that_drips_is_cut(String begin) throws Exception {
        try (var socket = connect(begin)) {
            assertThat(isCut(socket, "x")).isTrue();
        }
    }

    @Test
    void a_client_that_begins_no_request_is_cut_whatever_it_sends_instead() throws Exception {
        try (var silent = connect("");
                var kept = connect("GET / HTTP/1.1\r\nHost: x\r\n\r\n")) {
            kept.getInputStream().readNBytes("HTTP/1.1 200".length());
            assertThat(isCut(kept, "\r\n")).isTrue();
            assertThat(isCut(silent, "")).isTrue();
        }
    }

    /** Whether the server hangs up on a client that sends this now and then. */
    private static boolean isCut(Socket socket, String drip) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (System.nanoTime() < deadline) {
            try {
                if (socket.getInputStream().read() < 0) {
                    return true;
                }
            } catch (SocketTimeoutException e) {
                try {
                    socket.getOutputStream().write(drip.getBytes(StandardCharsets.US_ASCII));
                } catch (IOException gone) {
                    return true;
                }
            } catch (IOException e) {
                return true;
            }
        }
        return false;
    }

    @Test
    void clients_that_are_late_together_are_all_cut() throws Exception {
        var sockets = new ArrayList<Socket>();
        try {
            for (int i = 0; i < 90; i++) {
                sockets.add(
                        connect(i % 2 == 0 ? "GET / HT" : "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\n"));
            }
            for (var socket : sockets) {
                socket.setSoTimeout(30_000);
                assertThat(read(socket)).isNegative();
            }
        } finally {
            for (var socket : sockets) {
                socket.close();
            }
        }
    }

    /** What comes, or -1 at the end, which may be an abrupt one. */
    private static int read(Socket socket) throws SocketTimeoutException {
        try {
            return socket.getInputStream().read();
        } catch (SocketTimeoutException e) {
            throw e;
        } catch (IOException e) {
            return -1;
        }
    }

    @Test
    void a_handler_may_take_its_time() throws Exception {
        try (var socket = connect("GET /wait HTTP/1.1\r\nHost: x\r\n\r\n")) {
            assertThat(asked.await(1, TimeUnit.MINUTES)).isTrue();
            // Time has to pass: three times what a request has.
            Thread.sleep(1500);
            answer.countDown();
            socket.setSoTimeout(20_000);
            assertThat(new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII))
                    .isEqualTo("HTTP/1.1 200");
        }
    }

    @Test
    void a_connection_that_is_kept_may_rest() throws Exception {
        try (var socket = connect("GET / HTTP/1.1\r\nHost: x\r\n\r\n")) {
            socket.setSoTimeout(20_000);
            socket.getInputStream().readNBytes("HTTP/1.1 200".length());
            // The rest is under test: three times what a request has.
            Thread.sleep(1500);
            socket.getInputStream().skipNBytes(socket.getInputStream().available());
            socket.getOutputStream().write("GET / HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            assertThat(new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII))
                    .isEqualTo("HTTP/1.1 200");
        }
    }
}
