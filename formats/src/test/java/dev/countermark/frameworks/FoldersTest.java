package dev.countermark.frameworks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each framework has a folder, which the compiler, to which all are one package, does not guard. */
class FoldersTest {

    private static final Path MAIN = Path.of(System.getProperty("basedir", "")).resolve("src/main");
    private static final Path PACKAGE = Path.of("dev/countermark/frameworks");
    private static final String SHARED = "java";
    private static final Pattern SECTION = Pattern.compile("<dt>([\\w ]+)(.*?)(?=<dt>|</dl>)", Pattern.DOTALL);
    private static final Pattern LINK = Pattern.compile("\\{@link (\\w+)}");
    private static final Pattern NAME = Pattern.compile("\\w+");

    static List<String> folders() throws IOException {
        try (var folders = Files.list(MAIN)) {
            return folders.filter(folder -> Files.isDirectory(folder.resolve(PACKAGE)))
                    .map(folder -> folder.getFileName().toString())
                    .sorted()
                    .toList();
        }
    }

    @Test
    void a_format_is_found_by_the_name_of_its_framework() throws IOException {
        assertThat(folders()).containsExactly("django", "express", "flask", SHARED, "rails", "starlette");
    }

    @ParameterizedTest
    @MethodSource("folders")
    void a_folder_knows_no_other_framework(String folder) throws IOException {
        var strangers = new TreeSet<String>();
        for (var other : folders()) {
            if (!other.equals(folder) && !other.equals(SHARED)) {
                strangers.addAll(classes(other));
            }
        }
        for (var name : classes(folder)) {
            var named = names(folder, name);
            assertThat(named).contains(name);
            named.retainAll(strangers);
            assertThat(named).as(name).isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("folders")
    void the_comment_of_the_package_names_what_is_public_in_a_folder(String folder) throws IOException {
        var comment = Files.readString(MAIN.resolve(SHARED).resolve(PACKAGE).resolve("package-info.java"));
        var sections = SECTION.matcher(comment)
                .results()
                .filter(section -> folderOf(section.group(1)).equals(folder))
                .toList();
        assertThat(sections).hasSize(1);
        var linked = LINK.matcher(sections.get(0).group(2)).results().map(found -> found.group(1));
        var open = classes(folder).stream().filter(FoldersTest::isPublic).toList();
        assertThat(linked).isNotEmpty().containsExactlyInAnyOrderElementsOf(open);
    }

    private static String folderOf(String heading) {
        var first = heading.split(" ", 2)[0].strip().toLowerCase(Locale.ROOT);
        return first.equals("all") ? SHARED : first;
    }

    private static boolean isPublic(String name) {
        try {
            return Modifier.isPublic(Class.forName(FoldersTest.class.getPackageName() + "." + name)
                    .getModifiers());
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<String> classes(String folder) throws IOException {
        try (var files = Files.list(MAIN.resolve(folder).resolve(PACKAGE))) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".java") && !name.equals("package-info.java"))
                    .map(name -> name.substring(0, name.lastIndexOf('.')))
                    .toList();
        }
    }

    private static Set<String> names(String folder, String name) throws IOException {
        var source = Files.readString(MAIN.resolve(folder).resolve(PACKAGE).resolve(name + ".java"));
        return NAME.matcher(source).results().map(MatchResult::group).collect(Collectors.toCollection(TreeSet::new));
    }
}
