package dev.countermark.server.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countermark.apitokens.ApiTokens;
import dev.countermark.apitokens.TokenQuery;
import dev.countermark.server.CountermarkServer;
import dev.countermark.server.RunningServer;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServeTest {

    private static final Pattern TOKEN = Pattern.compile("cm_[A-Za-z0-9_.-]+");

    @TempDir
    private Path folder;

    /** What is printed while something runs. */
    private static String printed(Runnable work) {
        var bytes = new ByteArrayOutputStream();
        var before = System.out;
        System.setOut(new PrintStream(bytes, true, StandardCharsets.UTF_8));
        try {
            work.run();
        } finally {
            System.setOut(before);
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    @Test
    void the_first_start_makes_a_key_and_a_database_for_their_owner_and_prints_an_admin_token_once() throws Exception {
        var data = folder.resolve("new");
        var first = printed(() -> {
            try (var server =
                    ServeCommand.start(CountermarkServer.class, Map.of(), "--port", "0", "--data", data.toString())) {
                assertThat(server.getBean(ApiTokens.class)
                                .list(TokenQuery.all())
                                .items())
                        .hasSize(1);
            }
        });
        var matcher = TOKEN.matcher(first);
        assertThat(matcher.find()).isTrue();
        assertThat(first)
                .contains("/v1/tokens", "/verify", "/v1/revocations")
                .containsPattern("http://127\\.0\\.0\\.1:[1-9][0-9]*/v1/tokens");
        try (var files = Files.list(data)) {
            for (var file : files.toList()) {
                assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                        .as(file.toString())
                        .isEqualTo("rw-------");
            }
        }
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data)))
                .isEqualTo("rwx------");

        var second = printed(() -> {
            try (var server = ServeCommand.start(
                    CountermarkServer.class, Map.of("COUNTERMARK_HOME", data.toString()), "--port", "0")) {
                assertThat(server.getBean(ApiTokens.class)
                                .verify(matcher.group())
                                .hasScope(ApiTokens.ADMIN_SCOPE))
                        .isTrue();
            }
        });
        assertThat(second).doesNotContainPattern(TOKEN);
    }

    @Test
    void no_admin_token_is_shown_beside_the_address_of_another_program() throws Exception {
        var data = folder.resolve("taken");
        try (var other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var port = Integer.toString(other.getLocalPort());
            var shown = printed(() -> assertThatThrownBy(() -> ServeCommand.start(
                            CountermarkServer.class, Map.of(), "--port", port, "--data", data.toString()))
                    .hasMessageContaining("It cannot listen on 127.0.0.1:" + port));
            assertThat(shown).doesNotContain("cm_");
        }
        var shown = printed(
                () -> ServeCommand.start(CountermarkServer.class, Map.of(), "--port", "0", "--data", data.toString())
                        .close());
        assertThat(shown).containsPattern(TOKEN);
    }

    @Test
    void keys_that_are_lost_are_not_made_anew() throws Exception {
        try (var server = RunningServer.start("--data", folder.toString())) {
            server.token("a");
        }
        Files.delete(folder.resolve("keys"));
        assertThatThrownBy(() -> RunningServer.start("--data", folder.toString()))
                .rootCause()
                .isInstanceOf(StartFailure.class)
                .hasMessageContaining("There are no keys at " + folder.resolve("keys"));
        assertThat(folder.resolve("keys")).doesNotExist();
    }

    @Test
    void other_machines_are_served_with_tls_or_behind_a_proxy_only() {
        assertThatThrownBy(() -> RunningServer.start("--bind", "0.0.0.0"))
                .isInstanceOf(StartFailure.class)
                .hasMessageContaining("there is no TLS");
        try (var server = RunningServer.start("--bind", "0.0.0.0", "--behind-proxy")) {
            assertThat(server.get("/verify", server.adminToken()).statusCode()).isEqualTo(200);
        }
    }

    @Test
    void a_configuration_file_is_read_options_precede_it_and_the_log_says_where_the_node_is() throws Exception {
        int port;
        try (var probe = new ServerSocket(0)) {
            port = probe.getLocalPort();
        }
        var file = Files.writeString(
                folder.resolve("countermark.properties"),
                "server.port=1\ncountermark.api-tokens.prefix=acme\ncountermark.api-tokens.node-name=blue\n");
        var log = new ByteArrayOutputStream();
        var before = System.err;
        System.setErr(new PrintStream(log, true, StandardCharsets.UTF_8));
        try (var server = ServeCommand.start(
                CountermarkServer.class,
                Map.of(),
                "--management-port",
                "0",
                "--config",
                file.toString(),
                "--port",
                Integer.toString(port),
                "--data",
                folder.resolve("data").toString())) {
            var options = server.getBean(ApiTokens.class).options();
            assertThat(options.prefix()).isEqualTo("acme");
            assertThat(options.nodeName()).isEqualTo("blue");
            assertThat(server.getEnvironment().getProperty("local.server.port")).isEqualTo(Integer.toString(port));
            assertThat(log.toString(StandardCharsets.UTF_8))
                    .contains("listening on http://127.0.0.1:" + port, "\"node\":{\"name\":\"blue\"}")
                    .contains("health and metrics on http://127.0.0.1:"
                            + server.getEnvironment().getProperty("local.management.port"))
                    .doesNotContain("stopped");
        } finally {
            System.setErr(before);
        }
        assertThat(log.toString(StandardCharsets.UTF_8)).containsOnlyOnce("\"stopped\"");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            --port 80x               | --port is a port, 1 to 65535, or 0 for any that is free; '80x' is none
            --port 65536             | --port is a port, 1 to 65535, or 0 for any that is free; '65536' is none
            --management-port x      | --management-port is a port, 1 to 65535, or 0 for any that is free; 'x' is none
            --port geheim-geheim-geheim-geheim | --port is a port, 1 to 65535, or 0 for any that is free
            --port                   | --port needs a value: N
            --keys none.txt          | --keys: there is no file none.txt; copy that of another node, or for a new database make one with: countermark keys add --keys none.txt
            --behind-proxy=geheim    | --behind-proxy takes no value
            --key=geheim             | there is no option --key
            -kgeheim                 | there is no option -k
            geheim                   | serve takes options only, each with its value behind it
            """)
    void a_wrong_command_line_is_a_sentence_without_what_may_be_a_key(String arguments, String sentence) {
        var bytes = new ByteArrayOutputStream();
        var before = System.err;
        System.setErr(new PrintStream(bytes, true, StandardCharsets.UTF_8));
        try {
            assertThat(ServeCommand.run(CountermarkServer.class, arguments.split(" ")))
                    .isEqualTo(64);
        } finally {
            System.setErr(before);
        }
        assertThat(bytes.toString(StandardCharsets.UTF_8))
                .startsWith("countermark: " + sentence + System.lineSeparator());
    }

    @Test
    void a_wrong_command_line_is_explained_and_starts_nothing() {
        assertThat(ServeCommand.run(CountermarkServer.class, "--prot", "1")).isEqualTo(64);
        assertThat(ServeCommand.run(CountermarkServer.class, "--port", "x")).isEqualTo(64);
        assertThat(ServeCommand.run(CountermarkServer.class, "--port", "80000")).isEqualTo(64);
        assertThat(ServeCommand.run(CountermarkServer.class, "--management-port", "-1"))
                .isEqualTo(64);
        assertThat(ServeCommand.run(CountermarkServer.class, "--bind", "name.invalid"))
                .isEqualTo(64);
        assertThat(ServeCommand.run(CountermarkServer.class, "--database-url", "postgres://db/tokens"))
                .isEqualTo(64);
        assertThat(ServeCommand.run(
                        CountermarkServer.class,
                        "--config",
                        folder.resolve("none").toString()))
                .isEqualTo(64);
        assertThat(ServeCommand.run(CountermarkServer.class, "--tls-key", "a")).isEqualTo(64);
        assertThat(printed(() -> assertThat(ServeCommand.run(CountermarkServer.class, "--help"))
                        .isZero()))
                .contains("--database-url");
    }
}
