package dev.countermark.json;

import dev.countermark.json.UnreadableJsonException.Fault;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.BigIntegerNode;
import tools.jackson.databind.node.BooleanNode;
import tools.jackson.databind.node.DoubleNode;
import tools.jackson.databind.node.IntNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.LongNode;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/**
 * Reads one JSON text into a tree: a recursive descent over RFC 8259's grammar with the liberties of a {@link Dialect}.
 *
 * <p>Not Jackson's parser, which cannot be told to read exactly what Python reads: it knows more spellings of infinity,
 * keeps a repeated name's last position, and takes lone surrogates in silence.
 *
 * <p>Source of the Python dialect: CPython 3.11, {@code Lib/json/decoder.py}, {@code scanner.py}, {@code Modules/_json.c}.
 */
final class JsonReader {

    private static final int LONGEST_LONG = 18;

    private final String text;
    private final Dialect dialect;
    private int at;

    private JsonReader(String text, Dialect dialect) {
        this.text = text;
        this.dialect = dialect;
    }

    /** @throws UnreadableJsonException if the text is not JSON of that dialect, or beyond its limits */
    static JsonNode read(String text, Dialect dialect) {
        var reader = new JsonReader(text, dialect);
        var value = reader.value(0);
        reader.skipWhiteSpace();
        if (reader.at != text.length()) {
            throw reader.refused("something follows the value");
        }
        return value;
    }

    private JsonNode value(int depth) {
        skipWhiteSpace();
        return switch (peek()) {
            case '{' -> object(depth + 1);
            case '[' -> array(depth + 1);
            case '"' -> StringNode.valueOf(string());
            case 't' -> literal("true", BooleanNode.TRUE);
            case 'f' -> literal("false", BooleanNode.FALSE);
            case 'n' -> literal("null", NullNode.instance);
            case 'N' -> nonFinite("NaN", Double.NaN);
            case 'I' -> nonFinite("Infinity", Double.POSITIVE_INFINITY);
            case '-' -> text.startsWith("-I", at) ? nonFinite("-Infinity", Double.NEGATIVE_INFINITY) : number();
            default -> number();
        };
    }

    private JsonNode object(int depth) {
        enter(depth);
        var object = JsonNodeFactory.instance.objectNode();
        if (closes('}')) {
            return object;
        }
        do {
            skipWhiteSpace();
            var name = name();
            skipWhiteSpace();
            expect(':');
            put(object, name, value(depth));
        } while (continues('}'));
        return object;
    }

    private void put(ObjectNode object, String name, JsonNode value) {
        // Python's dict keeps the place of the first and the value of the last; so does the node's linked map.
        @Nullable JsonNode earlier = object.replace(name, value);
        if (earlier != null && !dialect.python) {
            throw refused(Fault.DUPLICATE_MEMBER, "a name is repeated");
        }
    }

    private String name() {
        if (peek() != '"') {
            throw refused("a name is missing");
        }
        var name = string();
        if (name.length() > dialect.longestName()) {
            throw refused(Fault.NAME_LENGTH, "a name is too long");
        }
        return name;
    }

    private JsonNode array(int depth) {
        enter(depth);
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        if (closes(']')) {
            return array;
        }
        do {
            array.add(value(depth));
        } while (continues(']'));
        return array;
    }

    private void enter(int depth) {
        at++;
        if (depth > Dialect.DEPTH) {
            throw refused(Fault.DEPTH, "the nesting is too deep");
        }
    }

    private boolean closes(char bracket) {
        skipWhiteSpace();
        if (peek() != bracket) {
            return false;
        }
        at++;
        return true;
    }

    private boolean continues(char bracket) {
        if (closes(bracket)) {
            return false;
        }
        expect(',');
        return true;
    }

    private String string() {
        // locals: a field written in each round would cost more than the comparisons
        var text = this.text;
        int start = at + 1;
        int i = start;
        char c = 0;
        while (i < text.length() && (c = text.charAt(i)) >= ' ' && c != '"' && c != '\\') {
            i++;
        }
        at = i;
        if (c == '"') {
            at++;
            return text.substring(start, i);
        }
        return escapedString(start);
    }

    private String escapedString(int start) {
        // It grows with the string: as long as the rest of the document, it would cost a square of memory.
        var string = new StringBuilder(at - start + 16).append(text, start, at);
        boolean surrogates = false;
        while (at < text.length()) {
            char c = text.charAt(at++);
            if (c == '"') {
                return surrogates ? checked(string) : string.toString();
            }
            if (c < ' ') {
                break;
            }
            if (c == '\\') {
                c = escape();
                surrogates |= Character.isSurrogate(c);
            }
            string.append(c);
        }
        throw refused("a string is not closed, or holds a control character");
    }

