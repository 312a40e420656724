package dev.countermark.spring.aot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countermark.spring.security.ApiTokenPrincipal;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;
import org.springframework.aot.hint.predicate.RuntimeHintsPredicates;
import org.springframework.boot.SpringApplicationAotProcessor;
import org.springframework.core.io.support.SpringFactoriesLoader;

/** What Spring's ahead-of-time processing makes of the starter. */
class AheadOfTimeTest {

    @TempDir
    Path folder;

    @Test
    void hints_name_the_scripts_and_what_is_read_by_name() throws Exception {
        var hints = new RuntimeHints();
        SpringFactoriesLoader.forResourceLocation("META-INF/spring/aot.factories")
                .load(RuntimeHintsRegistrar.class)
                .forEach(registrar -> registrar.registerHints(hints, getClass().getClassLoader()));
        assertThat(RuntimeHintsPredicates.resource()
                        .forResource("dev/countermark/apitokens/jdbc/schema/V1__tokens.sql"))
                .accepts(hints);
        assertThat(getClass().getResource("/dev/countermark/apitokens/jdbc/schema/V1__tokens.sql"))
                .isNotNull();
        assertThat(RuntimeHintsPredicates.reflection().onMethodInvocation(ApiTokenPrincipal.class, "subject"))
                .accepts(hints);
    }

    @Test
    void a_processed_application_lets_tokens_in() throws Exception {
        process();
        compile();
        var ready = folder.resolve("ready");
        var log = folder.resolve("log").toFile();
        var application = new ProcessBuilder(command(
                        List.of("-Dspring.aot.enabled=true"),
                        folder.resolve("classes")
                                + File.pathSeparator
                                + folder.resolve("resources")
                                + File.pathSeparator,
                        Application.class.getName(),
                        "--server.port=0",
                        "--ready.file=" + ready))
                .redirectErrorStream(true)
                .redirectOutput(log)
                .start();
        try {
            while (!Files.exists(ready)) {
                assertThat(application.waitFor(50, TimeUnit.MILLISECONDS))
                        .as(() -> contents(log))
                        .isFalse();
            }
            var lines = Files.readAllLines(ready);
            var answer = HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + lines.get(0) + "/orders"))
                                    .header("Authorization", "Bearer " + lines.get(1))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString());
            assertThat(answer.body()).as(() -> contents(log)).isEqualTo("ada true");
        } finally {
            application.destroy();
            application.waitFor();
        }
    }

    private static String contents(File log) {
        try {
            return Files.readString(log.toPath());
        } catch (IOException e) {
            return e.toString();
        }
    }

    /** As Boot's Maven plugin does: the processor in a JVM of its own, in which it may leave what it likes behind. */
    private void process() throws Exception {
        var log = folder.resolve("process.log").toFile();
        var processor = new ProcessBuilder(command(
                        List.of(),
                        "",
                        SpringApplicationAotProcessor.class.getName(),
                        Application.class.getName(),
                        folder.resolve("sources").toString(),
                        folder.resolve("resources").toString(),
                        folder.resolve("classes").toString(),
                        "dev.countermark",
                        "aot-test"))
                .redirectErrorStream(true)
                .redirectOutput(log)
                .start();
        assertThat(processor.waitFor()).as(() -> contents(log)).isZero();
    }

    private void compile() throws IOException {
        var arguments = new ArrayList<>(List.of(
                "-proc:none",
                "-parameters",
                "-nowarn",
                "-d",
                folder.resolve("classes").toString(),
                "-cp",
                folder.resolve("classes") + File.pathSeparator + System.getProperty("java.class.path")));
        try (var sources = Files.walk(folder.resolve("sources"))) {
            sources.filter(file -> file.toString().endsWith(".java")).forEach(file -> arguments.add(file.toString()));
        }
        var compiler = ToolProvider.getSystemJavaCompiler();
        assertThat(compiler.run(null, null, null, arguments.toArray(String[]::new)))
                .isZero();
    }

    private List<String> command(List<String> options, String classPath, String main, String... arguments) {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-Xmx256m");
        command.add("-XX:TieredStopAtLevel=1");
        command.addAll(options);
        command.add("-Dcountermark.key=n6nQbWlP7WmR1nDqfQd0sC5S1eVb2pTnUqvU3s0yW9w");
        command.add("-Dcountermark.api-tokens.data-folder=" + folder.resolve("data"));
        command.addAll(List.of("-cp", classPath + System.getProperty("java.class.path"), main));
        command.addAll(List.of(arguments));
        return command;
    }
}
