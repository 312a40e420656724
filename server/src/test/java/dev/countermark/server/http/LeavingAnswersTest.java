package dev.countermark.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A real server with eight threads, and clients that ask for large answers and do not read them. */
class LeavingAnswersTest {

    private static final String LARGE = "0123456789".repeat(40_000);

    private final Server server = new Server(new QueuedThreadPool(8));
    private final ServerConnector connector = new ServerConnector(server, 1, 1);
    private final AtomicInteger made = new AtomicInteger();
    private final List<Socket> clients = new ArrayList<>();

    private void start(int waiting, Duration time) throws Exception {
        connector.setHost("127.0.0.1");
        connector.setAcceptedSendBufferSize(16 * 1024);
        server.addConnector(connector);
        server.setHandler(new LeavingAnswers(new Answers(), waiting, time));
        server.setErrorHandler(new ServerErrors());
        server.start();
    }

    @AfterEach
    void stop() throws Exception {
        for (var client : clients) {
            client.close();
        }
        server.stop();
    }

    /** Answers in pieces, as an application does that writes to a stream and flushes it. */
    private final class Answers extends Handler.Abstract {

        @Override
        public boolean handle(Request request, Response response, Callback callback) throws Exception {
            made.incrementAndGet();
            var text = switch (request.getHttpURI().getPath()) {
                case "/large" -> LARGE;
                case "/huge" -> LARGE.repeat(4);
                default -> "small";
            };
            try (var stream = Content.Sink.asOutputStream(response)) {
                for (int i = 0; i < text.length(); i += 8000) {
                    stream.write(
                            text.substring(i, Math.min(i + 8000, text.length())).getBytes(StandardCharsets.US_ASCII));
                    stream.flush();
                }
            }
            callback.succeeded();
            return true;
        }
    }

    private Socket client() throws IOException {
        var socket = new Socket();
        clients.add(socket);
        socket.setReceiveBufferSize(4096);
        socket.setSoTimeout(20_000);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), connector.getLocalPort()));
        return socket;
    }

    private Socket ask(String path, String close) throws IOException {
        var socket = client();
        socket.getOutputStream()
                .write(("GET " + path + " HTTP/1.1\r\nHost: x\r\n" + close + "\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    private String answer(String path) throws IOException {
        var all = ask(path, "Connection: close\r\n").getInputStream().readAllBytes();
        return new String(all, StandardCharsets.US_ASCII);
    }

    @Test
    void an_answer_in_pieces_arrives_whole() throws Exception {
        start(5 * LARGE.length(), Duration.ofMinutes(1));
        assertThat(answer("/small")).startsWith("HTTP/1.1 200").endsWith("\r\n\r\nsmall");
        assertThat(answer("/large")).contains("Content-Length: 400000").endsWith("\r\n\r\n" + LARGE);
        assertThat(answer("/huge")).startsWith("HTTP/1.1 200").hasSizeGreaterThan(1_600_000);
    }

    @Test
    void clients_that_do_not_read_keep_no_thread_and_no_more_than_their_share() throws Exception {
        start(5 * LARGE.length(), Duration.ofMinutes(1));
        for (int i = 0; i < 20; i++) {
            ask("/large", "");
        }
        // Each made or refused, by eight threads.
        while (made.get() < 20) {
            assertThat(answer("/small")).endsWith("small");
        }
        assertThat(answer("/small")).endsWith("small");
        assertThat(answer("/large")).startsWith("HTTP/1.1 503").contains("application/problem+json");
        for (var silent : clients) {
            silent.close();
        }
        while (!answer("/large").startsWith("HTTP/1.1 200")) {
            assertThat(answer("/small")).endsWith("small");
        }
    }

    @Test
    void a_client_that_does_not_read_in_time_is_cut() throws Exception {
        start(LARGE.length(), Duration.ofMillis(500));
        var silent = ask("/large", "");
        while (made.get() == 0) {
            Thread.onSpinWait();
        }
        // There is no room for another one before the first is cut.
        while (!answer("/large").startsWith("HTTP/1.1 200")) {
            assertThat(answer("/small")).endsWith("small");
        }
        assertThat(received(silent)).isLessThan(LARGE.length());
    }

    private static int received(Socket socket) throws IOException {
        int count = 0;
        try {
            while (socket.getInputStream().read() >= 0) {
                count++;
            }
        } catch (SocketTimeoutException e) {
            throw e;
        } catch (IOException e) {
            // An abrupt end is one, too.
        }
        return count;
    }
}
