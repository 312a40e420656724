package dev.countermark.server;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executors;

/** A service behind a proxy. It answers with the target and the headers that it was sent, one a line, and the length of the body. */
public final class Backend implements AutoCloseable {

    private final HttpServer server;

    private Backend(HttpServer server) {
        this.server = server;
    }

    public static Backend start() {
        try {
            var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.setExecutor(Executors.newFixedThreadPool(4, work -> {
                var thread = new Thread(work);
                thread.setDaemon(true);
                return thread;
            }));
            server.createContext("/", exchange -> {
                var seen = new StringBuilder(exchange.getRequestMethod() + "\n");
                seen.append("target: ").append(exchange.getRequestURI()).append('\n');
                exchange.getRequestHeaders()
                        .forEach((name, values) -> values.forEach(value ->
                                seen.append(name).append(": ").append(value).append('\n')));
                seen.append("bytes: ")
                        .append(exchange.getRequestBody().readAllBytes().length)
                        .append('\n');
                var body = seen.toString().getBytes(StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(
                        exchange.getRequestURI().getPath().equals("/broken") ? 500 : 200, body.length);
                exchange.getResponseBody().write(body);
                exchange.close();
            });
            server.start();
            return new Backend(server);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public int port() {
        return server.getAddress().getPort();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
