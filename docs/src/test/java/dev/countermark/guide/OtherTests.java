package dev.countermark.guide;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Examples that need a program around them, Spring or a server: a test that names the page's file and the language runs
 * them, in the module that has the program.
 */
final class OtherTests {

    /** The languages of each page that such a test runs. */
    static final Map<String, Set<String>> LANGUAGES = Map.of(
            "flask-and-java.md", Set.of("java", "python"),
            "forward-authentication.md", Set.of("nginx"),
            "signed-links.md", Set.of("nginx"),
            "spring-boot.md", Set.of("java", "properties"));

    private OtherTests() {}

    static boolean run(Pages.Block block) {
        return LANGUAGES.getOrDefault(block.page(), Set.of()).contains(block.language());
    }

    /** Every test but this, which only lists them. */
    static List<Path> files() throws IOException {
        try (var files = Files.walk(Pages.ROOT)) {
            return files.filter(OtherTests::isTest).toList();
        }
    }

    private static boolean isTest(Path file) {
        var path = file.toString().replace('\\', '/');
        return path.contains("/src/test/") && path.endsWith(".java") && !path.endsWith("/OtherTests.java");
    }
}
