package dev.countermark.cli.remote;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.countermark.cli.Session;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the command makes of odd servers and odd addresses. */
class RemoteTest {

    private static final String TOKEN = "cm_secret-of-the-caller";

    @TempDir
    Path home;

    private Session session;
    private HttpServer server;
    private String url;
    private final AtomicInteger asked = new AtomicInteger();

    @BeforeEach
    void start() throws IOException {
        session = new Session(home).with("COUNTERMARK_TOKEN", TOKEN);
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        url = "http://127.0.0.1:" + server.getAddress().getPort();
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private void answer(String path, int status, String header, String value, String body) {
        server.createContext(path, exchange -> {
            asked.incrementAndGet();
            if (!header.isEmpty()) {
                exchange.getResponseHeaders().set(header, value);
            }
            var bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
    }

    private Session.Run list(String... more) {
        return session.run(Session.join(new String[] {"tokens", "list"}, more));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://tokens.example",
                "http://10.0.0.1:8080",
                "http://localhost.example",
                "http://127.0.0.1.example",
                "https://user@tokens.example",
                "https://tokens.example?x=1",
                "https://tokens.example#x",
                "ftp://tokens.example",
                "tokens.example",
                "https://",
                "not an address"
            })
    void an_address_to_which_no_token_goes_is_usage(String address) {
        var run = list("--url", address);

        assertThat(run.code()).isEqualTo(64);
        assertThat(run.err()).doesNotContain(TOKEN);
    }

    @Test
    void a_token_that_is_not_there_is_refused() {
        answer("/v1/tokens/x", 404, "", "", "{}");

        assertThat(session.run("tokens", "show", "--url", url, "x").code()).isEqualTo(1);
        assertThat(session.run("tokens", "show", "--url", url + "/v1", "x").err())
                .contains("there is no such token");
        assertThat(list("--url", url + "/v1").err()).contains("no API of countermark is there");
    }

    @Test
    void the_address_comes_from_the_environment_too() {
        answer("/v1/tokens", 200, "", "", "{\"tokens\":[]}");
        answer("/v1/audit", 200, "", "", "{\"entries\":[]}");
        session.with("COUNTERMARK_URL", url);

        assertThat(list().code()).isZero();
        assertThat(session.run("audit").code()).isZero();
        assertThat(asked).hasValue(2);
        assertThat(list("--url", "http://127.0.0.1:1").code()).isEqualTo(69);
        assertThat(asked).hasValue(2);
    }

    @Test
    void a_folder_on_the_command_line_precedes_an_address_of_the_environment() {
        session.with("COUNTERMARK_URL", url);

        assertThat(list("--data", home.toString()).code()).isZero();
        assertThat(session.run("doctor", "--data", home.toString()).out()).contains("database");
        assertThat(asked).hasValue(0);
        assertThat(list("--url", url, "--data", home.toString()).code()).isEqualTo(64);
    }

    @Test
    void an_address_of_the_environment_is_held_to_the_same() {
        for (var address : new String[] {"http://tokens.example", "localhost:8080", "127.0.0.1:8080"}) {
            var run = session.with("COUNTERMARK_URL", address).run("nodes");
            assertThat(run.code()).isEqualTo(64);
            assertThat(run.err()).containsAnyOf("http://127.0.0.1:8080", "use https://");
        }
    }

    @Test
    void nobody_there_is_said_with_what_to_look_at() {
        server.stop(0);

        assertThat(list("--url", url).err()).contains("nothing accepts a connection there");
        assertThat(list("--url", "https://name.invalid").err()).contains("there is no host of this name");

        var doctor = session.run("doctor", "--url", url);
        assertThat(doctor.code()).isEqualTo(1);
        assertThat(doctor.out())
                .contains("nothing accepts a connection there", "see that countermark serve runs")
                .doesNotContain("Exception");
        assertThat(session.run("doctor", "--url", "https://name.invalid").out())
                .contains("there is no host of this name")
                .doesNotContain("Exception");
    }

    @Test
    void a_redirect_is_not_followed() {
        answer("/v1/tokens", 302, "Location", url + "/elsewhere", "");
        answer("/elsewhere", 200, "", "", "{\"tokens\":[]}");
        var run = list("--url", url);

        assertThat(run.code()).isEqualTo(69);
        assertThat(run.err()).contains("redirect");
        assertThat(asked).hasValue(1);
    }

    @ParameterizedTest
    @CsvSource({
        "200, 69", "400, 64", "401, 64", "403, 64", "404, 69", "409, 1", "422, 64", "429, 69", "500, 69", "503, 69"
    })
    void an_answer_has_one_exit_code_and_one_line(int status, int code) {
        answer("/v1/tokens", status, "Retry-After", "7", "{\"detail\":\"say \\u001b[31mwhat\\nis wrong\"}x");
        var run = list("--url", url);

        assertThat(run.code()).isEqualTo(code);
        assertThat(run.err().lines()).hasSize(1);
        assertThat(run.err()).doesNotContain(TOKEN).doesNotContain("\u001b");
    }

    @Test
    void a_problem_is_told_without_control_characters() {
        answer("/v1/tokens", 400, "", "", "{\"detail\":\"say \\u001b[31mwhat\\nis wrong\"}");

        assertThat(list("--url", url).err()).contains("say \\u{1b}[31mwhat\\u{a}is wrong");
    }

    @Test
    void an_endless_answer_is_cut_off() {
        answer("/v1/tokens", 200, "", "", "{\"tokens\":\"" + "x".repeat(9 << 20) + "\"}");

        var run = list("--url", url);
        assertThat(run.code()).isEqualTo(69);
        assertThat(run.err()).contains("its answer is longer than 8 MiB");
    }

    @Test
    void nobody_at_the_port_is_unavailable() {
        server.stop(0);
        var run = list("--url", url);

        assertThat(run.code()).isEqualTo(69);
        assertThat(run.err()).contains("cannot be asked").doesNotContain(TOKEN);
    }

    @Test
    void the_token_comes_from_the_environment_a_file_or_standard_input() throws IOException {
        answer("/v1/tokens", 200, "", "", "{\"tokens\":[]}");
        var file = Files.writeString(home.resolve("token"), TOKEN + "\n");

        assertThat(list("--url", url).code()).isZero();
        session.with("COUNTERMARK_TOKEN", "");
        assertThat(list("--url", url).code()).isEqualTo(64);
        assertThat(list("--url", url, "--token-file", file.toString()).code()).isZero();
        assertThat(session.runReading(TOKEN + "\n", "tokens", "list", "--url", url, "--token-file", "-")
                        .code())
                .isZero();
        session.with("COUNTERMARK_TOKEN", "two words");
        assertThat(list("--url", url).code()).isEqualTo(64);
    }

    @Test
    void a_database_and_a_server_exclude_each_other() {
        assertThat(list("--url", url, "--data", home.toString()).code()).isEqualTo(64);
        assertThat(asked).hasValue(0);
    }

    @Test
    void the_doctor_finds_what_is_open_to_others_and_what_is_missing() throws IOException {
        var missing = session.run("doctor");
        assertThat(missing.code()).isEqualTo(1);
        assertThat(missing.out()).contains("problem", "countermark keys add");

        assertThat(session.run("tokens", "issue", "--subject", "alice").code()).isZero();
        var healthy = session.run("doctor");
        assertThat(healthy.code()).as(healthy.out()).isZero();
        assertThat(healthy.out()).contains("1 key in", "revocations are heard");

        var keys = home.resolve("keys");
        Files.setPosixFilePermissions(keys, PosixFilePermissions.fromString("rw-r--r--"));
        var open = session.run("doctor", "--json");
        assertThat(open.code()).isEqualTo(1);
        assertThat(open.out()).contains("\"level\":\"problem\"", "\"fix\":\"mend it with: chmod 600 " + keys);
        Files.setPosixFilePermissions(keys, PosixFilePermissions.fromString("rw-------"));

        Files.writeString(keys, "no key\n");
        assertThat(session.run("doctor").code()).isEqualTo(1);
    }

    @Test
    void the_doctor_tells_another_program_at_the_port() {
        answer("/verify", 200, "", "", "hello");
        var run = session.run("doctor", "--url", url);

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.out()).contains("status 200 where 401 is due");
    }

    @ParameterizedTest
    @CsvSource({
        "200, 0, 'ok      lease      revocations are heard'",
        "503, 1, 'problem lease      the node cannot hear revocations'",
        "404, 0, 'warning lease      whether the node hears revocations is not to be seen'"
    })
    void the_doctor_sees_without_a_token_whether_a_node_is_ready(int status, int code, String says) {
        answer("/verify", 401, "WWW-Authenticate", "Bearer", "");
        answer("/admin/login", status, "", "", "");
        session.with("COUNTERMARK_TOKEN", "");
        var run = session.run("doctor", "--url", url);

        assertThat(run.out()).contains(says);
        // Its port is open on loopback alone, and it has a clock.
        assertThat(run.code()).as(run.out()).isEqualTo(code);
    }

    @Test
    void the_doctor_tells_a_proxy_that_reaches_no_node() {
        answer("/verify", 503, "", "", "");
        var run = session.run("doctor", "--url", url);

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.out()).contains("as a proxy does that reaches no node");
    }
}
