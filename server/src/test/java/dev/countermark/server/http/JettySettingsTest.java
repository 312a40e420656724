package dev.countermark.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.concurrent.CountDownLatch;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.junit.jupiter.api.Test;
import org.springframework.boot.jetty.JettyWebServer;
import org.springframework.boot.jetty.servlet.JettyServletWebServerFactory;

class JettySettingsTest {

    /** A connection that the system refuses to keep is tried again by itself after a second, then two, then four. */
    @Test
    void clients_that_come_at_once_are_kept_until_they_are_accepted() throws Exception {
        var factory = new JettyServletWebServerFactory(0);
        new JettySettings(false, (request, response, callback) -> false).customize(factory);
        var server = (JettyWebServer) factory.getWebServer();
        var clients = new ArrayList<Socket>();
        try {
            server.start();
            var connector = (ServerConnector) server.getServer().getConnectors()[0];
            connector.setAccepting(false);
            for (int i = 0; i < 100; i++) {
                var client = new Socket();
                clients.add(client);
                client.setSoTimeout(60_000);
                client.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.getPort()), 30_000);
                client.getOutputStream().write("GET / HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            }
            connector.setAccepting(true);
            for (var client : clients) {
                assertThat(new String(client.getInputStream().readNBytes(12), StandardCharsets.US_ASCII))
                        .isEqualTo("HTTP/1.1 404");
            }
        } finally {
            for (var client : clients) {
                client.close();
            }
            server.stop();
        }
    }

    /** With Jetty's cache of headers a thousand that had asked twice filled the heap. */
    @Test
    void a_kept_connection_has_no_cache_of_headers() throws Exception {
        var factory = new JettyServletWebServerFactory(0);
        new JettySettings(false, (request, response, callback) -> false).customize(factory);
        var server = (JettyWebServer) factory.getWebServer();
        try {
            server.start();
            var connector = server.getServer().getConnectors()[0];
            assertThat(connector
                            .getConnectionFactory(HttpConnectionFactory.class)
                            .getHttpConfiguration()
                            .getHeaderCacheSize())
                    .isZero();
        } finally {
            server.stop();
        }
    }

    /** All threads that may wait do so, and more requests than threads wait for them. */
    @Test
    void what_has_a_prompt_answer_needs_no_thread_that_may_wait() throws Exception {
        var factory = new JettyServletWebServerFactory(0);
        factory.setThreadPool(new QueuedThreadPool(12, 12));
        PromptAnswer prompt = (request, response, callback) -> {
            if (!request.getHttpURI().getPath().equals("/prompt")) {
                return false;
            }
            response.write(true, null, callback);
            return true;
        };
        var open = new CountDownLatch(1);
        new JettySettings(false, prompt).customize(factory);
        factory.addServerCustomizers(jetty -> ((Handover) jetty.getHandler()).setHandler(new Handler.Abstract() {
            @Override
            public boolean handle(Request request, Response response, Callback callback) throws Exception {
                open.await();
                response.write(true, null, callback);
                return true;
            }
        }));
        var server = (JettyWebServer) factory.getWebServer();
        var clients = new ArrayList<Socket>();
        try {
            server.start();
            // To begin with a connection takes a thread, too.
            var prompted = asking("/prompt", server.getPort());
            clients.add(prompted);
            assertThat(status(prompted)).isEqualTo("HTTP/1.1 200");
            for (int i = 0; i < 30; i++) {
                clients.add(asking("/waits", server.getPort()));
            }
            for (int i = 0; i < 30; i++) {
                ask("/prompt", prompted);
                assertThat(status(prompted)).isEqualTo("HTTP/1.1 200");
            }
            clients.remove(prompted);
            prompted.close();
            open.countDown();
            for (var client : clients) {
                assertThat(status(client)).isEqualTo("HTTP/1.1 200");
            }
        } finally {
            open.countDown();
            for (var client : clients) {
                client.close();
            }
            server.stop();
        }
    }

    /** It would keep the thread that reads from all its other connections for as long as it sends. */
    @Test
    void who_sends_on_without_an_answer_gets_none_promptly() throws Exception {
        var factory = new JettyServletWebServerFactory(0);
        PromptAnswer prompt = (request, response, callback) -> {
            response.setStatus(202);
            response.write(true, null, callback);
            return true;
        };
        new JettySettings(false, prompt).customize(factory);
        factory.addServerCustomizers(jetty -> ((Handover) jetty.getHandler()).setHandler(new Handler.Abstract() {
            @Override
            public boolean handle(Request request, Response response, Callback callback) {
                response.write(true, null, callback);
                return true;
            }
        }));
        var server = (JettyWebServer) factory.getWebServer();
        try {
            server.start();
            var one = "GET / HTTP/1.1\r\nHost: x\r\n\r\n";
            try (var client = new Socket(InetAddress.getLoopbackAddress(), server.getPort())) {
                client.setSoTimeout(60_000);
                client.getOutputStream().write((one + one + one + "GET").getBytes(StandardCharsets.US_ASCII));
                for (int i = 0; i < 3; i++) {
                    assertThat(status(client)).isEqualTo("HTTP/1.1 200");
                }
                client.getOutputStream().write(one.substring(3).getBytes(StandardCharsets.US_ASCII));
                assertThat(status(client)).isEqualTo("HTTP/1.1 202");
            }
        } finally {
            server.stop();
        }
    }

    private static Socket asking(String path, int port) throws IOException {
        var client = new Socket(InetAddress.getLoopbackAddress(), port);
        client.setSoTimeout(60_000);
        ask(path, client);
        return client;
    }

    private static void ask(String path, Socket client) throws IOException {
        client.getOutputStream()
                .write(("GET " + path + " HTTP/1.1\r\nHost: x\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
    }

    /** Reads an answer without a body to its end; its first twelve characters. */
    private static String status(Socket client) throws IOException {
        var answer = new StringBuilder();
        while (answer.indexOf("\r\n\r\n") < 0) {
            int next = client.getInputStream().read();
            assertThat(next).isNotNegative();
            answer.append((char) next);
        }
        return answer.substring(0, 12);
    }
}
