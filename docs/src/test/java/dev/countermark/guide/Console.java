package dev.countermark.guide;

import dev.countermark.guide.Pages.Block;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A shell in a folder with {@code ./countermark} and a data folder of its own. Never builds. */
final class Console {

    private final Path folder;

    Console(Path folder) throws IOException {
        this.folder = folder;
        Files.createSymbolicLink(folder.resolve("countermark"), Pages.ROOT.resolve("countermark"));
    }

    /** What a reader would type; a backslash continues a line. */
    static String commands(Block block) {
        return split(block).get(true).stream()
                .map(line -> line.startsWith("$ ") ? line.substring(2) : line)
                .collect(Collectors.joining("\n"));
    }

    /** What a reader would see; … stands for anything. */
    static Pattern shown(Block block) {
        var shown = String.join("\n", split(block).get(false));
        var parts = Pattern.compile("…").splitAsStream(shown).map(Pattern::quote);
        return Pattern.compile(
                parts.collect(Collectors.joining(".*")) + (shown.endsWith("…") ? ".*" : ""), Pattern.DOTALL);
    }

    private static Map<Boolean, List<String>> split(Block block) {
        var typed = new ArrayList<String>();
        var seen = new ArrayList<String>();
        boolean continued = false;
        for (var line : block.text().lines().toList()) {
            boolean command = continued || line.startsWith("$ ");
            (command ? typed : seen).add(line);
            continued = command && line.endsWith("\\");
        }
        return Map.of(true, typed, false, seen);
    }

    ProcessBuilder prepare(String commands) {
        var builder = new ProcessBuilder(List.of("sh", "-c", commands)).directory(folder.toFile());
        var variables = builder.environment();
        variables.keySet().removeIf(name -> name.startsWith("COUNTERMARK_") || name.startsWith("MAVEN_"));
        variables.put("COUNTERMARK_HOME", folder.resolve("home").toString());
        // What is under test was just packaged; a build inside this build would overwrite it.
        variables.put("COUNTERMARK_BUILD", "never");
        variables.put("JAVA_HOME", System.getProperty("java.home"));
        return builder;
    }

    /** What commands write on standard output; what they say on standard error is for their user alone. */
    String output(String commands) throws IOException, InterruptedException {
        var out = Files.createTempFile(folder, "out", "");
        var process = prepare(commands)
                .redirectOutput(out.toFile())
                .redirectError(folder.resolve("err").toFile())
                .start();
        process.getOutputStream().close();
        if (!process.waitFor(2, TimeUnit.MINUTES)) {
            process.destroyForcibly();
            throw new IOException("no end after two minutes: " + commands);
        }
        return Files.readString(out).strip();
    }
}
