package dev.countermark.cli.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.countermark.cli.Session;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** The command against the real service, in a process of its own. */
class RemoteIT {

    private static final Pattern ADMIN = Pattern.compile("(?m)^ {2}(cm_\\S+)$");
    private static final Pattern URL = Pattern.compile("Admin page: (\\S+)/\n");

    @TempDir
    static Path data;

    @TempDir
    Path home;

    private static Process server;
    private static String url;
    private static String admin;

    private Session session;

    @BeforeAll
    static void serve() throws Exception {
        assumeThat(jar()).as("skipped: build the module server to run this").isNotNull();
        var out = data.resolve("out");
        var serving = new ProcessBuilder(
                        Path.of("../countermark").toAbsolutePath().normalize().toString(),
                        "serve",
                        "--port",
                        "0",
                        "--data",
                        data.resolve("data").toString())
                .redirectOutput(out.toFile())
                .redirectError(data.resolve("err").toFile());
        serving.environment().put("JAVA_HOME", System.getProperty("java.home"));
        serving.environment().put("COUNTERMARK_BUILD", "never");
        server = serving.start();
        var printed = "";
        while (!URL.matcher(printed).find()) {
            assertThat(server.isAlive())
                    .as(() -> "the service runs: " + read(data.resolve("err")))
                    .isTrue();
            Thread.sleep(50);
            printed = Files.readString(out);
        }
        url = first(URL, printed);
        admin = first(ADMIN, printed);
    }

    private static Path jar() throws IOException {
        var target = Path.of("../server/target");
        if (!Files.isDirectory(target)) {
            return null;
        }
        try (var files = Files.newDirectoryStream(target, "countermark-server-[0-9]*.jar")) {
            for (var file : files) {
                if (!file.toString().matches(".*-(sources|javadoc|tests)\\.jar")) {
                    return file;
                }
            }
        }
        return null;
    }

    private static String first(Pattern pattern, String text) {
        var matcher = pattern.matcher(text);
        assertThat(matcher.find()).as(text).isTrue();
        return matcher.group(1);
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return e.toString();
        }
    }

    @AfterAll
    static void stop() throws InterruptedException {
        if (server != null) {
            server.destroy();
            assertThat(server.waitFor(30, TimeUnit.SECONDS)).isTrue();
        }
    }

    @BeforeEach
    void start() {
        session = new Session(home).with("COUNTERMARK_TOKEN", admin);
    }

    private Session.Run tokens(String command, String... more) {
        return session.run(Session.join(new String[] {"tokens", command, "--url", url}, more));
    }

    private String idOf(String token) {
        return tokens("verify", "--json", token).out().replaceAll("(?s).*\"id\":\"([0-9a-f]{32})\".*", "$1");
    }

    @Test
    void a_token_is_issued_checked_listed_rotated_and_revoked() {
        var issued =
                tokens("issue", "--subject", "alice", "--name", "laptop", "--scope", "orders:read", "--lifetime", "1h");
        assertThat(issued.code()).as(issued.err()).isZero();
        var token = issued.line();
        assertThat(token).startsWith("cm_");

        var verified = tokens("verify", token);
        assertThat(verified.code()).isZero();
        assertThat(verified.out()).startsWith("valid: ").contains("speaks for alice", "may orders:read");
        var id = idOf(token);

        assertThat(tokens("list", "--subject", "alice").out()).contains(id, "active", "laptop");
        var shown = JsonMapper.shared().readTree(tokens("show", "--json", id).out());
        assertThat(shown.path("subject").stringValue()).isEqualTo("alice");
        assertThat(shown.has("token")).isFalse();

        var rotated = tokens("rotate", id, "--overlap", "0");
        assertThat(rotated.code()).as(rotated.err()).isZero();
        assertThat(tokens("verify", token).code()).isEqualTo(1);
        assertThat(tokens("verify", rotated.line()).code()).isZero();

        assertThat(tokens("revoke", "--wait", idOf(rotated.line())).out()).contains("1 of 1 nodes have confirmed");
        assertThat(tokens("verify", rotated.line()).code()).isEqualTo(1);
    }

    @Test
    void a_subject_and_a_text_are_revoked() {
        var one = tokens("issue", "--subject", "bob").line();
        var two = tokens("issue", "--subject", "bob").line();

        assertThat(tokens("revoke", "--token", one).code()).isZero();
        assertThat(tokens("verify", one).code()).isEqualTo(1);
        assertThat(tokens("verify", two).code()).isZero();
        assertThat(tokens("revoke", "--subject", "bob").code()).isZero();
        assertThat(tokens("verify", two).code()).isEqualTo(1);
    }

    @Test
    void a_repeated_issue_prints_the_same_token() {
        var first = tokens("issue", "--subject", "carol", "--idempotency-key", "once");
        var second = tokens("issue", "--subject", "carol", "--idempotency-key", "once");

        assertThat(second.line()).isEqualTo(first.line()).startsWith("cm_");
    }

    @Test
    void what_the_server_refuses_is_one_line_and_an_exit_code() {
        assertThat(tokens("show", "0".repeat(32)).code()).isEqualTo(1);
        assertThat(tokens("revoke", "0".repeat(32)).code()).isEqualTo(1);
        var tooLong = tokens("issue", "--subject", "dave", "--lifetime", "4000d");
        assertThat(tooLong.code()).isEqualTo(64);
        assertThat(tooLong.err().lines()).hasSize(1);

        var plain = tokens("issue", "--subject", "dave").line();
        session.with("COUNTERMARK_TOKEN", plain);
        var denied = tokens("issue", "--subject", "dave");
        assertThat(denied.code()).isEqualTo(64);
        assertThat(denied.err()).contains("countermark:admin").doesNotContain(plain);

        session.with("COUNTERMARK_TOKEN", plain + "x");
        var unknown = tokens("list");
        assertThat(unknown.code()).isEqualTo(64);
        assertThat(unknown.err()).contains("does not accept the token").doesNotContain(plain);
    }

    @Test
    void changes_and_nodes_are_listed() {
        var id = idOf(tokens("issue", "--subject", "erin").line());

        var changes = session.run("audit", "--url", url, "--subject", "erin", "--json");
        assertThat(changes.code()).as(changes.err()).isZero();
        var issued = JsonMapper.shared().readTree(changes.out());
        assertThat(issued.path("action").stringValue()).isEqualTo("issued");
        assertThat(issued.path("token_id").stringValue()).isEqualTo(id);
        assertThat(session.run("audit", "--url", url, "--token-id", id).out()).contains("issued", "erin", "token ");
        assertThat(session.run("audit", "--url", url, "--limit", "1").err()).contains("go on with --after ");

        var nodes = session.run("nodes", "--url", url);
        assertThat(nodes.out()).containsPattern("countermark +live +seen 20.*, feed number \\d+, keys \\S+");
        assertThat(nodes.err()).contains("the node that answers is hearing");
        assertThat(session.run("nodes", "--data", data.resolve("data").toString())
                        .out())
                .containsPattern("countermark +live ");
    }

    @Test
    void keys_are_listed_and_the_doctor_finds_a_healthy_server() {
        assertThat(session.run("keys", "list", "--url", url).out()).contains("primary");

        var doctor = session.run("doctor", "--url", url);
        assertThat(doctor.code()).as(doctor.out() + doctor.err()).isZero();
        assertThat(doctor.out())
                .contains("lets nobody through without a token", "open on loopback only", "revocations are heard");
    }
}
