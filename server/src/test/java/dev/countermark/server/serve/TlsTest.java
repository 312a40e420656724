package dev.countermark.server.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countermark.server.RunningServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code --tls-certificate} and {@code --tls-key}: the service ends TLS itself. */
class TlsTest {

    @TempDir
    static Path folder;

    private static RunningServer server;
    private static HttpClient client;

    @BeforeAll
    static void start() throws Exception {
        var files = CertificateFiles.in(folder);
        server = RunningServer.start(
                "--bind",
                "0.0.0.0",
                "--tls-certificate",
                files.certificate().toString(),
                "--tls-key",
                files.key().toString(),
                "--management-port",
                "0");
        client = HttpClient.newBuilder().sslContext(files.trusting()).build();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("https://127.0.0.1:" + server.port() + path));
    }

    private static HttpResponse<String> ask(HttpRequest.Builder request) throws IOException, InterruptedException {
        return client.send(request.build(), BodyHandlers.ofString());
    }

    @Test
    void who_trusts_the_authority_is_answered_and_told_to_stay_with_tls() throws Exception {
        var answer = ask(request("/verify").header("Authorization", "Bearer " + server.token("alice")));
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("X-Auth-Subject")).hasValue("alice");
        assertThat(answer.headers().firstValue("Strict-Transport-Security"))
                .get()
                .asString()
                .startsWith("max-age=");
        assertThat(answer.headers().firstValue("Server")).isEmpty();
    }

    @Test
    void cookies_of_the_page_are_for_tls() throws Exception {
        assertThat(ask(request("/admin/login")).headers().allValues("Set-Cookie"))
                .isNotEmpty()
                .allSatisfy(cookie -> assertThat(cookie).startsWith("__Host-").contains("; Secure"));
    }

    @Test
    void a_body_over_tls_is_bounded_as_elsewhere() throws Exception {
        var report = "x".repeat(65 * 1024);
        assertThat(ask(request("/leaked").POST(BodyPublishers.ofString(report))).statusCode())
                .isEqualTo(413);
        assertThat(ask(request("/leaked").POST(BodyPublishers.ofString("nothing")))
                        .statusCode())
                .isEqualTo(202);
    }

    @Test
    void health_and_metrics_have_the_same_certificate() throws Exception {
        var readiness = URI.create("https://127.0.0.1:" + server.managementPort() + "/actuator/health/readiness");
        assertThat(ask(HttpRequest.newBuilder(readiness)).statusCode()).isEqualTo(200);
    }

    @Test
    void a_stranger_does_not_trust_it_and_plain_text_is_no_tls() {
        assertThatThrownBy(
                        () -> HttpClient.newHttpClient().send(request("/verify").build(), BodyHandlers.ofString()))
                .isInstanceOf(SSLHandshakeException.class);
        assertThat(server.raw("GET /verify HTTP/1.1\r\nHost: x\r\n\r\n")).doesNotContain("HTTP/1.1 200", "X-Auth");
    }
}
