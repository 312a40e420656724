package dev.countermark.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LauncherIT {

    @TempDir
    Path folder;

    private Launcher launcher;

    @BeforeEach
    void start() {
        launcher = new Launcher(folder);
    }

    @Test
    void it_signs_and_verifies_from_any_folder() throws Exception {
        var signed = launcher.run("sign", "--purpose", "login", "--expires-in", "1h", "{\"id\":\"foobar\"}");
        assertThat(signed.code()).isZero();
        assertThat(signed.out().lines()).hasSize(1);
        assertThat(signed.err()).startsWith("countermark: made a new key in " + folder);

        var verified = launcher.run("verify", "--purpose", "login", signed.out().strip());
        assertThat(verified.code()).isZero();
        assertThat(verified.out()).isEqualTo("{\"id\":\"foobar\"}\n");
    }

    @Test
    void it_works_through_symbolic_links() throws Exception {
        var first = Files.createSymbolicLink(folder.resolve("first"), Launcher.SCRIPT);
        var second = Files.createSymbolicLink(folder.resolve("second link"), first.getFileName());
        assertThat(launcher.run(Map.of(), List.of(second.toString(), "--version"))
                        .out())
                .startsWith("countermark ");
    }

    @Test
    void exit_codes_reach_the_shell() throws Exception {
        assertThat(launcher.run("verify", "--purpose", "login", "nonsense").code())
                .isEqualTo(1);
        assertThat(launcher.run("sign").code()).isEqualTo(64);
        assertThat(launcher.run("sing").code()).isEqualTo(64);
    }

    @Test
    void letters_survive_in_a_locale_of_bytes() throws Exception {
        var command = List.of(Launcher.SCRIPT.toString(), "sign", "-f", "text", "-p", "login", "größer als ∅ und 🦊");
        var run = launcher.run(Map.of("LC_ALL", "C", "LANG", "C"), command);
        assertThat(run.out()).startsWith("größer als ∅ und 🦊.");
    }

    /** Java 24 and newer warn of a library that is loaded without leave, as SQLite's driver does. */
    @Test
    void a_command_on_the_database_says_nothing_but_its_own() throws Exception {
        var issued = launcher.run("tokens", "issue", "--subject", "ci");
        assertThat(issued.code()).isZero();
        assertThat(issued.err().lines()).isNotEmpty().allMatch(line -> line.startsWith("countermark: "));
    }

    @Test
    void first_runs_at_the_same_time_end_with_one_key() throws Exception {
        var runs = new ArrayList<Process>();
        for (int i = 0; i < 4; i++) {
            runs.add(launcher.prepare(List.of(Launcher.SCRIPT.toString(), "sign", "-p", "login", "value"))
                    .redirectErrorStream(true)
                    .start());
        }
        int made = 0;
        for (var run : runs) {
            var output = new String(run.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(run.waitFor()).as(output).isZero();
            made += output.contains("made a new key") ? 1 : 0;
            var token = output.lines()
                    .filter(line -> !line.startsWith("countermark:"))
                    .findFirst();
            assertThat(launcher.run("verify", "-p", "login", token.orElseThrow())
                            .code())
                    .isZero();
        }
        assertThat(made).isEqualTo(1);
    }

    @Test
    void answers_come_line_by_line_and_a_signal_reaches_the_program() throws Exception {
        var token = launcher.run("sign", "-p", "login", "value").out();
        var process = launcher.prepare(List.of(Launcher.SCRIPT.toString(), "verify", "-p", "login", "-"))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        process.getOutputStream().write(token.getBytes(StandardCharsets.US_ASCII));
        process.getOutputStream().flush();
        try (var answers = process.inputReader(StandardCharsets.UTF_8)) {
            assertThat(answers.readLine()).isEqualTo("value");
            // The process the shell started is Java itself: no shell stays between.
            assertThat(process.info().command())
                    .hasValueSatisfying(program -> assertThat(program).endsWith("java"));
            process.destroy();
            assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void a_key_comes_through_a_pipe() throws Exception {
        var script = "\"$0\" keygen --out key && cat key | \"$0\" keys add --from -";
        var added = launcher.run(Map.of(), List.of("sh", "-c", script, Launcher.SCRIPT.toString()));
        assertThat(added.code()).as(added.err()).isZero();
        assertThat(launcher.run("keys", "list").out())
                .startsWith(added.out().lines().reduce((first, last) -> last).orElseThrow() + "  ");
    }

    @Test
    void an_answer_that_cannot_be_written_is_no_success() throws Exception {
        assumeThat(Path.of("/dev/full")).as("a device that is always full").exists();
        var run = launcher.run(Map.of(), List.of("sh", "-c", "'" + Launcher.SCRIPT + "' keygen > /dev/full"));
        assertThat(run.code()).isEqualTo(69);
        assertThat(run.err()).contains("could not be written");
    }

    @Test
    void the_virtual_machine_keeps_its_remarks_off_standard_output() throws Exception {
        var command = List.of(Launcher.SCRIPT.toString(), "--version");
        var run = launcher.run(Map.of("JAVA_TOOL_OPTIONS", "-Xshare:off"), command);
        assertThat(run.out()).startsWith("countermark ");
    }
}
