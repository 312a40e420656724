package dev.countermark.server.secrets;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countermark.apitokens.ApiTokens;
import dev.countermark.canary.Canary;
import dev.countermark.canary.CanaryWatch;
import dev.countermark.server.RunningServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.core.env.Environment;

/**
 * A planted token, signature and subject show in no error, no metric and no answer of the management port, and neither
 * they nor a key in what is printed and logged meanwhile.
 */
@ExtendWith(CanaryWatch.class)
class SecretsTest {

    private static final List<String> PATHS = List.of(
            "/",
            "/v1/tokens",
            "/v1/tokens/x",
            "/verify",
            "/oauth2/introspect",
            "/oauth2/revoke",
            "/leaked",
            "/nowhere");

    private final HttpClient client = HttpClient.newHttpClient();

    @Test
    void nothing_that_is_answered_shows_a_secret() throws Exception {
        try (var server = RunningServer.start("--management-port", "0")) {
            var admin = Canary.plantToken(server.token("the operator", ApiTokens.ADMIN_SCOPE));
            var token = Canary.plantToken(server.token(Canary.SUBJECT, "read"));
            try (var files = Files.walk(server.folder())) {
                for (var file : files.filter(Files::isRegularFile).toList()) {
                    plantKeys(Files.readString(file, StandardCharsets.ISO_8859_1));
                }
            }
            var errors = new ArrayList<HttpResponse<String>>();
            for (var path : PATHS) {
                for (var presented : List.of(token, token + "A")) {
                    for (var method : List.of("GET", "POST", "PUT", "DELETE")) {
                        errors.add(server.ask(method, path, presented, null));
                        errors.add(server.ask(method, path, null, null));
                    }
                    errors.add(server.get(path + "?token=" + presented + "&access_token=" + presented, null));
                    errors.add(server.get(path + "/" + presented, presented));
                    errors.add(server.post(
                            path, presented, "{\"subject\":\"" + Canary.SUBJECT + "\",\"" + Canary.SUBJECT));
                    errors.add(server.post(path, admin, "{\"subject\":\"" + Canary.SUBJECT + "\\n\",\"x\":1}"));
                    errors.add(form(server, path, presented));
                    errors.add(withHeaders(server, path, presented));
                }
            }
            int refused = 0;
            for (var answer : errors) {
                // An answer that is no error may name the subject to whoever holds the token.
                if (answer.statusCode() >= 400) {
                    refused++;
                    Canary.requireAbsent(
                            answer.request().method() + " " + answer.statusCode(),
                            answer.body() + answer.headers().map());
                }
            }
            assertThat(refused).isGreaterThan(PATHS.size() * 10);
            manage(server);
        }
    }

    /** The texts in the key file are keys. */
    private static void plantKeys(String file) {
        file.lines()
                .flatMap(line -> List.of(line.split("[^A-Za-z0-9_+/-]+")).stream())
                .filter(word -> word.length() == 43)
                .forEach(key -> Canary.plant("a key of the service", key));
    }

    private HttpResponse<String> form(RunningServer server, String path, String token) throws Exception {
        var request = HttpRequest.newBuilder(server.uri(path))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString("token=" + token + "&token=" + token));
        return client.send(request.build(), BodyHandlers.ofString());
    }

    private HttpResponse<String> withHeaders(RunningServer server, String path, String token) throws Exception {
        var request = HttpRequest.newBuilder(server.uri(path))
                .header("Authorization", "Basic " + token)
                .header("X-Forwarded-Uri", "/?access_token=" + token)
                .header("Cookie", "session=" + token)
                .header("Accept", token)
                .header("Content-Type", token);
        return client.send(request.build(), BodyHandlers.ofString());
    }

    private void manage(RunningServer server) throws IOException, InterruptedException {
        int port = server.bean(Environment.class).getRequiredProperty("local.management.port", Integer.class);
        for (var path : List.of("", "/health", "/prometheus", "/health/nothing", "/env", "/configprops", "/nowhere")) {
            var answer = client.send(
                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/actuator" + path))
                            .build(),
                    BodyHandlers.ofString());
            Canary.requireAbsent(
                    "/actuator" + path, answer.body() + answer.headers().map());
            if (path.equals("/prometheus")) {
                assertThat(answer.body()).contains("countermark");
            }
        }
    }
}
