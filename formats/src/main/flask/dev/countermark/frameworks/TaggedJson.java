package dev.countermark.frameworks;

import dev.countermark.Codec;
import dev.countermark.json.PythonJson;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.NullNode;

/**
 * JSON in which objects of one member with a name that begins with a space stand for what JSON lacks: {@code {" t":[1,2]}}
 * is a tuple.
 *
 * <p>Source: Flask 3.1.3, {@code json/tag.py}; {@code json/provider.py} for the sorted ASCII bytes. Sessions of 0.10 and
 * later are in it; 0.10 itself lacks {@code " b"}, releases before 1.0 lack {@code " di"}.
 */
final class TaggedJson implements Codec<Object> {

    static final TaggedJson STRICT =
            new TaggedJson(PythonJson.standard().compact().sortedKeys(), false);
    static final TaggedJson LENIENT =
            new TaggedJson(PythonJson.standard().compact().sortedKeys().lenient(), true);

    static final TaggedJson UNBOUNDED =
            new TaggedJson(PythonJson.standard().compact().sortedKeys().unbounded(), true);

    private final PythonJson json;
    private final JsonTagReader reader;

    private TaggedJson(PythonJson json, boolean lenient) {
        this.json = json;
        this.reader = new JsonTagReader(lenient);
    }

    @Override
    public byte[] encode(Object value) {
        return json.dumps(JsonTagWriter.tagged(value)).getBytes(StandardCharsets.US_ASCII);
    }

    /** The value; JSON's null, when it is all there is, as a {@link NullNode}, since a codec's value is never null. */
    @Override
    public Object decode(byte[] bytes) {
        var value = untag(json.decode(bytes));
        return value == null ? NullNode.getInstance() : value;
    }

    private @Nullable Object untag(JsonNode node) {
        return switch (node.getNodeType()) {
            case OBJECT -> {
                var map = new LinkedHashMap<String, @Nullable Object>();
                node.properties().forEach(member -> map.put(member.getKey(), untag(member.getValue())));
                var key = map.size() == 1 ? map.keySet().iterator().next() : "";
                yield JsonTags.ALL.contains(key) ? reader.value(key, map.get(key)) : map;
            }
            case ARRAY -> {
                var list = new ArrayList<@Nullable Object>();
                node.forEach(item -> list.add(untag(item)));
                yield list;
            }
            case STRING -> node.stringValue();
            case BOOLEAN -> node.booleanValue();
            case NUMBER -> node.numberValue();
            default -> null;
        };
    }
}
