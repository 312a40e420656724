package dev.countermark.cli.conform;

import dev.countermark.Codec;
import dev.countermark.json.PythonJson;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.NullNode;

/** Codecs whose values are whatever {@link ValueNotation} reads; what they read, that writes. */
final class Values {

    private Values() {}

    /** A value as codecs take it, which know no null. */
    static Object present(@Nullable Object value) {
        return Objects.requireNonNullElse(value, NullNode.instance);
    }

    /** Byte strings, also from text. */
    static Codec<Object> bytes() {
        return new Codec<>() {
            @Override
            public byte[] encode(Object value) {
                return value instanceof byte[] bytes ? bytes : Codec.text().encode(value.toString());
            }

            @Override
            public Object decode(byte[] bytes) {
                return bytes;
            }
        };
    }

    /** JSON of Python, written from any object that it has a form for, read as a tree. */
    static Codec<Object> json(PythonJson json) {
        return new Codec<>() {
            @Override
            public byte[] encode(Object value) {
                return Codec.text().encode(json.dumps(value));
            }

            @Override
            public JsonNode decode(byte[] bytes) {
                return json.decode(bytes);
            }
        };
    }
}
