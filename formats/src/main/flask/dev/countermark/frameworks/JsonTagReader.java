package dev.countermark.frameworks;

import dev.countermark.python.LenientBase64;
import dev.countermark.python.Repr;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads a value under a tag of {@link TaggedJson}.
 *
 * <p>Source: Flask 3.1.3, {@code json/tag.py}, the {@code to_python} of each tag.
 */
final class JsonTagReader {

    private static final Pattern HEX = Pattern.compile("[0-9a-fA-F]{32}");

    private final boolean lenient;

    /** @param lenient whether to take what Flask takes, and not only what it writes */
    JsonTagReader(boolean lenient) {
        this.lenient = lenient;
    }

    /**
     * What a tag makes of a value.
     *
     * @param value read already, with the tags in it
     * @throws IllegalArgumentException if it is none that the tag can have
     */
    @Nullable
    Object value(String tag, @Nullable Object value) {
        return switch (tag) {
            case JsonTags.DICT -> dictionary(value);
            case JsonTags.TUPLE -> tuple(value);
            case JsonTags.BYTES -> bytes(value);
            case JsonTags.MARKUP -> new FlaskSession.Markup(markup(value));
            case JsonTags.UNIQUE_ID -> uniqueId(text(value));
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
        if (!lenient && !key.endsWith(JsonTags.SUFFIX)) {
            throw bad();
        }
        return Collections.singletonMap(
                key.substring(0, Math.max(0, key.length() - JsonTags.SUFFIX.length())), member.getValue());
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
