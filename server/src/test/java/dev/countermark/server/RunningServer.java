package dev.countermark.server;

import dev.countermark.apitokens.ApiTokens;
import dev.countermark.apitokens.IssueRequest;
import dev.countermark.server.serve.ServeCommand;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.util.FileSystemUtils;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The real service in this process: a port of its own, a data folder of its own, and clients to ask it. */
public final class RunningServer implements AutoCloseable {

    private static final JsonMapper JSON = new JsonMapper();

    private final ConfigurableApplicationContext context;
    private final Path folder;
    private final HttpClient client = HttpClient.newHttpClient();

    private RunningServer(ConfigurableApplicationContext context, Path folder) {
        this.context = context;
        this.folder = folder;
    }

    /** One that all tests share which only ask: it ends with the process. */
    public static RunningServer shared() {
        return Shared.SERVER;
    }

    private static final class Shared {

        static final RunningServer SERVER = start("--management-port", "0");

        static {
            Runtime.getRuntime().addShutdownHook(new Thread(SERVER::close));
        }
    }

    /** Starts one with a new data folder and further options of {@code countermark serve}. */
    public static RunningServer start(String... options) {
        try {
            var folder = Files.createTempDirectory("countermark-server");
            var all = new ArrayList<>(List.of("--port", "0", "--data", folder.toString()));
            // The last one counts.
            all.addAll(List.of(options));
            var context = ServeCommand.start(CountermarkServer.class, Map.of(), all.toArray(String[]::new));
            return new RunningServer(context, folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The data folder, deleted at the end. */
    public Path folder() {
        return folder;
    }

    public int port() {
        return context.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
    }

    /** Port of health and metrics. */
    public int managementPort() {
        return context.getEnvironment().getRequiredProperty("local.management.port", Integer.class);
    }

    /** Address of a path. */
    public URI uri(String path) {
        return URI.create("http://127.0.0.1:" + port() + path);
    }

    /** The tokens behind it. */
    public ApiTokens tokens() {
        return bean(ApiTokens.class);
    }

    /** A part of it. */
    public <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    /** A new token that may do everything. */
    public String adminToken() {
        return token("admin", ApiTokens.ADMIN_SCOPE);
    }

    /** A new token. */
    public String token(String subject, String... scopes) {
        return tokens().issue(IssueRequest.forSubject(subject).scopes(scopes)).text();
    }

    /** Asks with a method, a bearer token and a JSON body, or without. */
    public HttpResponse<String> ask(String method, String path, @Nullable String token, @Nullable String json) {
        var request = HttpRequest.newBuilder(uri(path))
                .method(method, json == null ? BodyPublishers.noBody() : BodyPublishers.ofString(json));
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        if (json != null) {
            request.header("Content-Type", "application/json");
        }
        return send(request.build());
    }

    public HttpResponse<String> get(String path, @Nullable String token) {
        return ask("GET", path, token, null);
    }

    public HttpResponse<String> post(String path, @Nullable String token, String json) {
        return ask("POST", path, token, json);
    }

    public HttpResponse<String> send(HttpRequest request) {
        try {
            return client.send(request, BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** The body of an answer as JSON. */
    public static JsonNode json(HttpResponse<String> answer) {
        return JSON.readTree(answer.body());
    }

    /** Writes bytes to the port as they are, and returns everything that comes back until the server hangs up. */
    public String raw(String latin1) {
        return raw(port(), latin1);
    }

    /** The same at another port of this machine. */
    public static String raw(int port, String latin1) {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream().write(latin1.getBytes(StandardCharsets.ISO_8859_1));
            socket.getOutputStream().flush();
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        context.close();
        try {
            FileSystemUtils.deleteRecursively(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
