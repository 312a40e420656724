package dev.countermark.guide;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Pages whose examples need a program around them, Spring or a server: a test that names the page's file runs them, in the
 * module that has the program.
 */
final class OtherTests {

    private static final Pattern PAGE_NAME = Pattern.compile("\"([a-z0-9-]+\\.md)\"");

    private static final Set<String> PAGES = find();

    private OtherTests() {}

    /** Whether a test of its own names {@code page}. */
    static boolean run(String page) {
        return PAGES.contains(page);
    }

    private static Set<String> find() {
        try (var files = Files.walk(Pages.ROOT)) {
            return files.filter(OtherTests::isTest)
                    .flatMap(OtherTests::pagesNamedIn)
                    .collect(Collectors.toSet());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isTest(Path file) {
        var path = file.toString().replace('\\', '/');
        return path.contains("/src/test/") && path.endsWith(".java");
    }

    private static Stream<String> pagesNamedIn(Path test) {
        try {
            return PAGE_NAME.matcher(Files.readString(test)).results().map(found -> found.group(1));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
