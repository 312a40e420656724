package dev.countermark.cli.conform;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.zip.GZIPInputStream;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Lines that other programs wrote: those of the project, or of a folder or file that a property names. */
final class Vectors {

    /** Some lines are nested deeper than Jackson reads by itself. */
    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(100_000)
                            .build())
                    .build())
            .build();

    private Vectors() {}

    /** Lines of one file of vectors; {@code countermark.vectors} names another folder. */
    static List<JsonNode> lines(String name) throws IOException {
        var folder = System.getProperty("countermark.vectors");
        return folder == null
                ? lines(new GZIPInputStream(resource("vectors/" + name + ".jsonl.gz")))
                : lines(Files.newInputStream(Path.of(folder, name + ".jsonl")));
    }

    /** The hostile inputs; {@code countermark.hostile} names another file. */
    static List<JsonNode> hostile() throws IOException {
        var file = System.getProperty("countermark.hostile");
        return file == null
                ? lines(new GZIPInputStream(resource("hostile.jsonl.gz")))
                : lines(Files.newInputStream(Path.of(file)));
    }

    private static InputStream resource(String name) {
        return Objects.requireNonNull(Vectors.class.getResourceAsStream(name), name);
    }

    private static List<JsonNode> lines(InputStream in) throws IOException {
        try (var reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            return reader.lines().map(MAPPER::readTree).toList();
        }
    }
}
