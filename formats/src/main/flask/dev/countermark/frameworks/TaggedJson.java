package dev.countermark.frameworks;

import dev.countermark.Codec;
import dev.countermark.json.PythonJson;
import dev.countermark.python.LenientBase64;
import dev.countermark.python.Repr;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.NullNode;

/**
 * JSON in which objects of one member with a name that begins with a space stand for what JSON lacks: {@code {" t":[1,2]}}
 * is a tuple.
 *
 * <p>Source: Flask 3.1.3, {@code json/tag.py}; {@code json/provider.py} for the sorted ASCII bytes. Sessions of 0.10 and
 * later are in it; 0.10 itself lacks {@code " b"}, releases before 1.0 lack {@code " di"}.
 */
final class TaggedJson implements Codec<Object> {

    static final TaggedJson STRICT =
            new TaggedJson(PythonJson.standard().compact().sortedKeys(), false);
    static final TaggedJson LENIENT =
            new TaggedJson(PythonJson.standard().compact().sortedKeys().lenient(), true);

    static final TaggedJson UNBOUNDED =
            new TaggedJson(PythonJson.standard().compact().sortedKeys().unbounded(), true);

    private static final String DICT = " di";
    private static final String TUPLE = " t";
    private static final String BYTES = " b";
    private static final String MARKUP = " m";
    private static final String UNIQUE_ID = " u";
    private static final String DATE = " d";
    private static final Set<String> TAGS = Set.of(DICT, TUPLE, BYTES, MARKUP, UNIQUE_ID, DATE);

    private static final String SUFFIX = "__";
    private static final Pattern HEX = Pattern.compile("[0-9a-fA-F]{32}");

    private final PythonJson json;
    private final boolean lenient;

    private TaggedJson(PythonJson json, boolean lenient) {
        this.json = json;
        this.lenient = lenient;
    }

    @Override
    public byte[] encode(Object value) {
        return json.dumps(tag(value)).getBytes(StandardCharsets.US_ASCII);
    }

