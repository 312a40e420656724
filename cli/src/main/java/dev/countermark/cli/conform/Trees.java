package dev.countermark.cli.conform;

import dev.countermark.json.PythonJson;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Values of {@link ValueNotation} as trees, for formats whose values are JSON. */
final class Trees {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private Trees() {}

    /** As Python's {@code json} would write it and read it again, whatever it is. */
    static JsonNode asPythonJson(@Nullable Object value) {
        var json = PythonJson.standard().lenient();
        return json.loads(json.dumps(value));
    }

    /** @throws IllegalArgumentException if JSON has no form for it */
    static JsonNode of(@Nullable Object value) {
        if (value == null) {
            return NODES.nullNode();
        }
        if (value instanceof String text) {
            return NODES.stringNode(text);
        }
        if (value instanceof Boolean flag) {
            return NODES.booleanNode(flag);
        }
        if (value instanceof Long number) {
            return NODES.numberNode(number);
        }
        if (value instanceof BigInteger number) {
            return NODES.numberNode(number);
        }
        if (value instanceof Double number) {
            return NODES.numberNode(number);
        }
        if (value instanceof List<?> list) {
            var array = NODES.arrayNode();
            list.forEach(item -> array.add(of(item)));
            return array;
        }
        if (value instanceof Map<?, ?> map) {
            var object = NODES.objectNode();
            map.forEach((name, item) -> object.set(name(name), of(item)));
            return object;
        }
        throw new IllegalArgumentException("JSON has no form for this value");
    }

    private static String name(@Nullable Object name) {
        if (name instanceof String text) {
            return text;
        }
        throw new IllegalArgumentException("a name in JSON is text");
    }
}
