package dev.countermark.cli.conform;

import dev.countermark.frameworks.FlaskSession.Markup;
import dev.countermark.frameworks.FlaskSession.Tuple;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.NullNode;

/** Values of a Flask session, from the vectors' notation and to it. */
final class FlaskValues {

    private static final DateTimeFormatter NAIVE = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss", Locale.ROOT);
    private static final DateTimeFormatter AWARE = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ssxxx", Locale.ROOT);

    private FlaskValues() {}

    static @Nullable Object read(JsonNode node) {
        if (node.isArray()) {
            return ValueNotation.list(node, FlaskValues::read);
        }
        if (!node.isObject()) {
            return ValueNotation.read(node);
        }
        if (node.size() == 1) {
            var member = node.properties().iterator().next();
            var value = member.getValue();
            switch (member.getKey()) {
                case "$tuple" -> {
                    return new Tuple(ValueNotation.list(value, FlaskValues::read));
                }
                case "$dict" -> {
                    return ValueNotation.dictionary(value, FlaskValues::read);
                }
                case "$markup" -> {
                    return new Markup(value.stringValue());
                }
                case "$uuid" -> {
                    return UUID.fromString(value.stringValue());
                }
                case "$datetime" -> {
                    return date(value.stringValue());
                }
                case "$date" -> {
                    return LocalDate.parse(value.stringValue());
                }
                case "$decimal" -> {
                    return new BigDecimal(value.stringValue());
                }
                case "$int", "$float", "$utf16", "$bytes" -> {
                    return ValueNotation.read(node);
                }
                default -> {}
            }
        }
        return ValueNotation.members(node, FlaskValues::read);
    }

    private static Object date(String text) {
        boolean naive = text.indexOf('+') < 0 && text.lastIndexOf('-') < 10;
        return naive ? LocalDateTime.parse(text) : OffsetDateTime.parse(text);
    }

    /**
     * The value as {@link ValueNotation#write} takes it.
     *
     * @param aware whether dates have a zone, as since werkzeug 2.0
     */
    static @Nullable Object notable(@Nullable Object value, boolean aware) {
        if (value instanceof NullNode) {
            return null;
        }
        if (value instanceof Tuple tuple) {
            return new ValueNotation.Typed("$tuple", notable(tuple.items(), aware));
        }
        if (value instanceof Markup markup) {
            return new ValueNotation.Typed("$markup", markup.html());
        }
        if (value instanceof UUID id) {
            return new ValueNotation.Typed("$uuid", id.toString());
        }
        if (value instanceof OffsetDateTime date) {
            var text = aware ? AWARE.format(date) : NAIVE.format(date.withOffsetSameInstant(ZoneOffset.UTC));
            return new ValueNotation.Typed("$datetime", text);
        }
        if (value instanceof List<?> list) {
            var items = new ArrayList<@Nullable Object>();
            list.forEach(item -> items.add(notable(item, aware)));
            return items;
        }
        if (value instanceof Map<?, ?> map) {
            var members = new LinkedHashMap<@Nullable Object, @Nullable Object>();
            map.forEach((key, member) -> members.put(key, notable(member, aware)));
            return members;
        }
        return value;
    }
}
