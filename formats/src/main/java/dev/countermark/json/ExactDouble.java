package dev.countermark.json;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.deser.std.StdScalarDeserializer;

/** A double from a number, and from an integer only where nothing is lost. */
final class ExactDouble extends StdScalarDeserializer<Double> {

    ExactDouble(Class<Double> type) {
        super(type);
    }

    @Override
    public Double deserialize(JsonParser parser, DeserializationContext context) {
        return switch (parser.currentToken()) {
            case VALUE_NUMBER_FLOAT -> parser.getDoubleValue();
            case VALUE_NUMBER_INT -> exact(parser.getDecimalValue(), context);
            default -> context.reportInputMismatch(this, "not a number");
        };
    }

    private Double exact(BigDecimal integer, DeserializationContext context) {
        double value = integer.doubleValue();
        return Double.isFinite(value) && new BigDecimal(value).compareTo(integer) == 0
                ? value
                : context.<Double>reportInputMismatch(this, "not exactly a double");
    }

    @Override
    public @Nullable Object getNullValue(DeserializationContext context) {
        return handledType().isPrimitive()
                ? context.reportInputMismatch(this, "null for a primitive")
                : super.getNullValue(context);
    }
}
