package dev.countermark.frameworks;

import dev.countermark.Codec;
import dev.countermark.json.PythonJson;
import java.nio.charset.StandardCharsets;
import tools.jackson.databind.JsonNode;

/**
 * JSON as Django's {@code JSONSerializer} has it: compact ASCII when written, Latin-1 when read.
 *
 * <p>Source: Django 5.2, {@code core/signing.py}, {@code JSONSerializer}.
 */
final class LatinJson implements Codec<JsonNode> {

    static final LatinJson STRICT = new LatinJson(PythonJson.standard().compact());
    static final LatinJson LENIENT =
            new LatinJson(PythonJson.standard().compact().lenient());

    private final PythonJson json;

    private LatinJson(PythonJson json) {
        this.json = json;
    }

    @Override
    public byte[] encode(JsonNode value) {
        return json.encode(value);
    }

    @Override
    public JsonNode decode(byte[] bytes) {
        return json.loads(new String(bytes, StandardCharsets.ISO_8859_1));
    }
}
