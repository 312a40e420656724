package dev.countermark.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Turns the result files of a run into the Markdown tables of the performance page, between two marks in it. */
public final class Report {

    private static final String BEGIN = "<!-- measured: begin -->";
    private static final String END = "<!-- measured: end -->";

    private Report() {}

    /**
     * Writes the tables into the page.
     *
     * @param arguments folder of the JSON files; the page
     */
    public static void main(String[] arguments) throws IOException {
        var folder = Path.of(arguments[0]);
        var jdks = new TreeMap<String, Map<String, List<Results>>>();
        try (var files = Files.list(folder)) {
            for (var file : files.filter(f -> f.getFileName().toString().startsWith("jdk"))
                    .sorted()
                    .toList()) {
                var results = Results.of(JsonMapper.shared().readTree(Files.readString(file)));
                jdks.computeIfAbsent(results.jdk(), jdk -> new TreeMap<>())
                        .computeIfAbsent(part(file), part -> new ArrayList<>())
                        .add(results);
            }
        }
        var text = new StringBuilder(BEGIN).append('\n');
        for (var jdk : jdks.values()) {
            var passes = jdk.values().stream().flatMap(List::stream).toList();
            text.append("\n### JDK ").append(passes.get(0).version()).append("\n\n");
            text.append(Targets.table(passes));
            for (var part : jdk.values()) {
                text.append(table(Results.together(part)));
            }
            text.append(memory(folder.resolve("memory-" + passes.get(0).jdk() + ".json")));
        }
        var python = folder.resolve("python.json");
        if (Files.exists(python)) {
            text.append(python(JsonMapper.shared().readTree(Files.readString(python))));
        }
        write(Path.of(arguments[1]), text.append(END).toString());
        System.out.println(text);
    }

    /** Name of a file without the number of its pass. */
    private static String part(Path file) {
        return file.getFileName().toString().replaceFirst("-pass\\d+\\.json$", "");
    }

    private static void write(Path page, String tables) throws IOException {
        var text = Files.readString(page);
        int begin = text.indexOf(BEGIN);
        int end = text.indexOf(END);
        if (begin < 0 || end < begin) {
            throw new IOException(page + " has no marks for the tables");
        }
        Files.writeString(page, text.substring(0, begin) + tables + text.substring(end + END.length()));
    }

    private static String table(Results results) {
        var text = new StringBuilder("\n#### ")
                .append(results.heading())
                .append("\n\n| | ns | to its floor | bytes |\n| --- | ---: | ---: | ---: |\n");
        results.rows().forEach((name, row) -> {
            if (Double.isFinite(row.toFloor())) {
                text.append(String.format(Locale.ROOT, "| %s | | %.2f | |%n", name, row.toFloor()));
                return;
            }
            var floor = results.floorOf(name);
            text.append(String.format(
                    Locale.ROOT,
                    "| %s | %,.0f | %s | %,.0f |%n",
                    name,
                    row.nanoseconds(),
                    floor == null ? "" : String.format(Locale.ROOT, "%.2f", row.nanoseconds() / floor.nanoseconds()),
                    row.bytes()));
        });
        return text.toString();
    }

    /** What a revocation takes, where it was measured on this JDK. */
    private static String memory(Path file) throws IOException {
        if (Files.notExists(file)) {
            return "";
        }
        var result = JsonMapper.shared().readTree(Files.readString(file));
        return String.format(
                Locale.ROOT,
                "%nA node holds %.1f bytes for each of %,d revocations, where less than 64 are asked.%n",
                result.get("bytesEach").doubleValue(),
                result.get("revocations").intValue());
    }

    private static String python(JsonNode result) {
        var text = new StringBuilder(String.format(
                Locale.ROOT,
                "%n### Python %s, itsdangerous %s%n%n| | ns |%n| --- | ---: |%n",
                result.get("python").stringValue(),
                result.get("version").stringValue()));
        for (var name : new String[] {"signText", "checkText", "signRecord", "checkRecord"}) {
            text.append(String.format(
                    Locale.ROOT, "| %s | %,.0f |%n", name, result.get(name).doubleValue()));
        }
        return text.append('\n').toString();
    }
}
