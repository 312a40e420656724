package dev.countermark.itsdangerous;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Debian's {@code python3-itsdangerous} beside ours, with keys, options, values and damage from a seeded generator: what
 * it writes must be what we write, and what it makes of a token, down to its error's text, what we make of it.
 *
 * <p>{@code -Dcountermark.differential=100000} asks for so many cases, {@code -Dcountermark.differential.seed=1} for others.
 */
class DifferentialTest {

    private static final Path PYTHON = Path.of("/usr/bin/python3");
    private static final int CASES = Integer.getInteger("countermark.differential", 12_000);
    private static final long SEED = Long.getLong("countermark.differential.seed", 20261126);
    private static final String RELEASE = "2.1.2";

    @TempDir
    Path folder;

    @Test
    void ours_writes_and_reads_as_pythons_does() throws Exception {
        assumeThat(Files.isExecutable(PYTHON))
                .as("skipped: %s is not there", PYTHON)
                .isTrue();
        assumeThat(run(1, List.of(), "-c", "import itsdangerous; print(itsdangerous.__version__)"))
                .as("skipped: install python3-itsdangerous %s to run this", RELEASE)
                .containsExactly(RELEASE);
        var random = new Random(SEED);
        var cases = new ArrayList<DifferentialCase>();
        for (int i = 0; i < CASES; i++) {
            cases.add(DifferentialCase.random(random));
        }
        var answers = run(15, cases.stream().map(DifferentialCase::toJson).toList(), script().toString());

        assertThat(answers).hasSameSizeAs(cases);
        int accepted = 0;
        var different = new ArrayList<String>();
        for (int i = 0; i < CASES; i++) {
            var expected = answers.get(i).split("\t", -1);
            var ours = cases.get(i).answer();
            accepted += expected[1].equals("ok") ? 1 : 0;
            if (!cases.get(i).agrees(expected, ours)) {
                different.add(
                        "seed " + SEED + ", case " + i + ": " + cases.get(i).toJson() + "\n  theirs "
                                + String.join(" ", expected) + "\n  ours   " + String.join(" ", ours));
            }
        }
        assertThat(different.stream().limit(10))
                .as("%d different", different.size())
                .isEmpty();
        // Neither side of the comparison is empty.
        assertThat(accepted).isBetween(CASES / 5, CASES * 4 / 5);
    }

    private Path script() throws IOException {
        try (InputStream in = DifferentialTest.class.getResourceAsStream("differential.py")) {
            return Files.write(folder.resolve("differential.py"), in.readAllBytes());
        }
    }

    private List<String> run(int minutes, List<String> lines, String... arguments)
            throws IOException, InterruptedException {
        var input = Files.write(folder.resolve("in"), lines, UTF_8);
        var output = folder.resolve("out");
        var command = new ArrayList<>(List.of(PYTHON.toString()));
        command.addAll(List.of(arguments));
        var process = new ProcessBuilder(command)
                .redirectInput(input.toFile())
                .redirectOutput(output.toFile())
                .redirectError(folder.resolve("error").toFile())
                .start();
        boolean ended = process.waitFor(minutes, TimeUnit.MINUTES);
        process.destroyForcibly();
        assertThat(ended).as("ended").isTrue();
        return Files.readAllLines(output, UTF_8);
    }
}
