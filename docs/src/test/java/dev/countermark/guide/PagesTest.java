package dev.countermark.guide;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What holds for every page: it is listed, its links lead somewhere, and nothing it shows goes without a test. */
class PagesTest {

    /**
     * What is run from every page; {@code sh}, which needs what is not here and whose options alone are checked; and
     * {@code text}, which is a picture.
     */
    private static final Set<String> RUN = Set.of("java", "kotlin", "console", "xml", "sh", "text");

    private static final Pattern LINK = Pattern.compile("\\]\\(([^)#:]+)(#[^)]*)?\\)");

    @Test
    void every_page_is_in_the_index() throws IOException {
        var index = Files.readString(Pages.GUIDE.resolve("README.md"));
        for (var page : Pages.all()) {
            var name = page.getFileName().toString();
            if (!name.equals("README.md")) {
                assertThat(index).contains("](" + name + ")");
            }
        }
    }

    @Test
    void every_page_begins_with_code() throws IOException {
        for (var page : Pages.all()) {
            if (page.startsWith(Pages.GUIDE) && !page.endsWith("README.md")) {
                var first = Pages.blocks(page).get(0);
                // A title, a heading, and a sentence that says whose code it is.
                assertThat(first.line()).as(first.toString()).isLessThanOrEqualTo(8);
            }
        }
    }

    @Test
    void links_lead_somewhere() throws IOException {
        var pages = new ArrayList<>(Pages.all());
        try (var others = Files.list(Pages.ROOT.resolve("docs"))) {
            others.filter(file -> file.toString().endsWith(".md")).forEach(pages::add);
        }
        pages.add(Pages.ROOT.resolve("CONTRIBUTING.md"));
        for (var page : pages) {
            for (var link : LINK.matcher(Files.readString(page)).results().toList()) {
                Path target = page.resolveSibling(link.group(1));
                assertThat(target).as("link of %s", page).exists();
                if (link.group(2) != null) {
                    assertThat(headings(target)).as("link of %s", page).contains(link.group(2));
                }
            }
        }
    }

    /** The anchors that a page's headings make. */
    private static Set<String> headings(Path page) throws IOException {
        var anchors = new HashSet<String>();
        for (var line : Files.readAllLines(page)) {
            if (line.startsWith("#")) {
                var title = line.replaceFirst("#+ ", "").toLowerCase(Locale.ROOT);
                anchors.add("#" + title.replaceAll("[^\\p{L}\\p{N} _-]", "").replace(' ', '-'));
            }
        }
        return anchors;
    }

    @Test
    void whatever_a_page_shows_is_run() throws IOException {
        for (var page : Pages.all()) {
            for (var block : Pages.blocks(page)) {
                assertThat(RUN.contains(block.language()) || OtherTests.run(block.page()))
                        .as("%s is fenced as \"%s\", which no test runs", block, block.language())
                        .isTrue();
            }
        }
    }

    @Test
    void a_dependency_is_one_that_is_built_here() throws IOException {
        var version = Files.readString(Pages.ROOT.resolve("pom.xml"))
                .lines()
                .filter(line -> line.startsWith("  <version>"))
                .findFirst()
                .orElseThrow();
        for (var block : Pages.blocks("xml")) {
            var artifact = Pattern.compile("<artifactId>countermark-([a-z-]+)</artifactId>")
                    .matcher(block.text());
            assertThat(artifact.find()).as(block.toString()).isTrue();
            assertThat(Pages.ROOT.resolve(artifact.group(1)).resolve("pom.xml")).exists();
            assertThat(block.text())
                    .contains("<groupId>dev.countermark</groupId>")
                    .contains(version.strip());
        }
    }
}
