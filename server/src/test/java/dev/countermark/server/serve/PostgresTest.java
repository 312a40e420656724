package dev.countermark.server.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countermark.SigningKey;
import dev.countermark.apitokens.KeyFile;
import dev.countermark.server.RunningServer;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PostgresTest {

    @TempDir
    private Path folder;

    private EmbeddedPostgres postgres;

    @BeforeEach
    void start() throws IOException {
        postgres = EmbeddedPostgres.builder()
                .setDataDirectory(folder.resolve("postgresql"))
                .setServerConfig("fsync", "on")
                .setServerConfig("full_page_writes", "on")
                .setServerConfig("synchronous_commit", "on")
                .start();
    }

    @AfterEach
    void stop() throws IOException {
        postgres.close();
    }

    private String url() {
        return postgres.getJdbcUrl("postgres", "postgres");
    }

    @Test
    void keys_are_given_and_without_its_database_a_node_answers_503_and_never_yes_or_no() throws Exception {
        assertThatThrownBy(() -> RunningServer.start("--database-url", url()))
                .rootCause()
                .isInstanceOf(StartFailure.class)
                .hasMessageContaining("There are no keys at ");

        var keys = folder.resolve("keys");
        KeyFile.at(keys).add(SigningKey.generate());
        var config = Files.writeString(
                folder.resolve("short-lease.properties"),
                "countermark.api-tokens.lease=2s\ncountermark.api-tokens.poll-interval=400ms\n");
        try (var server = RunningServer.start(
                "--database-url", url(), "--keys", keys.toString(), "--config", config.toString())) {
            var admin = server.adminToken();
            var token = server.token("alice");
            assertThat(server.post("/v1/tokens", admin, "{\"subject\":\"bob\"}").statusCode())
                    .isEqualTo(201);
            assertThat(server.get("/verify", token).statusCode()).isEqualTo(200);
            assertThat(server.folder().resolve("keys")).doesNotExist();

            postgres.close();
            awaitUnavailable(server, token);
            for (HttpResponse<String> answer : List.of(
                    server.get("/v1/tokens", token),
                    server.get("/v1/tokens", admin),
                    server.post("/v1/tokens", admin, "{\"subject\":\"bob\"}"))) {
                assertThat(answer.statusCode()).isEqualTo(503);
                assertThat(answer.body())
                        .isEqualTo("{\"type\":\"about:blank\",\"title\":\"Service Unavailable\",\"status\":503}");
                assertThat(answer.headers().firstValue("Retry-After"))
                        .get()
                        .asString()
                        .matches("[1-9][0-9]*");
                assertThat(answer.headers().firstValue("X-Content-Type-Options"))
                        .hasValue("nosniff");
            }
            // Not ours, whatever the database says.
            assertThat(server.get("/v1/tokens", "nonsense").statusCode()).isEqualTo(401);
        }
    }

    /** Yes at first, from memory; then, when the lease has lapsed, nothing but 503. */
    private static void awaitUnavailable(RunningServer server, String token) {
        long start = System.nanoTime();
        int status;
        do {
            status = server.get("/v1/tokens", token).statusCode();
        } while (status != 503
                && System.nanoTime() - start < Duration.ofSeconds(20).toNanos());
        assertThat(status).isEqualTo(503);
    }
}
