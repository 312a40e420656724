package dev.countermark.server.serve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countermark.server.RunningServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.concurrent.Callable;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.BeforeEach;
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

    private CertificateFiles old;
    private CertificateFiles renewed;
    private Path certificate;
    private Path key;

    @BeforeEach
    void make() throws Exception {
        old = CertificateFiles.in(Files.createDirectory(folder.resolve("old")));
        renewed = CertificateFiles.in(Files.createDirectory(folder.resolve("renewed")));
        var live = Files.createDirectory(folder.resolve("live"));
        certificate = Files.copy(old.certificate(), live.resolve("chain.pem"));
        key = Files.copy(old.key(), live.resolve("key.pem"));
    }

    @Test
    void the_files_of_a_bundle() throws Exception {
        var config = Files.writeString(folder.resolve("tls.properties"), """
                server.ssl.bundle=web
                spring.ssl.bundle.watch.file.quiet-period=50ms
                spring.ssl.bundle.pem.web.reload-on-update=true
                spring.ssl.bundle.pem.web.keystore.certificate=file:DIR/chain.pem
                spring.ssl.bundle.pem.web.keystore.private-key=file:DIR/key.pem
                """.replace(
                        "DIR", certificate.getParent().toString()));
        try (var server = RunningServer.start("--config", config.toString())) {
            renewedIsServedAndAKeyOfAnotherOneNever(server.port());
        }
    }

    @Test
    void the_files_of_the_options() throws Exception {
        var config = Files.writeString(
                folder.resolve("quick.properties"), "spring.ssl.bundle.watch.file.quiet-period=50ms\n");
        try (var server = RunningServer.start(
                "--config", config.toString(),
                "--tls-certificate", certificate.toString(),
                "--tls-key", key.toString())) {
            renewedIsServedAndAKeyOfAnotherOneNever(server.port());
        }
    }

    /** As bundle the files would be served without it. */
    @Test
    void what_is_set_beside_the_files_counts_before_and_after() throws Exception {
        var config = Files.writeString(folder.resolve("tls.properties"), """
                spring.ssl.bundle.watch.file.quiet-period=50ms
                server.ssl.certificate=file:DIR/chain.pem
                server.ssl.certificate-private-key=file:DIR/key.pem
                server.ssl.enabled-protocols=TLSv1.2
                """.replace(
                        "DIR", certificate.getParent().toString()));
        try (var server = RunningServer.start("--config", config.toString())) {
            assertThat(protocol(old.trusting(), server.port())).isEqualTo("TLSv1.2");
            renewedIsServedAndAKeyOfAnotherOneNever(server.port());
            assertThat(protocol(renewed.trusting(), server.port())).isEqualTo("TLSv1.2");
        }
    }

    /** As Kubernetes exchanges a folder, and certbot each file. */
    @Test
    void files_behind_a_link() throws Exception {
        var half = Files.createDirectory(folder.resolve("half"));
        var text = Files.readString(renewed.certificate());
        Files.writeString(half.resolve("server.pem"), text.substring(0, text.length() / 2));
        Files.copy(renewed.key(), half.resolve("server.key"));
        var data = Files.createSymbolicLink(folder.resolve("data"), folder.resolve("old"));
        var chain = Files.createSymbolicLink(folder.resolve("tls.crt"), Path.of("data/server.pem"));
        var secret = Files.createSymbolicLink(folder.resolve("tls.key"), Path.of("data/server.key"));
        var config = Files.writeString(
                folder.resolve("quick.properties"), "spring.ssl.bundle.watch.file.quiet-period=50ms\n");
        try (var server = RunningServer.start(
                "--config", config.toString(), "--tls-certificate", chain.toString(), "--tls-key", secret.toString())) {
            refused(() -> relink(data, half));
            for (int i = 0; i < 20; i++) {
                assertThat(accepts(old.trusting(), server.port())).isTrue();
            }
            relink(data, folder.resolve("renewed"));
            awaitRenewed(server.port());
        }
    }

    private static void relink(Path link, Path target) throws IOException {
        var draft = Files.createSymbolicLink(link.resolveSibling("draft"), target);
        Files.move(draft, link, StandardCopyOption.ATOMIC_MOVE);
    }

    private static String protocol(SSLContext trusting, int port) throws IOException {
        try (var socket = (SSLSocket) trusting.getSocketFactory().createSocket("127.0.0.1", port)) {
            socket.startHandshake();
            return socket.getSession().getProtocol();
        }
    }

    private void renewedIsServedAndAKeyOfAnotherOneNever(int port) throws Exception {
        assertThat(accepts(old.trusting(), port)).isTrue();
        assertThat(accepts(renewed.trusting(), port)).isFalse();

        refused(() -> replace(key, renewed.key()));
        for (int i = 0; i < 20; i++) {
            assertThat(accepts(old.trusting(), port)).isTrue();
        }

        replace(certificate, renewed.certificate());
        awaitRenewed(port);
        assertThat(accepts(old.trusting(), port)).isFalse();
    }

    private interface Change {
        void make() throws IOException;
    }

    /** Waits until the service has seen a change and said that it goes on without. */
    private static void refused(Change change) throws Exception {
        var log = new ByteArrayOutputStream();
        var before = System.err;
        System.setErr(new PrintStream(log, true, StandardCharsets.UTF_8));
        try {
            change.make();
            await(() -> log.toString(StandardCharsets.UTF_8).contains("the one before goes on"));
        } finally {
            System.setErr(before);
        }
    }

    private void awaitRenewed(int port) throws Exception {
        await(() -> accepts(renewed.trusting(), port));
    }

    private static void await(Callable<Boolean> condition) throws Exception {
        long deadline = System.nanoTime() + Duration.ofMinutes(1).toNanos();
        while (!condition.call()) {
            assertThat(System.nanoTime()).as("deadline").isLessThan(deadline);
        }
    }
}
