package dev.countermark.cli.conform;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The vectors' way of writing values that JSON has no form for: {@code {"$bytes": "…"}}, {@code {"$float": "…"}}.
 *
 * <p>In Java a value is null, a {@link Boolean}, {@link String}, {@link Long}, {@link BigInteger}, {@link Double}, byte
 * array, {@link List}, {@link Map} with any keys, or a {@link Typed} one of a type that only some program has.
 */
final class ValueNotation {

    /** Numbers from here on, on both sides of zero, stand as text. */
    private static final BigInteger EXACT = BigInteger.ONE.shiftLeft(53);

    private static final Map<String, Function<JsonNode, Object>> FORMS = Map.of(
            "$int", node -> new BigInteger(node.stringValue()),
            "$float", node -> Double.longBitsToDouble(Long.parseUnsignedLong(node.stringValue(), 16)),
            "$utf16", node -> utf16(node.stringValue()),
            "$bytes", node -> Base64.getDecoder().decode(node.stringValue()),
            "$tuple", node -> list(node, ValueNotation::read),
            "$dict", node -> dictionary(node, ValueNotation::read));

    private ValueNotation() {}

    /**
     * A value of a type of Python or Ruby: {@code {"$datetime": "2026-11-23T00:00:00"}}.
     *
     * @param type with its dollar sign
     * @param value what stands there, itself a value
     */
    record Typed(String type, @Nullable Object value) {}

    /** Reads a value; a tuple becomes a list, a missing node null. */
    static @Nullable Object read(JsonNode node) {
        return switch (node.getNodeType()) {
            case OBJECT -> object(node);
            case ARRAY -> list(node, ValueNotation::read);
            case STRING -> node.stringValue();
            case BOOLEAN -> node.booleanValue();
            case NUMBER -> node.isIntegralNumber() ? integer(node.bigIntegerValue()) : (Object) node.doubleValue();
            default -> null;
        };
    }

    private static Object integer(BigInteger value) {
        return value.bitLength() < Long.SIZE ? (Object) value.longValue() : value;
    }

    private static Object object(JsonNode node) {
        if (node.size() == 1) {
            var member = node.properties().iterator().next();
            var form = FORMS.get(member.getKey());
            if (form != null) {
                return form.apply(member.getValue());
            }
            if (member.getKey().startsWith("$")) {
                return new Typed(member.getKey(), member.getValue().stringValue());
            }
        }
        return members(node, ValueNotation::read);
    }

    /** The items, each by {@code read}. */
    static List<@Nullable Object> list(JsonNode node, Function<JsonNode, ? extends @Nullable Object> read) {
        var list = new ArrayList<@Nullable Object>();
        node.forEach(item -> list.add(read.apply(item)));
        return list;
    }

    /** The members of an object, each by {@code read}. */
    static Map<Object, @Nullable Object> members(JsonNode node, Function<JsonNode, ? extends @Nullable Object> read) {
        var map = new LinkedHashMap<Object, @Nullable Object>();
        node.properties().forEach(member -> map.put(member.getKey(), read.apply(member.getValue())));
        return map;
    }

    /** The pairs of a list of pairs, keys and values by {@code read}. */
    static Map<@Nullable Object, @Nullable Object> dictionary(
            JsonNode pairs, Function<JsonNode, ? extends @Nullable Object> read) {
        var map = new LinkedHashMap<@Nullable Object, @Nullable Object>();
        pairs.forEach(pair -> map.put(read.apply(pair.get(0)), read.apply(pair.get(1))));
        return map;
    }

    private static String utf16(String hex) {
        // No charset keeps half a pair.
        var text = new StringBuilder();
        for (int i = 0; i < hex.length(); i += 4) {
            text.append((char) Integer.parseInt(hex, i, i + 4, 16));
        }
        return text.toString();
    }

    /** Writes a value, or a tree, as a JSON writer takes it. */
    static @Nullable Object write(@Nullable Object value) {
        if (value instanceof JsonNode node) {
            return writeNode(node);
        }
        if (value instanceof String text) {
            return text(text);
        }
        if (value instanceof Double number) {
            return Map.of("$float", HexFormat.of().toHexDigits(Double.doubleToLongBits(number)));
        }
        if (value instanceof Integer || value instanceof Long || value instanceof BigInteger) {
            var number = new BigInteger(value.toString());
            return number.abs().compareTo(EXACT) < 0 ? (Object) number : Map.of("$int", number.toString());
        }
        if (value instanceof byte[] bytes) {
            return Map.of("$bytes", Base64.getEncoder().encodeToString(bytes));
        }
        if (value instanceof List<?> list) {
            var items = new ArrayList<@Nullable Object>();
            list.forEach(item -> items.add(write(item)));
            return items;
        }
        if (value instanceof Map<?, ?> map) {
            return writeMap(map);
        }
        return value instanceof Typed typed ? Collections.singletonMap(typed.type(), write(typed.value())) : value;
    }

    private static @Nullable Object writeNode(JsonNode node) {
        if (node.isObject()) {
            var map = new LinkedHashMap<String, JsonNode>();
            node.properties().forEach(member -> map.put(member.getKey(), member.getValue()));
            return writeMap(map);
        }
        if (node.isArray()) {
            var items = new ArrayList<@Nullable Object>();
            node.forEach(item -> items.add(writeNode(item)));
            return items;
        }
        return write(
                node.isString()
                        ? node.stringValue()
                        : node.isNumber() ? node.numberValue() : node.isBoolean() ? node.booleanValue() : null);
    }

    private static Object writeMap(Map<?, ?> map) {
        boolean plain = map.keySet().stream().allMatch(ValueNotation::isPlainKey);
        if (!plain) {
            var pairs = new ArrayList<Object>();
            map.forEach((key, value) -> {
                var pair = new ArrayList<@Nullable Object>();
                pair.add(write(key));
                pair.add(write(value));
                pairs.add(pair);
            });
            return Map.of("$dict", pairs);
        }
        var members = new LinkedHashMap<Object, @Nullable Object>();
        map.forEach((key, value) -> members.put(key, write(value)));
        return members;
    }

    private static boolean isPlainKey(@Nullable Object key) {
        return key instanceof String text && !text.startsWith("$") && text(text) instanceof String;
    }

    private static Object text(String text) {
        boolean paired = StandardCharsets.UTF_16.newEncoder().canEncode(text);
        if (paired) {
            return text;
        }
        var hex = new StringBuilder();
        text.chars().forEach(unit -> hex.append(HexFormat.of().toHexDigits((char) unit)));
        return Map.of("$utf16", hex.toString());
    }
}
