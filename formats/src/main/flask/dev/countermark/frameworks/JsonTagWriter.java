package dev.countermark.frameworks;

import java.math.BigDecimal;
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
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Writes what JSON lacks as {@link TaggedJson} does: an object of one member, whose name is the tag.
 *
 * <p>Source: Flask 3.1.3, {@code json/tag.py}, {@code TaggedJSONSerializer.tag}.
 */
final class JsonTagWriter {

    private JsonTagWriter() {}

    /** The value as maps, lists and scalars of JSON; null for null. */
    static @Nullable Object tagged(@Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            return tagMap(map);
        }
        if (value instanceof FlaskSession.Tuple tuple) {
            return Map.of(JsonTags.TUPLE, tagList(tuple.items()));
        }
        if (value instanceof List<?> list) {
            return tagList(list);
        }
        if (value instanceof byte[] bytes) {
            return Map.of(JsonTags.BYTES, Base64.getEncoder().encodeToString(bytes));
        }
        if (value instanceof FlaskSession.Markup markup) {
            return Map.of(JsonTags.MARKUP, markup.html());
        }
        if (value instanceof UUID id) {
            return Map.of(JsonTags.UNIQUE_ID, id.toString().replace("-", ""));
        }
        var date = dateOrNull(value);
        if (date != null) {
            return Map.of(JsonTags.DATE, HttpDate.format(date));
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
            if (member.getKey() instanceof String key && JsonTags.ALL.contains(key)) {
                return Map.of(
                        JsonTags.DICT, Collections.singletonMap(key + JsonTags.SUFFIX, tagged(member.getValue())));
            }
        }
        var tagged = new LinkedHashMap<@Nullable Object, @Nullable Object>();
        map.forEach((key, value) -> tagged.put(key, tagged(value)));
        return tagged;
    }

    private static List<@Nullable Object> tagList(List<?> list) {
        var tagged = new ArrayList<@Nullable Object>();
        list.forEach(item -> tagged.add(tagged(item)));
        return tagged;
    }
}
