package dev.countermark.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
        var jdks = new TreeMap<String, Map<String, Results>>();
        try (var files = Files.list(folder)) {
            for (var file : files.filter(f -> f.getFileName().toString().startsWith("jdk"))
                    .sorted()
                    .toList()) {
                var results = Results.of(JsonMapper.shared().readTree(Files.readString(file)));
                jdks.computeIfAbsent(results.jdk(), jdk -> new TreeMap<>())
                        .put(file.getFileName().toString(), results);
            }
        }
        var text = new StringBuilder(BEGIN).append('\n');
        for (var jdk : jdks.values()) {
            var first = jdk.values().iterator().next();
            text.append("\n### JDK ").append(first.version()).append("\n\n");
            text.append(Targets.table(jdk.values()));
            for (var results : jdk.values()) {
                text.append(table(results));
            }
        }
        var python = folder.resolve("python.json");
        if (Files.exists(python)) {
            text.append(python(JsonMapper.shared().readTree(Files.readString(python))));
        }
        write(Path.of(arguments[1]), text.append(END).toString());
        System.out.println(text);
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
