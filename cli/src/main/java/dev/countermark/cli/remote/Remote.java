package dev.countermark.cli.remote;

import dev.countermark.cli.terminal.Answers;
import dev.countermark.cli.terminal.ExitCode;
import java.io.ByteArrayOutputStream;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.MissingNode;

/**
 * A server's HTTP API, asked with one token.
 *
 * <p>Every wait and every size is bounded, and a redirect is not followed: the token goes to the address that was given and
 * to no other. What the server refuses is a {@link RemoteFailure} with the exit code that the same refusal has without a
 * server.
 */
public final class Remote {

    private static final Duration ANSWER = Duration.ofSeconds(30);
    private static final int LONGEST_ANSWER = 8 << 20;
    private static final Pattern NAMING_A_TOKEN = Pattern.compile("/v1/(tokens/|revocations)");

    private final RemoteAddress address;
    private final HttpClient client;
    private final String token;

    /**
     * The API at an address.
     *
     * @param client one that follows no redirect
     */
    public Remote(RemoteAddress address, HttpClient client, String token) {
        this.address = address;
        this.client = client;
        this.token = token;
    }

    /** {@code GET}: the JSON that comes back. */
    public JsonNode get(String path) throws RemoteFailure {
        return json(send(request(path).GET()), path);
    }

    /** {@code DELETE}: the JSON that comes back; nothing where there is none. */
    public JsonNode delete(String path) throws RemoteFailure {
        return json(send(request(path).DELETE()), path);
    }

    /** {@code POST} of JSON; with an idempotency key, where there is one. */
    public JsonNode post(String path, JsonNode body, @Nullable String idempotencyKey) throws RemoteFailure {
        var request =
                request(path).header("Content-Type", "application/json").POST(BodyPublishers.ofString(body.toString()));
        return json(send(idempotencyKey == null ? request : request.header("Idempotency-Key", idempotencyKey)), path);
    }

    /** {@code POST} of a form with one field. */
    public JsonNode postForm(String path, String name, String value) throws RemoteFailure {
        var request = request(path)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(name + "=" + escaped(value)));
        return json(send(request), path);
    }

    /** A text as part of a path or query. */
    public static String escaped(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** A query of those parameters that have a value, with its question mark. */
    public static String query(Map<String, @Nullable String> parameters) {
        var query = new StringBuilder();
        parameters.forEach((name, value) -> {
            if (value != null) {
                query.append(query.isEmpty() ? '?' : '&')
                        .append(name)
                        .append('=')
                        .append(escaped(value));
            }
        });
        return query.toString();
    }

    private HttpRequest.Builder request(String path) {
        try {
            return HttpRequest.newBuilder(address.at(path))
                    .timeout(ANSWER)
                    .header("Accept", "application/json")
                    .header("Authorization", "Bearer " + token);
        } catch (IllegalArgumentException e) {
            // Its message could quote the header.
            throw new IllegalArgumentException("this cannot be asked of a server");
        }
    }

    /** The answer, whatever it says. */
    HttpResponse<byte[]> send(HttpRequest.Builder request) throws RemoteFailure {
        try {
            return client.sendAsync(request.build(), answer -> {
                        var bytes = new ByteArrayOutputStream();
                        return BodySubscribers.mapping(
                                BodySubscribers.ofByteArrayConsumer(
                                        part -> part.ifPresent(more -> append(bytes, more))),
                                nothing -> bytes.toByteArray());
                    })
                    .get(ANSWER.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unavailable("the wait was interrupted");
        } catch (TimeoutException e) {
            throw unavailable("it did not answer within " + ANSWER.toSeconds() + " s");
        } catch (ExecutionException e) {
            throw unavailable(why(e.getCause()));
        }
    }

    private static void append(ByteArrayOutputStream bytes, byte[] more) {
        if (bytes.size() + more.length > LONGEST_ANSWER) {
            throw new TooLong();
        }
        bytes.writeBytes(more);
    }

    private String why(@Nullable Throwable failure) {
        for (var cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof TooLong) {
                return String.valueOf(cause.getMessage());
            }
        }
        var answer = NoAnswer.of(address, failure);
        return answer.says() + "; " + answer.fix();
    }

    /** What an answer is that nobody could have meant. */
    private static final class TooLong extends RuntimeException {

        private static final long serialVersionUID = 1L;

        TooLong() {
            super("its answer is longer than 8 MiB");
        }
    }

    private RemoteFailure unavailable(String why) {
        return new RemoteFailure(ExitCode.UNAVAILABLE, address.base() + " cannot be asked: " + why);
    }

    private JsonNode json(HttpResponse<byte[]> answer, String path) throws RemoteFailure {
        int status = answer.statusCode();
        if (status >= 200 && status < 300) {
            return answer.body().length == 0 ? JsonNodeFactory.instance.objectNode() : parsed(answer, status);
        }
        var detail = detail(answer.body());
        throw switch (status) {
            case 400, 405, 413, 414, 415, 422, 431 ->
                new RemoteFailure(
                        ExitCode.USAGE,
                        detail.isEmpty() && !address.tls()
                                ? "what answers refuses this, and not as the API does: see that this is the service's address,"
                                        + " and say https:// for a port with TLS"
                                : "the server refuses this" + detail);
            case 401 ->
                new RemoteFailure(
                        ExitCode.USAGE,
                        "the server does not accept the token it is asked with: give another one in COUNTERMARK_TOKEN or"
                                + " --token-file");
            case 403 ->
                new RemoteFailure(
                        ExitCode.USAGE, "the token may not do this: it needs the scope countermark:admin" + detail);
            case 404 ->
                NAMING_A_TOKEN.matcher(path).lookingAt()
                        ? new RemoteFailure(ExitCode.REFUSED, "there is no such token, or it is not to be seen")
                        : unavailable(
                                "no API of countermark is there; give the address of the service as its start says"
                                        + " it, with the path of a proxy in front and no other");
            case 409 -> new RemoteFailure(ExitCode.REFUSED, "the server refuses this" + detail);
            case 503 -> unavailable("it cannot hear revocations or reach its database" + retry(answer));
            default ->
                status >= 300 && status < 400
                        ? unavailable("it answers with a redirect, which is not followed with a token: give the address"
                                + " that it leads to")
                        : unavailable("it answers with status " + status + detail);
        };
    }

    private JsonNode parsed(HttpResponse<byte[]> answer, int status) throws RemoteFailure {
        try {
            var tree = JsonMapper.shared().readTree(answer.body());
            if (tree != null && tree.isObject()) {
                return tree;
            }
        } catch (JacksonException e) {
            // Whatever answered there is no such server.
        }
        throw unavailable("it answers with status " + status + " and something that is not the API's JSON");
    }

    private static String retry(HttpResponse<byte[]> answer) {
        var seconds = answer.headers().firstValue("Retry-After").orElse("");
        return seconds.matches("[0-9]{1,6}") ? "; try again in " + seconds + " s" : "";
    }

    /** The sentence of problem details (RFC 9457), as a terminal may show it. */
    private static String detail(byte[] body) {
        JsonNode problem;
        try {
            problem = JsonMapper.shared().readTree(body);
        } catch (JacksonException e) {
            problem = MissingNode.getInstance();
        }
        var detail = problem.path("detail").stringValue("");
        var text = detail.isEmpty() ? problem.path("title").stringValue("") : detail;
        return text.isEmpty() ? "" : ": " + Answers.printable(text);
    }
}
