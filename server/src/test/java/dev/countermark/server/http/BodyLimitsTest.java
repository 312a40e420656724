package dev.countermark.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A real server that takes bodies of 1000 bytes, and keeps 1500 of those that are not here as a whole. */
class BodyLimitsTest {

    private static final int LONGEST = 1000;
    private static final int WAITING = 1500;

    private final Server server = new Server();
    private final ServerConnector connector = new ServerConnector(server);
    private final BlockingQueue<String> seen = new LinkedBlockingQueue<>();

    @BeforeEach
    void start() throws Exception {
        connector.setHost("127.0.0.1");
        server.addConnector(connector);
        server.setHandler(new BodyLimits(new Echo(), LONGEST, WAITING));
        server.setErrorHandler(new ServerErrors());
        server.start();
    }

    @AfterEach
    void stop() throws Exception {
        server.stop();
    }

    /** Notes each body and answers with it. */
    private final class Echo extends Handler.Abstract {

        @Override
        public boolean handle(Request request, Response response, Callback callback) throws Exception {
            var body = Content.Source.asString(request, StandardCharsets.US_ASCII);
            seen.add(body);
            Content.Sink.write(response, true, body, callback);
            return true;
        }
    }

    private final class Client implements AutoCloseable {

        private final Socket socket;

        Client() throws IOException {
            socket = new Socket(InetAddress.getLoopbackAddress(), connector.getLocalPort());
            socket.setSoTimeout(20_000);
        }

        Client send(String text) throws IOException {
            socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
            return this;
        }

        Client post(String header, String body) throws IOException {
            return send("POST / HTTP/1.1\r\nHost: x\r\n" + header + "\r\n\r\n" + body);
        }

        int status() throws IOException {
            var line = new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII);
            return Integer.parseInt(line.substring(9));
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }

    private static String length(long length) {
        return "Content-Length: " + length;
    }

    private static String chunk(String body) {
        return Integer.toHexString(body.length()) + "\r\n" + body + "\r\n";
    }

    @Test
    void a_body_in_pieces_arrives_as_one() throws Exception {
        try (var announced = new Client();
                var chunked = new Client()) {
            announced.post(length(6), "ab").send("cd").send("ef");
            assertThat(announced.status()).isEqualTo(200);
            chunked.post("Transfer-Encoding: chunked", chunk("ab")).send(chunk("c") + chunk("def") + "0\r\n\r\n");
            assertThat(chunked.status()).isEqualTo(200);
        }
        assertThat(seen).containsExactly("abcdef", "abcdef");
    }

    @Test
    void the_longest_body_is_taken_and_one_byte_more_refused() throws Exception {
        try (var fits = new Client();
                var larger = new Client();
                var chunked = new Client()) {
            assertThat(fits.post(length(LONGEST), "a".repeat(LONGEST)).status()).isEqualTo(200);
            assertThat(larger.post(length(LONGEST + 1), "a".repeat(LONGEST + 1)).status())
                    .isEqualTo(413);
            chunked.post("Transfer-Encoding: chunked", chunk("a".repeat(LONGEST)) + chunk("a") + "0\r\n\r\n");
            assertThat(chunked.status()).isEqualTo(413);
        }
        assertThat(seen).containsExactly("a".repeat(LONGEST));
    }

    @Test
    void a_client_that_sends_too_much_is_read_to_the_end_before_the_refusal() throws Exception {
        try (var client = new Client()) {
            client.post(length(500_000), "a".repeat(LONGEST + 1));
            // Nothing may be answered yet: who asked for the answer now would have to send the rest unheard.
            client.send("a".repeat(500_000 - LONGEST - 1));
            assertThat(client.status()).isEqualTo(413);
        }
        assertThat(seen).isEmpty();
    }

    @Test
    void a_body_that_is_far_too_large_is_not_read() throws Exception {
        try (var announced = new Client();
                var expecting = new Client()) {
            assertThat(announced.post(length(1L << 40), "").status()).isEqualTo(413);
            assertThat(expecting
                            .post(length(LONGEST + 1) + "\r\nExpect: 100-continue", "")
                            .status())
                    .isEqualTo(413);
        }
    }

    @Test
    void a_body_that_breaks_off_reaches_nobody() throws Exception {
        try (var client = new Client()) {
            client.post(length(10), "abc");
            client.socket.shutdownOutput();
            assertThat(client.socket.getInputStream().readAllBytes()).asString().doesNotContain(" 200 ");
        }
        try (var next = new Client()) {
            assertThat(next.post(length(1), "n").status()).isEqualTo(200);
        }
        assertThat(seen).containsExactly("n");
    }

    @Test
    void a_chunk_that_is_none_is_refused() throws Exception {
        try (var client = new Client()) {
            assertThat(client.post("Transfer-Encoding: chunked", "zz\r\n").status())
                    .isEqualTo(400);
        }
        assertThat(seen).isEmpty();
    }

    @Test
    void unfinished_bodies_have_a_bound_together_and_finished_ones_are_taken_meanwhile() throws Exception {
        try (var first = new Client();
                var second = new Client();
                var whole = new Client()) {
            first.post(length(LONGEST), "a".repeat(LONGEST - 1));
            second.post(length(LONGEST), "b".repeat(LONGEST - 1));
            var refused = refusedOf(first, second);
            assertThat(whole.post(length(LONGEST), "c".repeat(LONGEST)).status())
                    .isEqualTo(200);
            assertThat(seen.poll(20, TimeUnit.SECONDS)).startsWith("c");
            var other = refused == first ? second : first;
            other.send("z");
            assertThat(other.status()).isEqualTo(200);
        }
        // What they had kept is free again.
        try (var next = new Client()) {
            next.post(length(LONGEST), "d".repeat(LONGEST - 1)).send("d");
            assertThat(next.status()).isEqualTo(200);
        }
    }

    /** Which of two, of which the server has no room for one, has been answered. */
    private static Client refusedOf(Client first, Client second) throws Exception {
        while (true) {
            for (var client : new Client[] {first, second}) {
                if (client.socket.getInputStream().available() > 0) {
                    assertThat(client.status()).isEqualTo(503);
                    return client;
                }
            }
            Thread.onSpinWait();
        }
    }
}
