package dev.countermark.benchmarks;

import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** One JMH result file: what was measured in the same minutes on one JDK, and so may be divided by one another. */
record Results(String version, int threads, String rounds, Map<String, Row> rows) {

    /**
     * One benchmark's result.
     *
     * @param nanoseconds median of the rounds, per call
     * @param bytes allocated, per call
     */
    record Row(double nanoseconds, double bytes) {}

    static Results of(JsonNode file) {
        var rows = new TreeMap<String, Row>();
        for (var result : file) {
            rows.put(name(result), row(result));
        }
        var first = file.get(0);
        return new Results(
                first.get("jdkVersion").stringValue(),
                first.get("threads").intValue(),
                first.get("forks").intValue() + " × "
                        + first.get("measurementIterations").intValue() + " rounds of "
                        + first.get("measurementTime").stringValue(),
                rows);
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

    /** The feature release, for instance 17. */
    String jdk() {
        int dot = version.indexOf('.');
        return dot < 0 ? version : version.substring(0, dot);
    }

    String heading() {
        return threads == 1 ? "One thread, " + rounds : threads + " threads, " + rounds;
    }

    /** What a benchmark is divided by in the tables: the bare work on the same bytes, where it was measured. */
    @Nullable
    Row floorOf(String name) {
        if (name.startsWith("TextToken")) {
            return rows.get("Floor.reusedMac text");
        } else if (name.startsWith("RecordToken")) {
            return name.endsWith("Small") ? rows.get("Floor.reusedMac record") : null;
        } else if (name.startsWith("Jws.")) {
            return name.endsWith("Big") ? null : rows.get("Floor.reusedMac jws");
        } else if (name.startsWith("JwtPeer")) {
            return name.endsWith("small") ? rows.get("Floor.reusedMac jws") : null;
        }
        var size = name.substring(name.lastIndexOf(' ') + 1);
        if (name.startsWith("Floor")) {
            return rows.get("Floor.reusedMac " + size);
        } else if (name.startsWith("Size")) {
            return rows.get("Size.reusedMac " + size);
        }
        return null;
    }
}
