package dev.countermark.cli.formats;

import dev.countermark.json.PythonJson;
import tools.jackson.databind.JsonNode;

/** JSON as it is typed and shown, for formats that Python's {@code json} reads and writes. */
final class JsonText {

    private JsonText() {}

    /** @throws IllegalArgumentException if the text is no JSON */
    static JsonNode read(String text) {
        try {
            return PythonJson.standard().loads(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("this format signs JSON, for instance '{\"user\":\"foobar\"}'", e);
        }
    }

    /** One line. */
    static String write(JsonNode value) {
        return PythonJson.standard().lenient().compact().dumps(value);
    }
}