    private static @Nullable Object tag(@Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            return tagMap(map);
        }
        if (value instanceof FlaskSession.Tuple tuple) {
            return Map.of(TUPLE, tagList(tuple.items()));
        }
        if (value instanceof List<?> list) {
            return tagList(list);
        }
        if (value instanceof byte[] bytes) {
            return Map.of(BYTES, Base64.getEncoder().encodeToString(bytes));
        }
        if (value instanceof FlaskSession.Markup markup) {
            return Map.of(MARKUP, markup.html());
        }
        if (value instanceof UUID id) {
            return Map.of(UNIQUE_ID, id.toString().replace("-", ""));
        }
        var date = dateOrNull(value);
        if (date != null) {
            return Map.of(DATE, HttpDate.format(date));
        }
        // Flask's JSON writes these two as bare texts, so they are texts when they come back.
        if (value instanceof LocalDate day) {
            return HttpDate.format(day.atStartOfDay(ZoneOffset.UTC).toOffsetDateTime());
        }
        return value instanceof BigDecimal number ? number.toString() : value;
    }

    private static @Nullable OffsetDateTime dateOrNull(@Nullable Object value) {
        if (value instanceof OffsetDateTime date) {
            return date;
        }
        if (value instanceof ZonedDateTime date) {
            return date.toOffsetDateTime();
        }
        if (value instanceof Instant instant) {
            return instant.atOffset(ZoneOffset.UTC);
        }
        return value instanceof LocalDateTime date ? date.atOffset(ZoneOffset.UTC) : null;
    }

    private static Map<?, ?> tagMap(Map<?, ?> map) {
        if (map.size() == 1) {
            var member = map.entrySet().iterator().next();
            if (member.getKey() instanceof String key && TAGS.contains(key)) {
                return Map.of(DICT, Collections.singletonMap(key + SUFFIX, tag(member.getValue())));
            }
        }
        var tagged = new LinkedHashMap<@Nullable Object, @Nullable Object>();
        map.forEach((key, value) -> tagged.put(key, tag(value)));
        return tagged;
    }

    private static List<@Nullable Object> tagList(List<?> list) {
        var tagged = new ArrayList<@Nullable Object>();
        list.forEach(item -> tagged.add(tag(item)));
        return tagged;
    }

    /** The value; JSON's null, when it is all there is, as a {@link NullNode}, since a codec's value is never null. */
    @Override
    public Object decode(byte[] bytes) {
        var value = untag(json.decode(bytes));
        return value == null ? NullNode.getInstance() : value;
    }

    private @Nullable Object untag(JsonNode node) {
        return switch (node.getNodeType()) {
            case OBJECT -> {
                var map = new LinkedHashMap<String, @Nullable Object>();
                node.properties().forEach(member -> map.put(member.getKey(), untag(member.getValue())));
                var key = map.size() == 1 ? map.keySet().iterator().next() : "";
                yield TAGS.contains(key) ? untag(key, map.get(key)) : map;
            }
            case ARRAY -> {
                var list = new ArrayList<@Nullable Object>();
                node.forEach(item -> list.add(untag(item)));
                yield list;
            }
            case STRING -> node.stringValue();
            case BOOLEAN -> node.booleanValue();
            case NUMBER -> node.numberValue();
            default -> null;
        };
    }

    private @Nullable Object untag(String tag, @Nullable Object value) {
        return switch (tag) {
            case DICT -> dictionary(value);
            case TUPLE -> tuple(value);
            case BYTES -> bytes(value);
            case MARKUP -> new FlaskSession.Markup(markup(value));
            case UNIQUE_ID -> uniqueId(text(value));
            default -> isNoDate(value) ? null : date(text(value));
        };
    }

    /** Flask strips two characters without looking at them, and takes the first of several members. */
    private Map<String, @Nullable Object> dictionary(@Nullable Object value) {
        if (!(value instanceof Map<?, ?> map) || map.isEmpty() || !lenient && map.size() > 1) {
            throw bad();
        }
        var member = map.entrySet().iterator().next();
        var key = text(member.getKey());
        if (!lenient && !key.endsWith(SUFFIX)) {
            throw bad();
        }
        return Collections.singletonMap(
                key.substring(0, Math.max(0, key.length() - SUFFIX.length())), member.getValue());
    }

    /** Python makes a tuple of whatever can be walked through. */
    private FlaskSession.Tuple tuple(@Nullable Object value) {
        if (value instanceof List<?> list) {
            return new FlaskSession.Tuple(list);
        }
        if (lenient && value instanceof FlaskSession.Tuple tuple) {
            return tuple;
        }
        if (lenient && value instanceof Map<?, ?> map) {
            return new FlaskSession.Tuple(new ArrayList<>(map.keySet()));
        }
        if (lenient && (value instanceof String || value instanceof FlaskSession.Markup)) {
            return new FlaskSession.Tuple(
                    text(value).codePoints().mapToObj(Character::toString).toList());
        }
        if (lenient && value instanceof byte[] bytes) {
            var items = new ArrayList<@Nullable Object>();
            for (byte b : bytes) {
                items.add(b & 0xff);
            }
            return new FlaskSession.Tuple(items);
        }
        throw bad();
    }

    private byte[] bytes(@Nullable Object value) {
        if (lenient && value instanceof byte[] inner) {
            return bytes(LenientBase64.standardOrNull(inner, 0, inner.length));
        }
        var text = text(value);
        if (!text.chars().allMatch(c -> c < 0x80)) {
            throw bad();
        }
        var ascii = text.getBytes(StandardCharsets.US_ASCII);
        var bytes = bytes(LenientBase64.standardOrNull(ascii, 0, ascii.length));
        if (!lenient && !Base64.getEncoder().encodeToString(bytes).equals(text)) {
            throw bad();
        }
        return bytes;
    }

    private static byte[] bytes(byte @Nullable [] decoded) {
        if (decoded == null) {
            throw bad();
        }
        return decoded;
    }

    /**
     * Python makes text of anything. Here what JSON has itself: the {@code repr} of one tag in another would double with
     * each, and a short cookie become a long text.
     */
    private String markup(@Nullable Object value) {
        return !lenient || value instanceof String || value instanceof FlaskSession.Markup
                ? text(value)
                : Repr.ofJson(value);
    }

    private UUID uniqueId(String text) {
        var hex = text;
        if (lenient) {
            hex = hex.replace("urn:", "").replace("uuid:", "");
            hex = hex.replaceAll("^[{}]+|[{}]+$", "").replace("-", "");
        }
        if (!HEX.matcher(hex).matches()) {
            throw bad();
        }
        return new UUID(Long.parseUnsignedLong(hex, 0, 16, 16), Long.parseUnsignedLong(hex, 16, 32, 16));
    }

    /** What Python counts as nothing is no date, and bytes are none. */
    private boolean isNoDate(@Nullable Object value) {
        if (value == null || !lenient) {
            return value == null;
        }
        return value instanceof byte[]
                || value.equals(false)
                || value instanceof Number number && number.doubleValue() == 0
                || value instanceof Map<?, ?> map && map.isEmpty()
                || value instanceof List<?> list && list.isEmpty()
                || value instanceof FlaskSession.Tuple tuple && tuple.items().isEmpty();
    }

    /** Flask reads what is no date as None. */
    private @Nullable OffsetDateTime date(String text) {
        var date = lenient ? MailDate.parseOrNull(text) : HttpDate.parseOrNull(text);
        if (!lenient && date == null) {
            throw bad();
        }
        return date;
    }

    private String text(@Nullable Object value) {
        if (value instanceof String text) {
            return text;
        }
        if (lenient && value instanceof FlaskSession.Markup markup) {
            return markup.html();
        }
        throw bad();
    }

    private static IllegalArgumentException bad() {
        return new IllegalArgumentException("a tag has a value that it cannot have");
    }
}
