package dev.countermark.json;

import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.deser.std.DelegatingDeserializer;

/** A record from an object: without this, a further constructor with one parameter makes Jackson read it from a scalar. */
final class FromObject extends DelegatingDeserializer {

    FromObject(ValueDeserializer<?> record) {
        super(record);
    }

    @Override
    protected ValueDeserializer<?> newDelegatingInstance(ValueDeserializer<?> record) {
        return new FromObject(record);
    }

    @Override
    public Object deserialize(JsonParser parser, DeserializationContext context) {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            return context.reportInputMismatch(this, "not an object");
        }
        return super.deserialize(parser, context);
    }
}
