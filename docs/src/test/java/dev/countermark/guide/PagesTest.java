package dev.countermark.guide;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countermark.apitokens.LeakedTokens;
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
     * What is run from every page; {@code sh}, which needs what is not here and whose options alone are checked; {@code yaml},
     * for Traefik and Envoy, which are not here either; and {@code text}, which is a picture or a pattern.
     */
    private static final Set<String> RUN = Set.of("java", "kotlin", "console", "xml", "sh", "yaml", "text");

    /** A jar or an image of ours, with its version. */
    private static final Pattern ARTIFACT =
            Pattern.compile("countermark[-/][a-z-]+[-:]([0-9]+\\.[0-9]+\\.[0-9]+(?:-SNAPSHOT)?)");

    private static final Pattern LINK = Pattern.compile("\\]\\(([^)#:]*)(#[^)]*)?\\)");

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
        for (var page : Pages.everywhere()) {
            for (var link : LINK.matcher(Files.readString(page)).results().toList()) {
                Path target = link.group(1).isEmpty() ? page : page.resolveSibling(link.group(1));
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
                assertThat(RUN.contains(block.language()) || OtherTests.run(block))
                        .as("%s is fenced as \"%s\", which no test runs", block, block.language())
                        .isTrue();
            }
        }
    }

    @Test
    void a_test_elsewhere_names_the_page_and_the_language_that_it_runs() throws IOException {
        var tests = new ArrayList<String>();
        for (var file : OtherTests.files()) {
            tests.add(Files.readString(file));
        }
        OtherTests.LANGUAGES.forEach((page, languages) -> languages.forEach(language -> assertThat(tests)
                .as("%s of %s", language, page)
                .anyMatch(test -> test.contains('"' + page + '"') && test.contains('"' + language + '"'))));
    }

    /** Code that is indented in place of being fenced would be run by nobody. */
    @Test
    void all_code_is_fenced() throws IOException {
        for (var page : Pages.all()) {
            boolean blank = true;
            for (var line : Pages.prose(page).lines().toList()) {
                assertThat(blank && line.startsWith("    "))
                        .as("%s: %s", page, line)
                        .isFalse();
                blank = line.isBlank();
            }
        }
    }

    @Test
    void the_pattern_of_leaked_tokens_is_the_one_of_the_library() {
        assertThat(Pages.blocks("api-tokens.md", "text"))
                .containsExactly(LeakedTokens.pattern("cm").pattern() + "\n");
    }

    private static String version() throws IOException {
        return Files.readString(Pages.ROOT.resolve("pom.xml"))
                .lines()
                .filter(line -> line.startsWith("  <version>"))
                .map(line -> line.replaceAll("</?version>", "").strip())
                .findFirst()
                .orElseThrow();
    }

    @Test
    void files_and_images_have_the_version_that_is_built_here() throws IOException {
        for (var page : Pages.everywhere()) {
            for (var named : ARTIFACT.matcher(Files.readString(page)).results().toList()) {
                assertThat(named.group(1)).as("%s in %s", named.group(), page).isEqualTo(version());
            }
        }
    }

    @Test
    void a_dependency_is_one_that_is_built_here() throws IOException {
        for (var block : Pages.blocks("xml")) {
            var artifact = Pattern.compile("<artifactId>countermark-([a-z-]+)</artifactId>")
                    .matcher(block.text());
            assertThat(artifact.find()).as(block.toString()).isTrue();
            assertThat(Pages.ROOT.resolve(artifact.group(1)).resolve("pom.xml")).exists();
            assertThat(block.text())
                    .contains("<groupId>dev.countermark</groupId>")
                    .contains("<version>" + version() + "</version>");
        }
    }
}
