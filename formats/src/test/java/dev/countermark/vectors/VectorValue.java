package dev.countermark.vectors;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** The notation of values in vector files: what JSON cannot say is an object with one member such as {@code $float}. */
public final class VectorValue {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private VectorValue() {}

    /** The value that a notation stands for: null, Boolean, String, BigInteger, Double, byte[], List (also of tuples), Map. */
    public static Object of(JsonNode notation) {
        if (notation.isObject()) {
            var only =
                    notation.size() == 1 ? notation.propertyNames().iterator().next() : "";
            return only.startsWith("$") ? special(only, notation.get(only)) : object(notation);
        }
        if (notation.isArray()) {
            return list(notation);
        }
        if (notation.isNumber()) {
            return notation.bigIntegerValue();
        }
        if (notation.isBoolean()) {
            return notation.booleanValue();
        }
        return notation.isNull() ? null : notation.stringValue();
    }

    private static Object special(String form, JsonNode value) {
        return switch (form) {
            case "$int" -> new BigInteger(value.stringValue());
            case "$float" -> Double.longBitsToDouble(Long.parseUnsignedLong(value.stringValue(), 16));
            case "$utf16" -> utf16(value.stringValue());
            case "$bytes" -> Base64.getDecoder().decode(value.stringValue());
            case "$tuple" -> list(value);
            case "$dict" -> dict(value);
            default -> throw new IllegalArgumentException(form);
        };
    }

    private static Map<Object, Object> object(JsonNode members) {
        var map = new LinkedHashMap<Object, Object>();
        members.properties().forEach(member -> map.put(member.getKey(), of(member.getValue())));
        return map;
    }

    private static List<Object> list(JsonNode items) {
        var list = new ArrayList<Object>();
        items.forEach(item -> list.add(of(item)));
        return list;
    }

    private static Map<Object, Object> dict(JsonNode pairs) {
        var map = new LinkedHashMap<Object, Object>();
        pairs.forEach(pair -> map.put(of(pair.get(0)), of(pair.get(1))));
        return map;
    }

    /** The notation of a tree. */
    public static JsonNode notation(JsonNode tree) {
        if (tree.isObject()) {
            boolean plain = tree.propertyNames().stream().noneMatch(name -> name.startsWith("$") || !isText(name));
            if (plain) {
                var object = NODES.objectNode();
                tree.properties().forEach(member -> object.set(member.getKey(), notation(member.getValue())));
                return object;
            }
            var pairs = NODES.arrayNode();
            tree.properties()
                    .forEach(member ->
                            pairs.addArray().add(text(member.getKey())).add(notation(member.getValue())));
            return NODES.objectNode().set("$dict", pairs);
        }
        if (tree.isArray()) {
            var array = NODES.arrayNode();
            tree.forEach(item -> array.add(notation(item)));
            return array;
        }
        if (tree.isFloatingPointNumber()) {
            return NODES.objectNode()
                    .put("$float", HexFormat.of().toHexDigits(Double.doubleToLongBits(tree.doubleValue())));
        }
        if (tree.isIntegralNumber()) {
            var value = tree.bigIntegerValue();
            return value.bitLength() < 54 && value.abs().bitLength() < 54
                    ? tree
                    : NODES.objectNode().put("$int", value.toString());
        }
        return tree.isString() ? text(tree.stringValue()) : tree;
    }

    private static JsonNode text(String text) {
        if (isText(text)) {
            return NODES.stringNode(text);
        }
        var hex = new StringBuilder();
        text.chars().forEach(unit -> hex.append(HexFormat.of().toHexDigits((char) unit)));
        return NODES.objectNode().put("$utf16", hex.toString());
    }

    /** Not a decoder, which would replace lone surrogates. */
    private static String utf16(String hex) {
        var text = new StringBuilder();
        for (int i = 0; i < hex.length(); i += 4) {
            text.append((char) HexFormat.fromHexDigits(hex, i, i + 4));
        }
        return text.toString();
    }

    private static boolean isText(String text) {
        return StandardCharsets.UTF_8.newEncoder().canEncode(text);
    }
}
