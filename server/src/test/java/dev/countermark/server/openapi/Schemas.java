package dev.countermark.server.openapi;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Holds values against the schemas of the description, as far as it uses JSON Schema. */
final class Schemas {

    private final JsonNode description;

    Schemas(JsonNode description) {
        this.description = description;
    }

    /** The schema, response or parameter that a reference names, or the node itself. */
    JsonNode resolve(JsonNode node) {
        if (!node.has("$ref")) {
            return node;
        }
        var target = description.at(node.get("$ref").stringValue().substring(1));
        if (target.isMissingNode()) {
            throw new AssertionError("dangling reference " + node.get("$ref"));
        }
        return resolve(target);
    }

    /** What is wrong with a value; empty for nothing. */
    List<String> complaints(JsonNode reference, JsonNode value) {
        var complaints = new ArrayList<String>();
        check(reference, value, "", complaints);
        return complaints;
    }

    private void check(JsonNode reference, JsonNode value, String where, List<String> complaints) {
        var schema = resolve(reference);
        var type = schema.path("type").asString("");
        boolean fits = switch (type) {
            case "object" -> value.isObject();
            case "array" -> value.isArray();
            case "string" -> value.isString();
            case "integer" -> value.isIntegralNumber();
            case "number" -> value.isNumber();
            case "boolean" -> value.isBoolean();
            default -> throw new AssertionError("a schema without a type at " + where);
        };
        if (!fits) {
            complaints.add(where + " is no " + type);
            return;
        }
        if (value.isString()) {
            text(schema, value.stringValue(), where, complaints);
        }
        if (value.isArray()) {
            value.forEach(item -> check(schema.get("items"), item, where + "[]", complaints));
        }
        if (value.isObject()) {
            members(schema, value, where, complaints);
        }
    }

    private static void text(JsonNode schema, String text, String where, List<String> complaints) {
        if (schema.has("enum")
                && schema.get("enum")
                        .valueStream()
                        .noneMatch(word -> word.stringValue().equals(text))) {
            complaints.add(where + " is none of " + schema.get("enum"));
        }
        if (schema.has("pattern") && !text.matches(schema.get("pattern").stringValue())) {
            complaints.add(where + " does not match");
        }
        if (schema.path("format").asString("").equals("date-time")) {
            try {
                Instant.parse(text);
            } catch (DateTimeParseException e) {
                complaints.add(where + " is no date");
            }
        }
    }

    private void members(JsonNode schema, JsonNode value, String where, List<String> complaints) {
        var known = schema.path("properties");
        var others = schema.path("additionalProperties");
        value.propertyStream().forEach(member -> {
            var path = where + "." + member.getKey();
            if (known.has(member.getKey())) {
                check(known.get(member.getKey()), member.getValue(), path, complaints);
            } else if (others.isObject()) {
                check(others, member.getValue(), path, complaints);
            } else {
                complaints.add(path + " is not described");
            }
        });
        schema.path("required")
                .valueStream()
                .map(JsonNode::stringValue)
                .filter(name -> !value.has(name))
                .forEach(name -> complaints.add(where + "." + name + " is missing"));
    }
}