    private char escape() {
        char c = peek();
        at++;
        return switch (c) {
            case '"', '\\', '/' -> c;
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> codeUnit();
            default -> throw refused("an escape is unknown");
        };
    }

    private char codeUnit() {
        int unit = 0;
        for (int end = at + 4; at < end; at++) {
            // not Character.digit, which knows the digits of every script
            char c = peek();
            int digit = c >= '0' && c <= '9'
                    ? c - '0'
                    : (c | 0x20) >= 'a' && (c | 0x20) <= 'f' ? (c | 0x20) - 'a' + 10 : -1;
            if (digit < 0) {
                throw refused("an escape is not four hexadecimal digits");
            }
            unit = unit << 4 | digit;
        }
        return (char) unit;
    }

    private String checked(StringBuilder string) {
        if (!dialect.python && !Unicode.isWellFormed(string)) {
            throw refused(Fault.LONE_SURROGATE, "a surrogate stands alone");
        }
        return string.toString();
    }

    private JsonNode number() {
        int start = at;
        if (peek() == '-') {
            at++;
        }
        int digits = at;
        if (skipDigits() == 0) {
            throw refused("this is no value");
        }
        if (text.charAt(digits) == '0' && at > digits + 1) {
            throw refused("a number starts with a zero");
        }
        int integer = at;
        if (peek() == '.') {
            at++;
            if (skipDigits() == 0) {
                throw refused("a fraction has no digits");
            }
        }
        if ((peek() | 0x20) == 'e') {
            at++;
            if (peek() == '+' || peek() == '-') {
                at++;
            }
            if (skipDigits() == 0) {
                throw refused("an exponent has no digits");
            }
        }
        return at == integer ? integer(start, digits) : decimal(start, digits);
    }

    private int skipDigits() {
        var text = this.text;
        int i = at;
        while (i < text.length() && text.charAt(i) >= '0' && text.charAt(i) <= '9') {
            i++;
        }
        int digits = i - at;
        at = i;
        return digits;
    }

    private JsonNode integer(int start, int digits) {
        if (at - digits <= LONGEST_LONG) {
            long value = Long.parseLong(text, start, at, 10);
            return value == (int) value ? IntNode.valueOf((int) value) : LongNode.valueOf(value);
        }
        if (at - digits > dialect.longestInteger()) {
            throw refused(Fault.NUMBER_LENGTH, "a number is too long");
        }
        var value = new BigInteger(text.substring(start, at));
        return value.bitLength() < Long.SIZE ? LongNode.valueOf(value.longValue()) : BigIntegerNode.valueOf(value);
    }

    private JsonNode decimal(int start, int digits) {
        if (at - digits > dialect.longestFloat()) {
            throw refused(Fault.NUMBER_LENGTH, "a number is too long");
        }
        double value = Double.parseDouble(text.substring(start, at));
        if (Double.isInfinite(value) && !dialect.overflows()) {
            throw refused(Fault.NUMBER_RANGE, "a number is outside the range of a double");
        }
        return DoubleNode.valueOf(value);
    }

    private JsonNode nonFinite(String word, double value) {
        if (!dialect.python) {
            throw refused(Fault.NOT_FINITE, "this is no number");
        }
        return literal(word, DoubleNode.valueOf(value));
    }

    private JsonNode literal(String word, JsonNode value) {
        if (!text.startsWith(word, at)) {
            throw refused("this is no value");
        }
        at += word.length();
        return value;
    }

    private void expect(char c) {
        if (peek() != c) {
            throw refused("punctuation is missing");
        }
        at++;
    }

    private void skipWhiteSpace() {
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c != ' ' && c != '\n' && c != '\t' && c != '\r') {
                return;
            }
            at++;
        }
    }

    /** The next character, or at the end U+0000, which stands nowhere in JSON. */
    private char peek() {
        return at < text.length() ? text.charAt(at) : 0;
    }

    private UnreadableJsonException refused(String why) {
        return refused(Fault.SYNTAX, why);
    }

    private UnreadableJsonException refused(Fault fault, String why) {
        return new UnreadableJsonException(fault, "not JSON: " + why + ", at character " + at);
    }
}
