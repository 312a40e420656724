package dev.countermark.vectors;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.GZIPInputStream;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Vector files: one JSON object a line, gzipped among the test resources. */
public final class Vectors {

    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(10_000)
                            .build())
                    .build())
            .build();

    private Vectors() {}

    /** All lines of {@code vectors/<name>.jsonl.gz}. */
    public static List<JsonNode> lines(String name) {
        var resource = "/vectors/" + name + ".jsonl.gz";
        try (var in = Vectors.class.getResourceAsStream(resource);
                var text = new BufferedReader(new InputStreamReader(new GZIPInputStream(in), StandardCharsets.UTF_8))) {
            return text.lines().map(MAPPER::readTree).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(resource, e);
        }
    }
}
