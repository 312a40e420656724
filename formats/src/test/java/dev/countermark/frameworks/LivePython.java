package dev.countermark.frameworks;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A script for the system's own Python, whose packages are Debian's. */
record LivePython(Path script) {

    private static final Path PYTHON = Path.of("/usr/bin/python3");

    /** The script, or the test is skipped, saying which package is missing. */
    static LivePython of(Path folder, String debianPackage, String module, String script) throws Exception {
        assumeThat(Files.isExecutable(PYTHON))
                .as("skipped: %s is not there", PYTHON)
                .isTrue();
        var file = folder.resolve("live.py");
        Files.writeString(file, "import " + module);
        assumeThat(new LivePython(file).start().waitFor())
                .as("skipped: install %s to run this", debianPackage)
                .isZero();
        Files.writeString(file, script);
        return new LivePython(file);
    }

    private Process start(String... arguments) throws IOException {
        var command = new ArrayList<>(List.of(PYTHON.toString(), script.toString()));
        command.addAll(Arrays.asList(arguments));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(script.resolveSibling("out").toFile())
                .start();
    }

    /** What the script prints, without the last line's end. */
    String run(String... arguments) throws Exception {
        var process = start(arguments);
        boolean ended = process.waitFor(60, TimeUnit.SECONDS);
        process.destroyForcibly();
        var output = Files.readString(script.resolveSibling("out"), UTF_8).strip();
        assertThat(ended).as("ended: %s", output).isTrue();
        assertThat(process.exitValue()).as(output).isZero();
        return output;
    }
}
