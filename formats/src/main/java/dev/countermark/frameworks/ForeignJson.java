package dev.countermark.frameworks;

import dev.countermark.Codec;
import dev.countermark.json.PythonJson;
import dev.countermark.python.Repr;
import java.math.BigDecimal;
import tools.jackson.databind.JsonNode;

/**
 * JSON with exactly the bytes of another program that is not Python; read as RFC 8259 has it, within the limits of
 * {@link PythonJson}: no NaN, no repeated names, no lone surrogates, at most 100 deep.
 */
enum ForeignJson implements Codec<JsonNode> {
    /**
     * {@code JSON.stringify(value)} of JavaScript, of members in the order given. Every number is a double.
     *
     * <p>Source: ECMA-262, 25.5.2 {@code JSON.stringify} and 6.1.6.1.20 {@code Number::toString}.
     */
    JAVASCRIPT(-7, 21, "") {
        @Override
        String number(JsonNode number) {
            double value = number.doubleValue();
            // JavaScript's minus zero has the text of zero.
            return value == 0 ? "0" : digits(value);
        }
    },
    /** {@code JSON.generate(value)} of Ruby's json 2.1 to 2.9. */
    RUBY(-5, 15, ""),
    /** {@code ActiveSupport::JSON.encode(value)}, which escapes what HTML and JavaScript would take for their own. */
    ACTIVE_SUPPORT(-5, 15, "<>&\u2028\u2029");

    private static final int DEEPEST = 100;
    private static final PythonJson READER = PythonJson.standard().compact();

    private final int smallestExponent;
    private final int largestExponent;
    private final String escaped;

    ForeignJson(int smallestExponent, int largestExponent, String escaped) {
        this.smallestExponent = smallestExponent;
        this.largestExponent = largestExponent;
        this.escaped = escaped;
    }

    @Override
    public byte[] encode(JsonNode value) {
        var text = new StringBuilder(64);
        write(value, text, 0);
        return WellFormed.utf8(text.toString());
    }

    @Override
    public JsonNode decode(byte[] bytes) {
        return READER.decode(bytes);
    }

    private void write(JsonNode node, StringBuilder text, int depth) {
        if (depth == DEEPEST && node.isContainer()) {
            throw new IllegalArgumentException("the value is nested too deeply");
        }
        switch (node.getNodeType()) {
            case OBJECT -> {
                char before = '{';
                for (var member : node.properties()) {
                    string(member.getKey(), text.append(before));
                    write(member.getValue(), text.append(':'), depth + 1);
                    before = ',';
                }
                text.append(node.isEmpty() ? "{}" : "}");
            }
            case ARRAY -> {
                char before = '[';
                for (var item : node) {
                    write(item, text.append(before), depth + 1);
                    before = ',';
                }
                text.append(node.isEmpty() ? "[]" : "]");
            }
            case STRING -> string(node.stringValue(), text);
            case NUMBER -> text.append(number(node));
            case BOOLEAN -> text.append(node.booleanValue());
            case NULL -> text.append("null");
            default -> throw new IllegalArgumentException("JSON has no form for a node of type " + node.getNodeType());
        }
    }

    /** The text of a string, with its quotes. */
    String quoted(String string) {
        var text = new StringBuilder();
        string(string, text);
        return text.toString();
    }

    private void string(String string, StringBuilder text) {
        text.append('"');
        for (int i = 0; i < string.length(); i++) {
            char c = string.charAt(i);
            switch (c) {
                case '"' -> text.append("\\\"");
                case '\\' -> text.append("\\\\");
                case '\n' -> text.append("\\n");
                case '\r' -> text.append("\\r");
                case '\t' -> text.append("\\t");
                case '\f' -> text.append("\\f");
                case '\b' -> text.append("\\b");
                default -> {
                    if (c < ' ' || escaped.indexOf(c) >= 0) {
                        text.append("\\u");
                        for (int shift = 12; shift >= 0; shift -= 4) {
                            text.append(Character.forDigit(c >> shift & 0xf, 16));
                        }
                    } else {
                        text.append(c);
                    }
                }
            }
        }
        text.append('"');
    }

    /** Ruby tells integers of any size from floats, which always show a fraction. */
    String number(JsonNode number) {
        return number.isIntegralNumber() ? number.bigIntegerValue().toString() : digits(number.doubleValue());
    }

    /** The fewest digits that read back as {@code value}: plain between the exponents, else with a power of ten. */
    final String digits(double value) {
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException("NaN and infinities are not JSON");
        }
        boolean fraction = this != JAVASCRIPT;
        var repr = Repr.of(value);
        // Not of the decimal, which has no minus zero.
        var sign = repr.startsWith("-") ? "-" : "";
        var decimal = new BigDecimal(repr).abs().stripTrailingZeros();
        var digits = decimal.unscaledValue().toString();
        int exponent = decimal.precision() - decimal.scale() - 1;
        // A number with a fraction has at most 17 digits, so it is never long.
        if (exponent > smallestExponent && (exponent < largestExponent || decimal.scale() > 0)) {
            return sign + decimal.toPlainString() + (fraction && decimal.scale() <= 0 ? ".0" : "");
        }
        var head = digits.charAt(0) + (digits.length() > 1 ? "." + digits.substring(1) : fraction ? ".0" : "");
        var power = Integer.toString(Math.abs(exponent));
        return sign + head + (exponent < 0 ? "e-" : "e+") + (fraction && power.length() == 1 ? "0" : "") + power;
    }
}
