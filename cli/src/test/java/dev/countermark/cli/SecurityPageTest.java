package dev.countermark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The security page names, for each attack, the test that would fail. */
class SecurityPageTest {

    private static final Path ROOT = Path.of(System.getProperty("basedir", ""))
            .toAbsolutePath()
            .resolve("..")
            .normalize();
    private static final Pattern NAMED = Pattern.compile("`([A-Z][A-Za-z0-9]*(?:Test|Contract))\\.([a-z][a-z0-9_]*)`");

    @Test
    void every_test_that_is_named_exists() throws IOException {
        var sources = testSources();
        var page = Files.readString(ROOT.resolve("docs/security.md"));
        var named = NAMED.matcher(page).results().toList();

        assertThat(named)
                .hasSizeGreaterThan(50)
                .allSatisfy(test -> assertThat(sources)
                        .filteredOn(source -> source.getFileName().toString().equals(test.group(1) + ".java"))
                        .as("%s", test.group())
                        .anySatisfy(source ->
                                assertThat(Files.readString(source)).contains("void " + test.group(2) + "(")));
    }

    @Test
    void every_attack_has_a_test() throws IOException {
        var rows = new ArrayList<String>();
        boolean attacks = false;
        for (var line : Files.readAllLines(ROOT.resolve("docs/security.md"))) {
            attacks = line.startsWith("| attack |") || attacks && line.startsWith("|");
            if (attacks && !line.startsWith("| attack |") && !line.startsWith("|---")) {
                rows.add(line);
            }
        }
        assertThat(rows)
                .hasSizeGreaterThan(40)
                .allSatisfy(
                        row -> assertThat(row.substring(row.lastIndexOf(" | "))).containsPattern(NAMED));
    }

    private static List<Path> testSources() throws IOException {
        try (var files = Files.find(
                ROOT,
                12,
                (path, facts) -> path.toString().contains("/src/test/")
                        && path.toString().endsWith(".java"))) {
            return files.toList();
        }
    }
}
