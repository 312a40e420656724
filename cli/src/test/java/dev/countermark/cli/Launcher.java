package dev.countermark.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Runs programs of the source tree as processes, with a data folder of their own. Never builds. */
public final class Launcher {

    static final Path SCRIPT = Path.of(System.getProperty("basedir", ""))
            .toAbsolutePath()
            .resolve("../countermark")
            .normalize();

    /** What one process left. */
    public record Run(int code, String out, String err) {}

    private final Path folder;

    public Launcher(Path folder) {
        this.folder = folder;
    }

    ProcessBuilder prepare(List<String> command) {
        var builder = new ProcessBuilder(command).directory(folder.toFile());
        var variables = builder.environment();
        variables.keySet().removeIf(name -> name.startsWith("COUNTERMARK_") || name.startsWith("MAVEN_"));
        variables.put("COUNTERMARK_HOME", folder.resolve("home").toString());
        // What is under test was just packaged; a build inside this build would overwrite it.
        variables.put("COUNTERMARK_BUILD", "never");
        variables.put("JAVA_HOME", System.getProperty("java.home"));
        return builder;
    }

    public Run run(String... arguments) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of(SCRIPT.toString()));
        command.addAll(List.of(arguments));
        return run(Map.of(), command);
    }

    Run run(Map<String, String> variables, List<String> command) throws IOException, InterruptedException {
        var out = Files.createTempFile(folder, "out", "");
        var err = Files.createTempFile(folder, "err", "");
        var builder = prepare(command).redirectOutput(out.toFile()).redirectError(err.toFile());
        builder.environment().putAll(variables);
        var process = builder.start();
        process.getOutputStream().close();
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IOException("no end after a minute: " + command);
        }
        return new Run(process.exitValue(), Files.readString(out), Files.readString(err));
    }
}
