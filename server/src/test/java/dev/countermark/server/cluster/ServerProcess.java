package dev.countermark.server.cluster;

import dev.countermark.server.Nginx;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** {@code ./countermark serve} as a process of its own: the launcher becomes it. */
final class ServerProcess implements AutoCloseable {

    private static final Path SCRIPT =
            Path.of("../countermark").toAbsolutePath().normalize();

    private final Process process;
    private final Path log;
    private final int port;
    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();

    private ServerProcess(Process process, Path log, int port) {
        this.process = process;
        this.log = log;
        this.port = port;
    }

    /** Starts one on a database, with a data folder of its own; {@link #awaitReady} waits for it. */
    static ServerProcess start(Path folder, Path keys, String databaseUrl) throws IOException {
        return start(folder, keys, databaseUrl, Nginx.freePort());
    }

    static ServerProcess start(Path folder, Path keys, String databaseUrl, int port) throws IOException {
        Files.createDirectories(folder);
        var log = folder.resolve("log");
        var starting = new ProcessBuilder(
                        SCRIPT.toString(),
                        "serve",
                        "--port",
                        Integer.toString(port),
                        "--data",
                        folder.toString(),
                        "--keys",
                        keys.toString(),
                        "--database-url",
                        databaseUrl)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        var environment = starting.environment();
        environment.put("JAVA_HOME", System.getProperty("java.home"));
        environment.put("COUNTERMARK_BUILD", "never");
        environment.put("COUNTERMARK_JAVA_OPTIONS", "-XX:TieredStopAtLevel=1");
        return new ServerProcess(starting.start(), log, port);
    }

    int port() {
        return port;
    }

    ServerProcess awaitReady() throws Exception {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(90);
        while (true) {
            try {
                if (ask("GET", "/verify", "nobody", "", List.of()).statusCode() == 401) {
                    return this;
                }
            } catch (IOException e) {
                if (!process.isAlive() || System.nanoTime() > deadline) {
                    throw new IllegalStateException("the server did not start:\n" + Files.readString(log), e);
                }
            }
            TimeUnit.MILLISECONDS.sleep(50);
        }
    }

    HttpResponse<String> ask(String method, String path, String token, String json, List<String> headers)
            throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(Duration.ofSeconds(30))
                .method(method, json.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(json));
        var all = new ArrayList<>(List.of("Authorization", "Bearer " + token));
        if (!json.isEmpty()) {
            all.addAll(List.of("Content-Type", "application/json"));
        }
        all.addAll(headers);
        return client.send(request.headers(all.toArray(String[]::new)).build(), BodyHandlers.ofString());
    }

    int verify(String token) throws IOException, InterruptedException {
        return ask("GET", "/verify", token, "", List.of()).statusCode();
    }

    /** Issues with an idempotency key. */
    HttpResponse<String> issue(String admin, String key) throws IOException, InterruptedException {
        return ask("POST", "/v1/tokens", admin, "{\"subject\":\"ada\"}", List.of("Idempotency-Key", key));
    }

    /** Revokes as RFC 7009 says. */
    int revoke(String admin, String token) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/oauth2/revoke"))
                .timeout(Duration.ofSeconds(30))
                .header("Authorization", "Bearer " + admin)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString("token=" + token));
        return client.send(request.build(), BodyHandlers.ofString()).statusCode();
    }

    /** {@code kill -9}. */
    void kill() throws InterruptedException {
        process.destroyForcibly();
        process.waitFor();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
