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

/** Turns JMH's JSON files into the Markdown tables of the performance page, between two marks in it. */
public final class Report {

    private static final String BEGIN = "<!-- measured: begin -->";
    private static final String END = "<!-- measured: end -->";
    private static final String FLOOR = "Floor.reusedMac SHA256";

    private Report() {}

    /**
     * One benchmark's result.
     *
     * @param nanoseconds median of the rounds, per call
     * @param bytes allocated, per call
     */
    private record Row(double nanoseconds, double bytes) {}

    /** @param arguments folder of the JSON files; the page */
    public static void main(String[] arguments) throws IOException {
        var tables = new StringBuilder(BEGIN).append('\n');
        try (var files = Files.list(Path.of(arguments[0]))) {
            for (var file :
                    files.filter(f -> f.toString().endsWith(".json")).sorted().toList()) {
                tables.append(table(file));
            }
        }
        tables.append(END);
        var page = Path.of(arguments[1]);
        var text = Files.readString(page);
        int begin = text.indexOf(BEGIN);
        int end = text.indexOf(END);
        if (begin < 0 || end < begin) {
            throw new IOException(page + " has no marks for the tables");
        }
        Files.writeString(page, text.substring(0, begin) + tables + text.substring(end + END.length()));
        System.out.println(tables);
    }

    private static String table(Path file) throws IOException {
        var results = JsonMapper.shared().readTree(Files.readString(file));
        var rows = new TreeMap<String, Row>();
        for (var result : results) {
            rows.put(name(result), row(result));
        }
        var text = new StringBuilder("\n### ")
                .append(heading(results.get(0)))
                .append("\n\n| | ns | ratio to a reused Mac | bytes |\n| --- | ---: | ---: | ---: |\n");
        var floor = rows.get(FLOOR);
        for (var name : order(rows)) {
            var row = rows.get(name);
            text.append(String.format(
                    Locale.ROOT,
                    "| %s | %,.0f | %s | %,.0f |%n",
                    name,
                    row.nanoseconds,
                    floor == null ? "" : String.format(Locale.ROOT, "%.2f", row.nanoseconds / floor.nanoseconds),
                    row.bytes));
        }
        return text.append('\n').toString();
    }

    private static List<String> order(Map<String, Row> rows) {
        var names = new ArrayList<String>();
        for (var group : List.of("Floor", "TextToken", "RecordToken", "Jws", "JwtPeer", "ApiToken", "Compression")) {
            rows.keySet().stream().filter(name -> name.startsWith(group + ".")).forEach(names::add);
        }
        return names;
    }

    private static String heading(JsonNode result) {
        return "JDK " + result.get("jdkVersion").stringValue() + ", "
                + result.get("threads").intValue() + " thread(s), "
                + result.get("forks").intValue() + " fork(s) of "
                + result.get("measurementIterations").intValue() + " rounds";
    }

    private static String name(JsonNode result) {
        var full = result.get("benchmark").stringValue();
        var name = new StringBuilder(full.substring(full.lastIndexOf('.', full.lastIndexOf('.') - 1) + 1)
                .replace("Benchmark.", "."));
        var parameters = result.get("params");
        if (parameters != null) {
            parameters.forEach(value -> name.append(' ').append(value.stringValue()));
        }
        return name.toString();
    }

    private static Row row(JsonNode result) {
        var bytes = result.get("secondaryMetrics").get("gc.alloc.rate.norm");
        return new Row(median(result.get("primaryMetric")), bytes == null ? 0 : median(bytes));
    }

    private static double median(JsonNode metric) {
        return metric.get("scorePercentiles").get("50.0").doubleValue();
    }
}
