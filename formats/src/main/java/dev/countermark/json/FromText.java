package dev.countermark.json;

import java.util.function.Function;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.deser.std.StdScalarDeserializer;

/** A value from its text, and from nothing else. */
final class FromText<V> extends StdScalarDeserializer<V> {

    private final Function<String, V> parse;

    FromText(Class<V> type, Function<String, V> parse) {
        super(type);
        this.parse = parse;
    }

    @Override
    public V deserialize(JsonParser parser, DeserializationContext context) {
        if (parser.currentToken() != JsonToken.VALUE_STRING) {
            return context.reportInputMismatch(this, "not text");
        }
        return parse.apply(parser.getString());
    }
}
