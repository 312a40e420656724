package dev.countermark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/** The page of dependencies has all that the build names itself, in the version it is pinned to, and nothing else. */
class DependenciesPageTest {

    private static final Path ROOT = Path.of(System.getProperty("basedir", ""))
            .toAbsolutePath()
            .resolve("..")
            .normalize();
    private static final Pattern ROW =
            Pattern.compile("(?m)^\\| `([^`]+)` \\| ([^ ]+) \\| ([^|]+) \\| [^|]*\\| [^|]*\\| (.+) \\|$");
    private static final Pattern PROPERTY = Pattern.compile("\\$\\{(.*)}");

    private final Map<String, String> properties = new HashMap<>();
    private final Map<String, Set<String>> versions = new TreeMap<>();
    private final Map<String, Set<String>> reviewed = new TreeMap<>();

    @BeforeEach
    void read() throws Exception {
        var poms = poms();
        assertThat(poms).hasSizeGreaterThan(8);
        for (var pom : poms) {
            readProperties(pom);
        }
        for (var pom : poms) {
            for (var kind : List.of("dependency", "plugin", "path")) {
                readArtifacts(pom, kind);
            }
        }
        ROW.matcher(Files.readString(ROOT.resolve("docs/dependencies.md")))
                .results()
                .forEach(row -> reviewed.computeIfAbsent(row.group(1), name -> new TreeSet<>())
                        .add(row.group(2)));
    }

    private static List<Document> poms() throws Exception {
        try (var files = Files.find(ROOT, 3, (path, facts) -> path.endsWith("pom.xml"))) {
            var factory = DocumentBuilderFactory.newInstance();
            return files.map(pom -> parsed(factory, pom)).toList();
        }
    }

    private static Document parsed(DocumentBuilderFactory factory, Path pom) {
        try (var in = Files.newInputStream(pom)) {
            return factory.newDocumentBuilder().parse(in);
        } catch (Exception e) {
            throw new IllegalStateException(pom.toString(), e);
        }
    }

    private void readProperties(Document pom) {
        var all = pom.getElementsByTagName("properties");
        for (int i = 0; i < all.getLength(); i++) {
            for (var node = all.item(i).getFirstChild(); node != null; node = node.getNextSibling()) {
                properties.put(node.getNodeName(), node.getTextContent());
            }
        }
    }

    private void readArtifacts(Document pom, String kind) {
        var all = pom.getElementsByTagName(kind);
        for (int i = 0; i < all.getLength(); i++) {
            var artifact = (Element) all.item(i);
            var name = child(artifact, "artifactId");
            var group = child(artifact, "groupId");
            // Without a group it is one of Maven's own plugins; without a name, a path of something else.
            if (!name.isEmpty() && !group.equals("dev.countermark")) {
                versions.computeIfAbsent(
                                (group.isEmpty() ? "org.apache.maven.plugins" : group) + ":" + name,
                                each -> new TreeSet<>())
                        .add(version(child(artifact, "version")));
            }
        }
    }

    private String version(String written) {
        var property = PROPERTY.matcher(written);
        return property.matches() ? properties.getOrDefault(property.group(1), written) : written;
    }

    private static String child(Element parent, String name) {
        for (var node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node.getNodeName().equals(name)) {
                return node.getTextContent().strip();
            }
        }
        return "";
    }

    @Test
    void everything_that_the_build_names_is_reviewed_and_nothing_else() {
        assertThat(reviewed.keySet()).containsExactlyElementsOf(versions.keySet());
    }

    @Test
    void what_is_pinned_is_reviewed_in_that_version() {
        versions.forEach((name, pinned) -> {
            // Where no version is written, a list of versions says it.
            pinned.remove("");
            if (!pinned.isEmpty()) {
                assertThat(reviewed.get(name)).as(name).containsExactlyElementsOf(pinned);
            }
        });
    }

    @Test
    void every_row_has_a_licence_and_a_reason() throws IOException {
        var rows = Files.readAllLines(ROOT.resolve("docs/dependencies.md")).stream()
                .filter(line -> line.startsWith("| `"))
                .toList();
        assertThat(rows).hasSizeGreaterThan(60).allMatch(row -> ROW.matcher(row).matches());
    }
}
