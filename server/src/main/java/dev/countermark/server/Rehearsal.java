package dev.countermark.server;

import dev.countermark.apitokens.ApiTokens;
import dev.countermark.apitokens.IssueRequest;
import dev.countermark.server.serve.ServeCommand;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.util.Map;
import org.springframework.util.FileSystemUtils;

/**
 * Starts the service once and asks it the everyday questions, so that a class archive made at its exit holds what they
 * use.
 *
 * <p>Started by the launcher only. Its data are in a temporary folder, deleted at the end.
 */
final class Rehearsal {

    private Rehearsal() {}

    /** Runs it. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        var folder = Files.createTempDirectory("countermark");
        try (var service = ServeCommand.start(
                CountermarkServer.class,
                Map.of(),
                "--port",
                "0",
                "--management-port",
                "0",
                "--data",
                folder.resolve("data").toString())) {
            var address = "http://127.0.0.1:" + service.getEnvironment().getProperty("local.server.port");
            var admin = service.getBean(ApiTokens.class)
                    .issue(IssueRequest.forSubject("rehearsal").scopes(ApiTokens.ADMIN_SCOPE))
                    .text();
            var client = HttpClient.newHttpClient();
            var issue = HttpRequest.newBuilder(URI.create(address + "/v1/tokens"))
                    .header("Authorization", "Bearer " + admin)
                    .header("Content-Type", "application/json")
                    .POST(BodyPublishers.ofString("{\"subject\":\"rehearsal\"}"))
                    .build();
            client.send(issue, BodyHandlers.discarding());
            for (var path : new String[] {"/verify", "/v1/tokens", "/v1/audit", "/v1/nodes", "/", "/openapi.json"}) {
                var request = HttpRequest.newBuilder(URI.create(address + path))
                        .header("Authorization", "Bearer " + admin)
                        .build();
                client.send(request, BodyHandlers.discarding());
            }
        } finally {
            FileSystemUtils.deleteRecursively(folder);
        }
    }
}
