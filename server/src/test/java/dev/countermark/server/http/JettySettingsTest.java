package dev.countermark.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import org.eclipse.jetty.server.ServerConnector;
import org.junit.jupiter.api.Test;
import org.springframework.boot.jetty.JettyWebServer;
import org.springframework.boot.jetty.servlet.JettyServletWebServerFactory;

class JettySettingsTest {

    /** A connection that the system refuses to keep is tried again by itself after a second, then two, then four. */
    @Test
    void clients_that_come_at_once_are_kept_until_they_are_accepted() throws Exception {
        var factory = new JettyServletWebServerFactory(0);
        new JettySettings(false).customize(factory);
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
}
