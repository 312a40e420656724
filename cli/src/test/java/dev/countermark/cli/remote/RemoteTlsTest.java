package dev.countermark.cli.remote;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.countermark.cli.Session;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the command makes of certificates, of an authority that this machine does not trust. */
class RemoteTlsTest {

    private static final String TOKEN = "cm_secret-of-the-caller";

    @TempDir
    static Path folder;

    @TempDir
    Path home;

    private static PrivateAuthority authority;
    private static HttpServer plain;
    private static HttpsServer tls;
    private static HttpsServer elsewhere;
    private static HttpsServer ending;
    private static final AtomicInteger asked = new AtomicInteger();

    private Session session;

    @BeforeAll
    static void serve() throws Exception {
        authority = new PrivateAuthority(folder);
        plain = HttpServer.create(loopback(), 0);
        answer(plain);
        tls = server(authority.server("here", "ip:127.0.0.1", 90));
        elsewhere = server(authority.server("elsewhere", "dns:tokens.example", 90));
        ending = server(authority.server("ending", "ip:127.0.0.1", 3));
    }

    private static InetSocketAddress loopback() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    }

    private static HttpsServer server(SSLContext context) throws IOException {
        var server = HttpsServer.create(loopback(), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(context));
        answer(server);
        return server;
    }

    private static void answer(HttpServer server) {
        server.createContext("/verify", exchange -> {
            exchange.getResponseHeaders().set("WWW-Authenticate", "Bearer");
            exchange.sendResponseHeaders(401, -1);
            exchange.close();
        });
        server.createContext("/v1/tokens", json("{\"tokens\":[]}"));
        server.createContext("/v1/keys", json("{\"keys\":[]}"));
        server.createContext("/v1/audit", json("{\"entries\":[]}"));
        server.createContext("/v1/nodes", json("{\"nodes\":[],\"this_node\":{\"state\":\"hearing\",\"lag\":0.2}}"));
        server.start();
    }

    private static HttpHandler json(String body) {
        return exchange -> {
            asked.incrementAndGet();
            assertThat(exchange.getRequestHeaders().getFirst("Authorization")).isEqualTo("Bearer " + TOKEN);
            var bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        };
    }

    @AfterAll
    static void stop() {
        for (var server : List.of(plain, tls, elsewhere, ending)) {
            server.stop(0);
        }
    }

    @BeforeEach
    void start() {
        session = new Session(home).with("COUNTERMARK_TOKEN", TOKEN);
        asked.set(0);
    }

    private static String url(HttpServer server) {
        return (server instanceof HttpsServer ? "https" : "http") + "://127.0.0.1:"
                + server.getAddress().getPort();
    }

    private Session.Run run(HttpServer server, String command, String... more) {
        return session.run(Session.join(Session.join(command.split(" "), "--url", url(server)), more));
    }

    private Session.Run trusting(HttpServer server, String command) {
        return run(server, command, "--ca", authority.certificate().toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"tokens list", "keys list", "audit", "nodes"})
    void a_private_authority_is_trusted_where_it_is_named_and_nowhere_else(String command) {
        var trusted = trusting(tls, command);
        assertThat(trusted.code()).as(trusted.err()).isZero();
        assertThat(asked).hasValue(1);

        var refused = run(tls, command);
        assertThat(refused.code()).isEqualTo(69);
        assertThat(refused.err()).contains("no authority that is trusted", "--ca");
        assertThat(asked).as("the token is not sent").hasValue(1);
    }

    @Test
    void a_certificate_for_another_name_is_refused() {
        var refused = trusting(elsewhere, "tokens list");

        assertThat(refused.code()).isEqualTo(69);
        assertThat(refused.err()).contains("not for this name");
        assertThat(asked).hasValue(0);
    }

    @Test
    void a_file_without_a_certificate_is_usage() throws IOException {
        var nothing = Files.writeString(folder.resolve("nothing.pem"), "nothing\n");
        var empty = Files.writeString(folder.resolve("empty.pem"), "");
        for (var file : List.of(nothing, empty, folder.resolve("missing.pem"), folder)) {
            var refused = run(tls, "tokens list", "--ca", file.toString());
            assertThat(refused.code()).as(file.toString()).isEqualTo(64);
            assertThat(refused.err()).contains(file.toString());
        }
        assertThat(trusting(plain, "tokens list").code()).isEqualTo(64);
        assertThat(asked).hasValue(0);
    }

    @Test
    void the_doctor_finds_a_certificate_of_a_named_authority_sound() {
        var sound = trusting(tls, "doctor");

        assertThat(sound.code()).as(sound.out()).isZero();
        assertThat(sound.out()).containsPattern("ok +tls +TLSv1\\.[23], with a certificate until 20");
    }

    @Test
    void the_doctor_says_what_to_mend_of_a_certificate() {
        var unknown = run(tls, "doctor");
        assertThat(unknown.code()).isEqualTo(1);
        assertThat(unknown.out())
                .containsPattern("problem +tls +its certificate is of no authority")
                .contains("--ca");

        var another = trusting(elsewhere, "doctor");
        assertThat(another.code()).isEqualTo(1);
        assertThat(another.out()).containsPattern("problem +tls ").contains("not for this name");

        var soon = trusting(ending, "doctor");
        assertThat(soon.code()).isZero();
        assertThat(soon.out())
                .containsPattern("warning +tls +the certificate ends at 20")
                .contains("renew it");
    }

    @Test
    void the_doctor_says_that_there_is_no_tls() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var server = new Thread(() -> answerWithoutTls(socket));
            server.start();
            var run = session.run("doctor", "--url", "https://127.0.0.1:" + socket.getLocalPort());

            assertThat(run.code()).isEqualTo(1);
            assertThat(run.out()).contains("no TLS comes about").doesNotContain("certificate");
        }
    }

    /** A client that speaks no TLS hears an alert (RFC 8446 section 6), from {@code countermark serve} as from others. */
    @ParameterizedTest
    @ValueSource(strings = {"tokens list", "doctor"})
    void http_to_a_port_with_tls_is_told_to_say_https(String command) throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var server = new Thread(() -> answer(socket, new byte[] {21, 3, 3, 0, 2, 2, 80}));
            server.start();
            var run =
                    session.run(Session.join(command.split(" "), "--url", "http://127.0.0.1:" + socket.getLocalPort()));

            assertThat(run.code()).isEqualTo(command.equals("doctor") ? 1 : 69);
            assertThat(run.out() + run.err())
                    .contains("no HTTP comes about with what answers there", "say https://")
                    .doesNotContain("parsing", "Exception");
        }
    }

    /** What nginx answers to such a client: a page of its own. */
    @Test
    void a_refusal_that_is_not_the_api_s_asks_for_https_too() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var server = new Thread(() -> answerWithoutTls(socket));
            server.start();
            var run = session.run("tokens", "list", "--url", "http://127.0.0.1:" + socket.getLocalPort());

            assertThat(run.code()).isEqualTo(64);
            assertThat(run.err()).contains("not as the API does", "say https://");
        }
    }

    private static void answerWithoutTls(ServerSocket socket) {
        answer(socket, "HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
    }

    private static void answer(ServerSocket socket, byte[] bytes) {
        try (var client = socket.accept()) {
            client.getOutputStream().write(bytes);
            client.shutdownOutput();
            client.getInputStream().readAllBytes();
        } catch (IOException e) {
            // The command has hung up, which is what it should do.
        }
    }
}
