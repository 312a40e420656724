package dev.countermark.json;

import dev.countermark.python.Repr;
import java.math.BigInteger;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** One text as {@code json.dumps} writes it. */
final class PythonWriter {

    private final StringBuilder out = new StringBuilder(64);
    private final String betweenItems;
    private final String betweenNameAndValue;
    private final boolean ascii;
    private final boolean sorted;
    private final Dialect dialect;

    PythonWriter(String betweenItems, String betweenNameAndValue, boolean ascii, boolean sorted, Dialect dialect) {
        this.betweenItems = betweenItems;
        this.betweenNameAndValue = betweenNameAndValue;
        this.ascii = ascii;
        this.sorted = sorted;
        this.dialect = dialect;
    }

    String write(@Nullable Object value) {
        value(value, 0);
        return out.toString();
    }

    private void value(@Nullable Object value, int depth) {
        if (value instanceof JsonNode node) {
            node(node, depth);
        } else if (value instanceof String text) {
            string(text);
        } else if (value instanceof Map<?, ?> map) {
            object(map.entrySet(), depth + 1);
        } else if (value instanceof List<?> list) {
            array(list, depth + 1);
        } else {
            out.append(scalar(value));
        }
    }

    private void node(JsonNode node, int depth) {
        switch (node.getNodeType()) {
            case OBJECT -> object(((ObjectNode) node).properties(), depth + 1);
            case ARRAY -> array((ArrayNode) node, depth + 1);
            case STRING -> string(node.stringValue());
            case BOOLEAN -> out.append(node.booleanValue());
            case NULL -> out.append("null");
            case NUMBER -> out.append(scalar(node.numberValue()));
            default ->
                throw new IllegalArgumentException(
                        "Python's json has no form for a node of type " + node.getNodeType());
        }
    }

    private void object(Set<? extends Map.Entry<?, ?>> members, int depth) {
        enter(depth);
        out.append('{');
        var entries = sorted ? PythonOrder.sorted(members) : members;
        Set<String> names = new HashSet<>();
        boolean first = true;
        for (Map.Entry<?, ?> member : entries) {
            if (!first) {
                out.append(betweenItems);
            }
            first = false;
            var name = name(member.getKey(), members.size() == 1 ? null : names);
            string(name);
            out.append(betweenNameAndValue);
            value(member.getValue(), depth);
        }
        out.append('}');
    }

    /** The text of a key. Keys of a map differ, but 1 and "1" have one text, which Python writes twice. */
    private String name(@Nullable Object key, @Nullable Set<String> earlier) {
        var name = key instanceof String text ? text : scalar(key);
        if (name.length() > dialect.longestName()) {
            throw new IllegalArgumentException("a name is too long");
        }
        if (earlier != null && !dialect.python && !earlier.add(name)) {
            throw new IllegalArgumentException("two keys have the same text");
        }
        return name;
    }

    private void array(Iterable<?> items, int depth) {
        enter(depth);
        out.append('[');
        boolean first = true;
        for (Object item : items) {
            if (!first) {
                out.append(betweenItems);
            }
            first = false;
            value(item, depth);
        }
        out.append(']');
    }

    private static void enter(int depth) {
        if (depth > Dialect.DEPTH) {
            throw new IllegalArgumentException("the value is nested too deeply, or holds itself");
        }
    }

    private String scalar(@Nullable Object value) {
        if (value == null) {
            return "null";
        }
        if (value instanceof Boolean || value instanceof Integer || value instanceof Long || value instanceof Short) {
            return value.toString();
        }
        if (value instanceof Double number) {
            return real(number);
        }
        if (value instanceof BigInteger number) {
            var digits = number.toString();
            if (digits.length() - (number.signum() < 0 ? 1 : 0) > dialect.longestInteger()) {
                throw new IllegalArgumentException("a number is too long");
            }
            return digits;
        }
        throw new IllegalArgumentException(
                "Python's json has no form for a " + value.getClass().getName());
    }

    private String real(double value) {
        if (Double.isFinite(value)) {
            return Repr.of(value);
        }
        if (!dialect.python) {
            throw new IllegalArgumentException("NaN and infinities are not JSON");
        }
        // Java's words for them are Python's
        return Double.toString(value);
    }

    private void string(String text) {
        out.append('"');
        int written = 0;
        boolean surrogates = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            surrogates |= Character.isSurrogate(c);
            if (c < ' ' || c == '"' || c == '\\' || ascii && c > '~') {
                out.append(text.substring(written, i));
                escape(c);
                written = i + 1;
            }
        }
        out.append(written == 0 ? text : text.substring(written)).append('"');
        if (surrogates && !dialect.python && !Unicode.isWellFormed(text)) {
            throw new IllegalArgumentException("a surrogate stands alone, which other programs cannot read");
        }
    }

    private void escape(char c) {
        switch (c) {
            case '"' -> out.append("\\\"");
            case '\\' -> out.append("\\\\");
            case '\n' -> out.append("\\n");
            case '\r' -> out.append("\\r");
            case '\t' -> out.append("\\t");
            case '\f' -> out.append("\\f");
            case '\b' -> out.append("\\b");
            default -> hex(c);
        }
    }

    private void hex(char c) {
        out.append("\\u");
        for (int shift = 12; shift >= 0; shift -= 4) {
            out.append(Character.forDigit(c >> shift & 0xf, 16));
        }
    }
}
