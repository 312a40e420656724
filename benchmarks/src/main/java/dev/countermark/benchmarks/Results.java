package dev.countermark.benchmarks;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.DoubleStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** One JMH result file, a pass: what was measured in the same minutes on one JDK, and so may be divided by one another. */
record Results(String version, int threads, String rounds, Map<String, Row> rows) {

    /**
     * One benchmark's result.
     *
     * @param nanoseconds median of the rounds, per call
     * @param bytes allocated, per call
     * @param toFloor median of the rounds' ratios, of what was measured turn and turn about with its floor; else not a number
     */
    record Row(double nanoseconds, double bytes, double toFloor) {}

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

    /** What several passes of the same benchmarks say together: the median of each. */
    static Results together(List<Results> passes) {
        var names = new TreeSet<String>();
        passes.forEach(pass -> names.addAll(pass.rows.keySet()));
        var rows = new TreeMap<String, Row>();
        for (var name : names) {
            var found = passes.stream()
                    .map(pass -> pass.rows.get(name))
                    .filter(Objects::nonNull)
                    .toList();
            rows.put(
                    name,
                    new Row(
                            median(found.stream().mapToDouble(Row::nanoseconds)).orElseThrow(),
                            median(found.stream().mapToDouble(Row::bytes)).orElseThrow(),
                            median(found.stream().mapToDouble(Row::toFloor)).orElse(Double.NaN)));
        }
        var first = passes.get(0);
        return new Results(first.version, first.threads, passes.size() + " passes of " + first.rounds, rows);
    }

    /** The one in the middle, or the mean of the two in the middle. */
    static OptionalDouble median(DoubleStream numbers) {
        var sorted = numbers.filter(Double::isFinite).sorted().toArray();
        int half = sorted.length / 2;
        return sorted.length == 0
                ? OptionalDouble.empty()
                : OptionalDouble.of(sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2);
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
        var others = result.get("secondaryMetrics");
        var bytes = others.get("gc.alloc.rate.norm");
        double toFloor = others.has("ours") ? ratio(others.get("ours"), others.get("floor")) : Double.NaN;
        return new Row(median(result.get("primaryMetric")), bytes == null ? 0 : median(bytes), toFloor);
    }

    private static double ratio(JsonNode ours, JsonNode floor) {
        var ratios = DoubleStream.builder();
        for (int fork = 0; fork < ours.get("rawData").size(); fork++) {
            for (int round = 0; round < ours.get("rawData").get(fork).size(); round++) {
                ratios.add(ours.get("rawData").get(fork).get(round).doubleValue()
                        / floor.get("rawData").get(fork).get(round).doubleValue());
            }
        }
        return median(ratios.build()).orElse(Double.NaN);
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
