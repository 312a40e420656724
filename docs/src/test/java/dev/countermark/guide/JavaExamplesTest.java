package dev.countermark.guide;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countermark.guide.Pages.Block;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class JavaExamplesTest {

    @TempDir
    static Path folder;

    static List<Block> blocks() throws IOException {
        return Pages.blocks("java");
    }

    @BeforeAll
    static void compile() throws IOException {
        // All at once: a compiler that starts anew for each takes ten times as long.
        JavaSources.compile(
                folder, blocks().stream().collect(Collectors.toMap(Block::name, JavaExamplesTest::classOf)));
    }

    private static String classOf(Block block) {
        var imports =
                block.text().lines().filter(line -> line.startsWith("import ")).collect(Collectors.joining("\n"));
        var body =
                block.text().lines().filter(line -> !line.startsWith("import ")).collect(Collectors.joining("\n"));
        return imports + "\npublic class " + block.name() + " { public static void run() throws Exception {\n" + body
                + "\n} }\n";
    }

    @ParameterizedTest
    @MethodSource("blocks")
    void an_example_in_java_prints_what_its_comments_say(Block block) throws Exception {
        assertThat(printed(block).lines()).isNotEmpty().containsExactlyElementsOf(block.promised());
    }

    private static String printed(Block block) throws Exception {
        var printed = new ByteArrayOutputStream();
        var out = System.out;
        try (var loader = new URLClassLoader(new URL[] {folder.toUri().toURL()})) {
            System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
            loader.loadClass(block.name()).getMethod("run").invoke(null);
        } finally {
            System.setOut(out);
        }
        return printed.toString(StandardCharsets.UTF_8);
    }
}
