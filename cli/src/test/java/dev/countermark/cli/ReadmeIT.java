package dev.countermark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Types the README's console sessions into a shell and compares what comes out; … there stands for anything. */
class ReadmeIT {

    @TempDir
    Path folder;

    @Test
    void the_console_sessions_print_what_the_readme_shows() throws Exception {
        Files.createSymbolicLink(folder.resolve("countermark"), Launcher.SCRIPT);
        for (var session : Readme.blocks("console")) {
            var commands = session.lines()
                    .filter(line -> line.startsWith("$ "))
                    .map(line -> line.substring(2))
                    .collect(Collectors.joining("\n"));
            var shown = session.lines().filter(line -> !line.startsWith("$ ")).collect(Collectors.joining("\n"));
            assertThat(output(commands)).as(session).matches(pattern(shown));
        }
    }

    private String output(String commands) throws IOException, InterruptedException {
        return new Launcher(folder)
                .run(Map.of(), List.of("sh", "-c", commands))
                .out()
                .strip();
    }

    private static Pattern pattern(String shown) {
        var parts = Pattern.compile("…").splitAsStream(shown).map(Pattern::quote);
        return Pattern.compile(
                parts.collect(Collectors.joining(".*")) + (shown.endsWith("…") ? ".*" : ""), Pattern.DOTALL);
    }
}
