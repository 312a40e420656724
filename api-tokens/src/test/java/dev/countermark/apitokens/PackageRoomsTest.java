package dev.countermark.apitokens;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The comment of the package leads to every class of it, and to none that is gone. */
class PackageRoomsTest {

    private static final Path PACKAGE =
            Path.of(System.getProperty("basedir", "")).resolve("src/main/java/dev/countermark/apitokens");
    private static final Pattern ROOMS = Pattern.compile("<dl>.*</dl>", Pattern.DOTALL);
    private static final Pattern NAME = Pattern.compile("\\{@(?:link|code) (\\w+)}");

    @Test
    void every_class_stands_in_a_room_of_its_package() throws IOException {
        var rooms = ROOMS.matcher(Files.readString(PACKAGE.resolve("package-info.java")));
        assertThat(rooms.find()).isTrue();
        var named = new TreeSet<String>();
        NAME.matcher(rooms.group()).results().forEach(found -> named.add(found.group(1)));
        assertThat(named).containsExactlyElementsOf(classes());
    }

    private static Set<String> classes() throws IOException {
        var classes = new TreeSet<String>();
        try (var files = Files.list(PACKAGE)) {
            files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".java") && !name.equals("package-info.java"))
                    .forEach(name -> classes.add(name.substring(0, name.lastIndexOf('.'))));
        }
        return classes;
    }
}
