package dev.countermark.guide;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countermark.guide.Pages.Block;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jetbrains.kotlin.cli.common.ExitCode;
import org.jetbrains.kotlin.cli.jvm.K2JVMCompiler;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the API looks like from Kotlin: types that may be null, and lambdas where an interface is asked for. */
class KotlinExamplesTest {

    /** Each of these lines is wrong in Kotlin, because of a null that our types allow or forbid. */
    private static final List<String> WRONG = List.of(
            "val text: String = tokens.check(\"\").orNull()",
            "tokens.sign(null)",
            "tokens.check(null)",
            "SigningKey.fromBase64(System.getenv(\"KEY\") as String?)",
            "val detail: dev.countermark.Detail = WireFormat::payloadRefused.invoke(format, reading)",
            "KeySource { null }",
            "tokens.boundTo { it.missing }");

    @TempDir
    Path folder;

    private record Result(ExitCode code, String messages) {}

    @Test
    void the_examples_compile_without_a_warning_and_print_what_their_comments_say() throws Exception {
        var blocks = Pages.blocks("kotlin");
        var files = new ArrayList<Path>();
        for (var block : blocks) {
            // Each in a package of its own, so that two may declare a Login.
            files.add(file(block.name(), "package " + block.name() + "\n" + block.text()));
        }
        var result = compile(files);
        assertThat(result.code()).as(result.messages()).isEqualTo(ExitCode.OK);
        for (var block : blocks) {
            assertThat(printed(block).lines()).isNotEmpty().containsExactlyElementsOf(block.promised());
        }
    }

    @Test
    void a_null_where_none_may_be_does_not_compile() throws IOException {
        var source = """
                import dev.countermark.*
                import dev.countermark.apitokens.KeySource
                fun wrong(tokens: Tokens<String>, format: WireFormat, reading: Reading) {
                LINES
                }
                """.replace("LINES", String.join("\n", WRONG));
        var result = compile(List.of(file("Wrong", source)));
        assertThat(result.code()).isEqualTo(ExitCode.COMPILATION_ERROR);
        for (int i = 0; i < WRONG.size(); i++) {
            assertThat(result.messages()).as(WRONG.get(i)).containsPattern("Wrong\\.kt:" + (i + 4) + ":\\d+: error:");
        }
    }

    @Test
    void a_class_that_is_no_record_is_refused_with_what_makes_it_one() throws Exception {
        var source = """
                import dev.countermark.json.Json
                data class Login(val id: String)
                fun message(): String = try {
                    Json.of(Login::class.java).toString()
                } catch (e: IllegalArgumentException) {
                    e.message!!
                }
                """;
        var result = compile(List.of(file("Plain", source)));
        assertThat(result.code()).as(result.messages()).isEqualTo(ExitCode.OK);
        try (var loader = new URLClassLoader(new URL[] {classes().toUri().toURL()})) {
            var message = loader.loadClass("PlainKt").getMethod("message").invoke(null);
            assertThat(message)
                    .asString()
                    .contains("Login is none of the types", "@JvmRecord", "kotlin.compiler.jvmTarget");
        }
    }

    private Path file(String name, String source) throws IOException {
        return Files.writeString(folder.resolve(name + ".kt"), source);
    }

    private Result compile(List<Path> files) throws IOException {
        var arguments = new ArrayList<>(List.of("-no-stdlib", "-no-reflect", "-Werror", "-jvm-target", "17"));
        arguments.addAll(List.of("-d", classes().toString(), "-classpath", classPath()));
        files.forEach(file -> arguments.add(file.toString()));
        var messages = new ByteArrayOutputStream();
        try (var stream = new PrintStream(messages, true, StandardCharsets.UTF_8)) {
            var code = new K2JVMCompiler().exec(stream, arguments.toArray(String[]::new));
            return new Result(code, messages.toString(StandardCharsets.UTF_8));
        }
    }

    /** Without the folders that this module does not have, which the compiler would warn of. */
    private static String classPath() {
        return Pattern.compile(File.pathSeparator)
                .splitAsStream(System.getProperty("java.class.path"))
                .filter(entry -> Files.exists(Path.of(entry)))
                .collect(Collectors.joining(File.pathSeparator));
    }

    private Path classes() {
        return folder.resolve("classes");
    }

    private String printed(Block block) throws Exception {
        var printed = new ByteArrayOutputStream();
        var out = System.out;
        try (var loader = new URLClassLoader(new URL[] {classes().toUri().toURL()})) {
            System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
            loader.loadClass(block.name() + "." + block.name() + "Kt")
                    .getMethod("main")
                    .invoke(null);
        } finally {
            System.setOut(out);
        }
        return printed.toString(StandardCharsets.UTF_8);
    }
}
