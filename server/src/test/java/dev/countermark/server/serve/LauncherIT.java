package dev.countermark.server.serve;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code ./countermark serve} as a process, and the lines that it prints typed into a shell. */
class LauncherIT {

    private static final Path SCRIPT =
            Path.of("../countermark").toAbsolutePath().normalize();

    @TempDir
    private Path folder;

    private static int freePort() throws IOException {
        try (var probe = new ServerSocket(0)) {
            return probe.getLocalPort();
        }
    }

    private Process serve(int port, Path out) throws IOException {
        var service = new ProcessBuilder(
                SCRIPT.toString(),
                "serve",
                "--port",
                Integer.toString(port),
                "--data",
                folder.resolve("data").toString());
        service.environment().put("COUNTERMARK_BUILD", "never");
        // What the launcher says when standard error is a terminal.
        service.environment().put("COUNTERMARK_JAVA_OPTIONS", "-Dcountermark.terminal=true");
        return service.redirectOutput(out.toFile())
                .redirectError(folder.resolve("err").toFile())
                .start();
    }

    /** Waits for a line that is the last one printed; the port opens right behind it. */
    private static String printed(Process service, Path out) throws IOException, InterruptedException {
        while (service.isAlive()) {
            var text = Files.readString(out);
            if (text.contains("Admin page: ") && text.endsWith("\n")) {
                return text;
            }
            Thread.sleep(50);
        }
        throw new AssertionError("the service has ended");
    }

    private String shell(String script) throws IOException, InterruptedException {
        var shell =
                new ProcessBuilder("sh", "-c", script).redirectErrorStream(true).start();
        var text = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        shell.waitFor();
        return text;
    }

    @Test
    void the_printed_lines_issue_verify_and_revoke_a_token_and_a_signal_ends_it() throws Exception {
        var out = folder.resolve("out");
        var service = serve(freePort(), out);
        try {
            var lines = printed(service, out)
                    .lines()
                    .filter(line -> line.startsWith("  "))
                    .filter(line -> line.contains("ADMIN=") || line.contains("curl"))
                    .toList();
            assertThat(lines).hasSize(4);
            var ready = "until curl -s -o /dev/null " + lines.get(2).replaceAll(".*(http://[^/]*)/.*", "$1")
                    + "; do :; done\n";
            var session = shell(ready + String.join("\n", lines) + "\n" + lines.get(2));
            assertThat(session)
                    .containsSubsequence(
                            "\"token\":\"cm_", "HTTP/1.1 200", "X-Auth-Subject: alice", "HTTP/1.1 204", "HTTP/1.1 401");
        } finally {
            service.destroy();
        }
        assertThat(service.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(Files.readString(folder.resolve("err")))
                .as("the log of somebody at a terminal")
                .containsPattern("(?m)^[0-9:]{8}  listening on http://127\\.0\\.0\\.1:[0-9]+  data_folder=" + folder)
                .containsPattern("(?m)^[0-9:]{8}  token revoked  token_id=[0-9a-f]{32} ");
        // 128 + SIGTERM, as a shell says it.
        assertThat(service.exitValue()).isEqualTo(143);
    }
}
