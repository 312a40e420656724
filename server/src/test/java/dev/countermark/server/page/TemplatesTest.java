package dev.countermark.server.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class TemplatesTest {

    private static final Path FOLDER = Path.of("src/main/resources/dev/countermark/server/page");

    @Test
    void nothing_is_written_without_escaping_but_the_exact_value_of_an_input() throws IOException {
        try (var files = Files.list(FOLDER)) {
            assertThat(files.filter(file -> file.toString().endsWith(".mustache"))
                            .toList())
                    .hasSizeGreaterThan(10)
                    .allSatisfy(file -> {
                        var template = Files.readString(file);
                        assertThat(template).doesNotContain("{{{");
                        Pattern.compile("\\{\\{&([^}]*)}}")
                                .matcher(template)
                                .results()
                                .forEach(raw -> assertThat(raw.group(1)).endsWith(".exact"));
                        // Policies allow neither, and a value in one of them would need another way of escaping.
                        assertThat(template).doesNotContainPattern("<script(?! src)|<style|style=|\\son[a-z]+=");
                        assertThat(template).doesNotContainPattern("\\s[a-z-]+=(\\{\\{|')");
                    });
        }
    }

    @Test
    void characters_without_a_shape_are_shown_by_their_number() {
        assertThat(Visible.html("a\u202Eb\u0000\uDB40\uDC41\u3164")).isEqualTo("a⟦U+202E⟧b⟦U+0000⟧⟦U+E0041⟧⟦U+3164⟧");
        assertThat(Visible.html("<a href=\"x\" b='y'>&`"))
                .isEqualTo("&lt;a href&#61;&quot;x&quot; b&#61;&#39;y&#39;&gt;&amp;&#96;");
        assertThat(Visible.html("Zoë, 日本 עברית 😀")).isEqualTo("Zoë, 日本 עברית 😀");
    }
}
