package dev.countermark.json;

import dev.countermark.Codec;
import java.util.Map;
import java.util.Objects;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.JsonNode;

/**
 * Codecs for values as JSON: records, maps and trees, bound by Jackson.
 *
 * <pre>{@code
 * record Login(String id, Instant since) {}
 *
 * Tokens<Login> logins = Tokens.of(keys, "login", Json.of(Login.class));
 * }</pre>
 *
 * <p>Written compactly in UTF-8, members in the order of declaration. Read strictly: malformed UTF-8, a byte-order mark,
 * repeated names, lone surrogates, NaN, a number outside the range of a double, anything behind the value, nesting
 * beyond 100, numbers beyond 1,000 characters and names beyond 1,024 are refused, and no value becomes one of another kind: a
 * number stays a number, text stays text, an integer with a fraction is none. What would be refused is not written.
 *
 * <p>Types: records, enums, {@code boolean}, {@code int}, {@code long}, {@code double}, their boxes, {@link String},
 * {@link java.math.BigInteger}, {@code byte[]} as base64 text, {@link Object} and {@link JsonNode} as whatever is there; {@link
 * java.math.BigDecimal}, {@link java.util.UUID}, {@link java.net.URI} and the types of {@code java.time} as their text; maps,
 * collections and {@link java.util.Optional} of these. Jackson's annotations on records hold, except those for
 * polymorphism. Another type makes the codec fail when it is made: a token must not decide which class is built.
 *
 * <p>A record that has grown reads older tokens and the other way round: unknown members are ignored, an absent
 * one is null, or empty for an {@code Optional}, or refused where it is primitive. A record that needs a member says so
 * in its constructor.
 *
 * <p>Source: RFC 8259, and where that leaves a choice the narrow one, as I-JSON (RFC 7493) has it or narrower. The codecs are
 * immutable and safe for many threads.
 */
public final class Json {

    private static final Codec<Map<String, Object>> MAP = of(new TypeReference<>() {});

    private Json() {}

    /**
     * Codec of a record, or of another type named above.
     *
     * @throws IllegalArgumentException if JSON cannot be written from or read into the type, or its package hides it from
     *     Jackson on the module path
     */
    public static <T> Codec<T> of(Class<T> type) {
        return new JacksonCodec<>(JacksonCodec.typeOf(Objects.requireNonNull(type, "type")));
    }

    /**
     * Codec of a generic type: {@code Json.of(new TypeReference<List<Login>>() {})}.
     *
     * @throws IllegalArgumentException if JSON cannot be written from or read into the type
     */
    public static <T> Codec<T> of(TypeReference<T> type) {
        return new JacksonCodec<>(JacksonCodec.typeOf(type.getType()));
    }

    /** Codec of any JSON value as a tree. */
    public static Codec<JsonNode> node() {
        return TreeCodec.INSTANCE;
    }

    /**
     * Codec of a JSON object as a map in the order of its members. Values are null, {@link Boolean}, {@link String},
     * {@link Integer}, {@link Long} or {@link java.math.BigInteger}, {@link Double}, lists and maps.
     */
    public static Codec<Map<String, Object>> map() {
        return MAP;
    }
}
