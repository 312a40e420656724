package dev.countermark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringWriter;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ReadmeTest {

    @TempDir
    Path folder;

    static List<String> javaBlocks() throws IOException {
        return Stream.of(Readme.blocks("java"), Readme.guideBlocks("java"))
                .flatMap(List::stream)
                .toList();
    }

    @ParameterizedTest
    @MethodSource("javaBlocks")
    void an_example_in_java_compiles_and_prints_what_its_comments_say(String block) throws Exception {
        compile(block);
        var printed = run();
        assertThat(printed.lines())
                .isNotEmpty()
                .allSatisfy(line -> assertThat(block).contains("// " + line));
    }

    private void compile(String block) throws IOException {
        var imports = block.lines().filter(line -> line.startsWith("import ")).collect(Collectors.joining("\n"));
        var body = block.lines().filter(line -> !line.startsWith("import ")).collect(Collectors.joining("\n"));
        var source = folder.resolve("Example.java");
        Files.writeString(
                source,
                imports + "\npublic class Example { public static void run() throws Exception {\n" + body + "\n} }\n");
        var compiler = ToolProvider.getSystemJavaCompiler();
        var messages = new StringWriter();
        try (var files = compiler.getStandardFileManager(null, null, StandardCharsets.UTF_8)) {
            var options =
                    List.of("-d", folder.toString(), "-proc:none", "-classpath", System.getProperty("java.class.path"));
            boolean compiled = compiler.getTask(messages, files, null, options, null, files.getJavaFileObjects(source))
                    .call();
            assertThat(compiled).as("%s\n%s", block, messages).isTrue();
        }
    }

    private String run() throws Exception {
        var printed = new ByteArrayOutputStream();
        var out = System.out;
        try (var loader = new URLClassLoader(new URL[] {folder.toUri().toURL()})) {
            System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
            loader.loadClass("Example").getMethod("run").invoke(null);
        } finally {
            System.setOut(out);
        }
        return printed.toString(StandardCharsets.UTF_8);
    }
}
