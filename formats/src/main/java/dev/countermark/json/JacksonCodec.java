package dev.countermark.json;

import dev.countermark.Codec;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.jsonFormatVisitors.JsonFormatVisitorWrapper;
import tools.jackson.databind.node.NullNode;

/** One type, bound by Jackson to and from the trees that {@link JsonReader} reads. */
final class JacksonCodec<T> implements Codec<T> {

    /** No number and no name of shorter JSON is beyond its limit. */
    private static final int SHORTEST_TO_CHECK = Math.min(Dialect.NUMBER, Dialect.NAME);

    private final String name;
    private final ObjectReader reader;
    private final ObjectWriter writer;

    JacksonCodec(JavaType type) {
        this.name = type.getRawClass().getSimpleName();
        this.reader = StrictMapper.INSTANCE.readerFor(type);
        this.writer = StrictMapper.INSTANCE.writerFor(type);
        try {
            // Jackson resolves a type at its first use, and would report only then that it cannot.
            reader.readValue(NullNode.instance);
        } catch (JacksonException e) {
            if (StrictMapper.isUnusable(e)) {
                throw unusable(type, e);
            }
        }
        try {
            StrictMapper.INSTANCE.acceptJsonFormatVisitor(type, new JsonFormatVisitorWrapper.Base());
        } catch (JacksonException e) {
            throw unusable(type, e);
        }
    }

    private static IllegalArgumentException unusable(JavaType type, JacksonException e) {
        return new IllegalArgumentException(
                "JSON cannot be bound to " + type.toCanonical() + ": " + e.getOriginalMessage(), e);
    }

    static JavaType typeOf(Type type) {
        return StrictMapper.INSTANCE.constructType(type);
    }

    @Override
    public byte[] encode(T value) {
        return write(writer, value, name);
    }

    static byte[] write(ObjectWriter writer, Object value, String name) {
        Objects.requireNonNull(value, "value");
        var plain = plainOrNull(writer, value);
        if (plain != null) {
            return plain;
        }
        byte[] json;
        try {
            json = writer.writeValueAsBytes(value);
        } catch (JacksonException e) {
            throw new IllegalArgumentException("this " + name + " has no JSON form: " + e.getOriginalMessage(), e);
        }
        if (mayBeRefused(json)) {
            JsonReader.read(Unicode.text(json), Dialect.STRICT);
        }
        return json;
    }

    /** The JSON of a value that holds nothing unusual, else null. */
    private static byte @Nullable [] plainOrNull(ObjectWriter writer, Object value) {
        var generator = new PlainGenerator();
        try {
            writer.writeValue(generator, value);
        } catch (JacksonException e) {
            // Jackson's own generator finds the same, and says it better.
            return null;
        }
        return generator.bytesOrNull();
    }

    /** Whether the JSON may hold what {@link JsonReader} refuses: a lone surrogate, NaN, an infinity, something long. */
    private static boolean mayBeRefused(byte[] json) {
        if (json.length > SHORTEST_TO_CHECK) {
            return true;
        }
        var text = new String(json, StandardCharsets.ISO_8859_1);
        return text.contains("\\uD") || text.contains("NaN") || text.contains("Infinity");
    }

    @Override
    public T decode(byte[] bytes) {
        return decode(bytes, bytes.length);
    }

    @Override
    public T decode(byte[] bytes, int length) {
        @Nullable T plain = plainOrNull(bytes, length);
        return plain == null ? fromTree(length == bytes.length ? bytes : Arrays.copyOf(bytes, length)) : plain;
    }

    /** The value of JSON that holds nothing unusual and suits the type, else null. */
    private @Nullable T plainOrNull(byte[] bytes, int length) {
        var tokens = PlainTokens.ofOrNull(bytes, length);
        if (tokens == null) {
            return null;
        }
        try {
            return reader.readValue(new PlainParser(tokens));
        } catch (RuntimeException e) {
            // The tree tells whether it was the parser or the payload.
            return null;
        }
    }

    private T fromTree(byte[] bytes) {
        var tree = JsonReader.read(Unicode.text(bytes), Dialect.STRICT);
        @Nullable T value;
        try {
            value = reader.readValue(tree);
        } catch (RuntimeException e) {
            // Neither its message, which quotes the payload, nor itself as the cause.
            throw new IllegalArgumentException("the JSON is not that of a " + name);
        }
        if (value == null) {
            throw new IllegalArgumentException("the JSON is null, not a " + name);
        }
        return value;
    }
}
