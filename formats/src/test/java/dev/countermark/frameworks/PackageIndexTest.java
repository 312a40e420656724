package dev.countermark.frameworks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The comment of the package is its index: every class stands in it once, and nothing else does. */
class PackageIndexTest {

    private static final Path PACKAGE =
            Path.of(System.getProperty("basedir", "")).resolve("src/main/java/dev/countermark/frameworks");
    private static final Pattern INDEX = Pattern.compile("<dl>.*</dl>", Pattern.DOTALL);
    private static final Pattern NAME = Pattern.compile("\\{@(?:link|code) (\\w+)}");

    @Test
    void every_class_stands_in_the_index_of_its_package() throws IOException {
        assertThat(named()).containsExactlyInAnyOrderElementsOf(classes());
    }

    private static List<String> named() throws IOException {
        var comment = Files.readString(PACKAGE.resolve("package-info.java"));
        var index = INDEX.matcher(comment).results().map(MatchResult::group).toList();
        assertThat(index).hasSize(1);
        return NAME.matcher(index.get(0)).results().map(found -> found.group(1)).toList();
    }

    private static List<String> classes() throws IOException {
        try (var files = Files.list(PACKAGE)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".java") && !name.equals("package-info.java"))
                    .map(name -> name.substring(0, name.lastIndexOf('.')))
                    .toList();
        }
    }
}
