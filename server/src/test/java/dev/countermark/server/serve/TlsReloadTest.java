package dev.countermark.server.serve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countermark.server.RunningServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A certificate that is renewed while the service runs, as the guide's page on operating it says. */
class TlsReloadTest {

    @TempDir
    private Path folder;

    /** Whether the server's certificate is of the authority that is trusted. */
    private static boolean accepts(SSLContext trusting, int port) throws IOException, InterruptedException {
        var client = HttpClient.newBuilder().sslContext(trusting).build();
        var request = HttpRequest.newBuilder(URI.create("https://127.0.0.1:" + port + "/verify"))
                .build();
        try {
            return client.send(request, BodyHandlers.discarding()).statusCode() == 401;
        } catch (SSLHandshakeException e) {
            return false;
        }
    }

    private static void replace(Path file, Path by) throws IOException {
        var draft = Files.copy(by, file.resolveSibling("draft"));
        Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
    }

    @Test
    void a_renewed_certificate_is_served_and_a_key_of_another_one_never() throws Exception {
        var old = CertificateFiles.in(Files.createDirectory(folder.resolve("old")));
        var renewed = CertificateFiles.in(Files.createDirectory(folder.resolve("renewed")));
        var live = Files.createDirectory(folder.resolve("live"));
        var certificate = Files.copy(old.certificate(), live.resolve("chain.pem"));
        var key = Files.copy(old.key(), live.resolve("key.pem"));
        var config = Files.writeString(folder.resolve("tls.properties"), """
                server.ssl.bundle=web
                spring.ssl.bundle.watch.file.quiet-period=50ms
                spring.ssl.bundle.pem.web.reload-on-update=true
                spring.ssl.bundle.pem.web.keystore.certificate=file:DIR/chain.pem
                spring.ssl.bundle.pem.web.keystore.private-key=file:DIR/key.pem
                """.replace("DIR", live.toString()));
        try (var server = RunningServer.start("--config", config.toString())) {
            assertThat(accepts(old.trusting(), server.port())).isTrue();
            assertThat(accepts(renewed.trusting(), server.port())).isFalse();

            replace(key, renewed.key());
            for (int i = 0; i < 20; i++) {
                assertThat(accepts(old.trusting(), server.port())).isTrue();
            }

            replace(certificate, renewed.certificate());
            long deadline = System.nanoTime() + Duration.ofMinutes(1).toNanos();
            while (!accepts(renewed.trusting(), server.port())) {
                assertThat(System.nanoTime()).as("reloaded in time").isLessThan(deadline);
            }
            assertThat(accepts(old.trusting(), server.port())).isFalse();
        }
    }
}
