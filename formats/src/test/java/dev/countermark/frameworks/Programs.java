package dev.countermark.frameworks;

import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Other programs that tests talk to where they are installed; where they are not, the test says that it was skipped. */
final class Programs {

    private static final Path TARGET =
            Path.of(System.getProperty("basedir", ""), "target").toAbsolutePath();

    private Programs() {}

    /** A script among the test resources. */
    static Path script(String name) {
        return TARGET.resolve("test-classes/live").resolve(name);
    }

    /** A folder in which these packages of npm are installed; kept in the build's folder. */
    static Path npm(String... packages) throws IOException, InterruptedException {
        var folder = TARGET.resolve("npm");
        Files.createDirectories(folder);
        var missing = List.of(packages).stream()
                .filter(each ->
                        !Files.isDirectory(folder.resolve("node_modules").resolve(each)))
                .toList();
        if (!missing.isEmpty()) {
            require(List.of("node", "--version"), "node is not installed");
            Files.writeString(folder.resolve("package.json"), "{\"private\": true}");
            var install = new java.util.ArrayList<>(
                    List.of("npm", "install", "--prefix", folder.toString(), "--no-audit", "--no-fund"));
            install.addAll(missing);
            require(install, "packages of npm cannot be installed");
        }
        return folder;
    }

    /** Skips the test unless this ends well within two minutes. */
    static void require(List<String> command, String otherwise) throws InterruptedException {
        try {
            var process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (process.waitFor(2, TimeUnit.MINUTES) && process.exitValue() == 0) {
                return;
            }
            process.destroyForcibly();
        } catch (IOException e) {
            // not installed
        }
        abort("skipped: " + otherwise);
    }
}
