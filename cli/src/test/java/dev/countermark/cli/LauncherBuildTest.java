package dev.countermark.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When the launcher builds, in a tree whose Maven and Java are scripts that say what they are asked. */
class LauncherBuildTest {

    private static final String MAVEN = """
            #!/bin/sh
            for module; do case $module in server | cli) break ;; esac; done
            echo "$module begins" >>said
            [ ! -e core/target/half.jar ] || echo "$module finds a half" >>said
            mkdir -p core/target $module/target
            : >core/target/half.jar
            while [ -e hold ]; do sleep 0.02; done
            [ ! -e broken ] || exit 1
            rm core/target/half.jar
            : >$module/target/countermark-$module-1.jar
            echo "$module ends" >>said
            """;

    private static final String JAVA = """
            #!/bin/sh
            case "$*" in
                -version) echo 'openjdk version "17.0.1"' >&2 ;;
                *extract*) mkdir -p server/target/launched ;;
                *Rehearsal*) exit 1 ;;
            esac
            """;

    @TempDir
    Path tree;

    /** What the launcher and the two scripts call, but for {@code flock}, which macOS lacks. */
    private static final List<String> TOOLS = List.of(
            "cat", "cksum", "dirname", "find", "head", "mkdir", "mv", "ps", "readlink", "rm", "rmdir", "sh", "sleep");

    private Path said;
    private Path hold;
    private String path = System.getenv("PATH");

    @BeforeEach
    void plant() throws IOException {
        said = tree.resolve("said");
        hold = tree.resolve("hold");
        Files.createFile(said);
        Files.copy(Launcher.SCRIPT, tree.resolve("countermark"));
        Files.createFile(tree.resolve("pom.xml"));
        for (var module : List.of("core", "cli", "server")) {
            Files.createDirectories(tree.resolve(module).resolve("src/main"));
            Files.createFile(tree.resolve(module).resolve("pom.xml"));
        }
        script(tree.resolve("bin/mvn"), MAVEN);
        script(tree.resolve("bin/java"), JAVA);
    }

    private static void script(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
        assertThat(file.toFile().setExecutable(true)).isTrue();
    }

    @AfterEach
    void let_go() throws IOException {
        Files.deleteIfExists(hold);
    }

    private Process start(String argument) throws IOException {
        var builder = new ProcessBuilder(tree.resolve("countermark").toString(), argument)
                .directory(tree.toFile())
                .redirectError(tree.resolve("err-" + argument).toFile())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD);
        var variables = builder.environment();
        variables.remove("COUNTERMARK_BUILD");
        variables.put("JAVA_HOME", tree.toString());
        variables.put("PATH", tree.resolve("bin") + ":" + path);
        return builder.start();
    }

    private String run(String argument) throws IOException, InterruptedException {
        int code = end(start(argument));
        return code + " " + Files.readString(tree.resolve("err-" + argument));
    }

    private static int end(Process process) throws InterruptedException {
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return process.exitValue();
    }

    private static void await(Path file, String text) throws IOException, InterruptedException {
        for (int i = 0;
                i < 3000 && !(Files.exists(file) && Files.readString(file).contains(text));
                i++) {
            Thread.sleep(20);
        }
        assertThat(file).content().contains(text);
    }

    private static Optional<Path> program(String name) {
        return Stream.of(System.getenv("PATH").split(":", -1))
                .map(folder -> Path.of(folder, name))
                .filter(Files::isExecutable)
                .findFirst();
    }

    private void hideFlock() throws IOException {
        var tools = Files.createDirectories(tree.resolve("tools"));
        for (var name : TOOLS) {
            var program = program(name);
            if (program.isPresent()) {
                Files.createSymbolicLink(tools.resolve(name), program.get());
            }
        }
        path = tools.toString();
    }

    private void requireOneAfterTheOther() throws Exception {
        Files.createFile(hold);
        var service = start("serve");
        await(said, "server begins");
        var command = start("help");
        await(tree.resolve("err-help"), "waiting for the build in another terminal");
        Files.delete(hold);
        assertThat(end(service)).isZero();
        assertThat(end(command)).isZero();
        assertThat(said).content().isEqualTo("server begins\nserver ends\ncli begins\ncli ends\n");
    }

    @Test
    void the_service_and_the_command_are_built_one_after_the_other() throws Exception {
        assumeTrue(program("flock").isPresent(), "flock is not installed: two launchers at a time were not tried");
        requireOneAfterTheOther();
    }

    @Test
    void without_flock_too_they_are_built_one_after_the_other() throws Exception {
        hideFlock();
        requireOneAfterTheOther();
        assertThat(tree.resolve("target")).isEmptyDirectory();
    }

    @Test
    void without_flock_the_lock_of_a_process_that_is_gone_does_not_count() throws Exception {
        hideFlock();
        var gone = new ProcessBuilder("true").start();
        gone.waitFor();
        var lock = Files.createDirectories(tree.resolve("target")).resolve("launcher.lock.pid");
        Files.writeString(lock, gone.pid() + "\n");
        assertThat(run("help")).startsWith("0 ").contains("building cli once").doesNotContain("waiting");
        assertThat(said).content().isEqualTo("cli begins\ncli ends\n");
        assertThat(lock).doesNotExist();
    }

    @Test
    void without_flock_a_build_that_failed_leaves_no_lock() throws Exception {
        hideFlock();
        var broken = Files.createFile(tree.resolve("broken"));
        assertThat(run("help")).startsWith("69 ").contains("the build failed");
        Files.delete(broken);
        assertThat(run("help")).startsWith("0 ").doesNotContain("waiting");
    }

    @Test
    void what_is_built_is_not_built_again_until_a_source_is_newer() throws Exception {
        assertThat(run("help")).startsWith("0 countermark: building cli once");
        assertThat(run("help")).isEqualTo("0 ");
        Files.setLastModifiedTime(
                Files.createFile(tree.resolve("core/src/main/New.java")),
                FileTime.fromMillis(System.currentTimeMillis() + 60_000));
        assertThat(run("help")).startsWith("0 countermark: building cli once");
    }

    @Test
    void what_a_killed_build_has_left_is_not_taken_for_whole() throws Exception {
        Files.createFile(hold);
        var service = start("serve");
        await(said, "server begins");
        await(tree.resolve("core/target/half.jar"), "");
        for (var process : Stream.concat(Stream.of(service.toHandle()), service.descendants())
                .toList()) {
            process.destroyForcibly();
            process.onExit().get(60, TimeUnit.SECONDS);
        }
        Files.delete(hold);
        assertThat(run("help")).startsWith("0 ");
        assertThat(run("serve")).startsWith("0 ");
        assertThat(said).content().isEqualTo("server begins\ncli begins\ncli ends\nserver begins\nserver ends\n");
    }

    @Test
    void a_build_that_failed_is_gone_on_with() throws Exception {
        var broken = Files.createFile(tree.resolve("broken"));
        assertThat(run("help")).startsWith("69 ").contains("the build failed");
        Files.delete(broken);
        assertThat(run("help")).startsWith("0 ");
        assertThat(run("help")).isEqualTo("0 ");
        assertThat(said).content().isEqualTo("cli begins\ncli begins\ncli finds a half\ncli ends\n");
    }
}
