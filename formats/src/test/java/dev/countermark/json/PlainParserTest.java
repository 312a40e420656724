package dev.countermark.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.countermark.Codec;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** What the codec reads is what Jackson reads from the tree of the strict reader, for good and for bad JSON. */
class PlainParserTest {

    enum Colour {
        RED,
        GREEN
    }

    record Leaf(@Nullable String text, int number, boolean flag) {}

    record Everything(
            @Nullable String text,
            int small,
            long large,
            double real,
            @Nullable BigInteger huge,
            @Nullable BigDecimal exact,
            @Nullable Integer boxed,
            @Nullable Boolean flag,
            @Nullable Colour colour,
            @Nullable Instant time,
            @Nullable UUID id,
            Optional<String> maybe,
            @Nullable List<Leaf> leaves,
            @Nullable Leaf leaf,
            @Nullable Object any,
            @Nullable Map<String, Object> map,
            @Nullable JsonNode tree) {}

    record Inner(@Nullable String name) {}

    record Outer(
            @JsonProperty("n m") @Nullable String name,
            @JsonUnwrapped @Nullable Inner inner) {}

    private static final String[] MEMBERS = {
        "text", "small", "large", "real", "huge", "exact", "boxed", "flag", "colour", "time", "id", "maybe", "leaves",
        "leaf", "any", "map", "tree", "number", "unknown", "n m", "name", ""
    };
    private static final String[] SCALARS = {
        "null",
        "true",
        "false",
        "0",
        "-0",
        "7",
        "-12",
        "2147483647",
        "2147483648",
        "-2147483649",
        "999999999999999999",
        "9223372036854775807",
        "123456789012345678901234567890",
        "1.5",
        "1e3",
        "01",
        "-",
        "1.",
        "NaN",
        "\"\"",
        "\"RED\"",
        "\"BLUE\"",
        "\"2026-11-27T10:00:00Z\"",
        "\"12.50\"",
        "\"f81d4fae-7dec-11d0-a765-00a0c91e6bf6\"",
        "\"plain text\"",
        "\"d\u007fl\"",
        "\"l\u00e4nger\"",
        "\"esc\\\"aped\\n\"",
        "\"\\ud83d\\ude00\"",
        "\"\\ud83d\"",
        "\"tab\there\""
    };

    private static String value(Random random, int depth) {
        return switch (random.nextInt(depth > 0 ? 10 : 8)) {
            case 8 -> object(random, depth - 1);
            case 9 -> array(random, depth - 1);
            default -> SCALARS[random.nextInt(SCALARS.length)];
        };
    }

    private static String object(Random random, int depth) {
        var json = new StringBuilder("{");
        for (int n = random.nextInt(5); n > 0; n--) {
            json.append('"').append(MEMBERS[random.nextInt(MEMBERS.length)]).append("\":");
            json.append(value(random, depth)).append(n > 1 ? "," : "");
        }
        return json.append('}').toString();
    }

    private static String array(Random random, int depth) {
        var json = new StringBuilder("[");
        for (int n = random.nextInt(4); n > 0; n--) {
            json.append(value(random, depth)).append(n > 1 ? " , " : "");
        }
        return json.append(']').toString();
    }

    /** A value as Jackson reads it from the tree; null for a refusal. */
    private static @Nullable Object fromTree(byte[] json, Class<?> type) {
        try {
            return StrictMapper.INSTANCE
                    .readerFor(type)
                    .<@Nullable Object>readValue(JsonReader.read(Unicode.text(json), Dialect.STRICT));
        } catch (RuntimeException e) {
            return null;
        }
    }

    private static @Nullable Object decoded(Codec<?> codec, byte[] json) {
        try {
            return codec.decode(json);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {3, 5, 8, 13})
    void reads_what_jackson_reads_from_the_tree(long seed) {
        var random = new Random(seed);
        var types = List.<Class<?>>of(Everything.class, Leaf.class, Outer.class, Object.class, Map.class);
        var codecs = List.<Codec<?>>of(
                Json.of(Everything.class),
                Json.of(Leaf.class),
                Json.of(Outer.class),
                Json.of(Object.class),
                Json.map());
        int read = 0;
        for (int i = 0; i < 6_000; i++) {
            var json = value(random, 4).getBytes(StandardCharsets.UTF_8);
            if (random.nextInt(3) == 0) {
                json[random.nextInt(json.length)] = (byte) " {}[],:\"\\0-9t\u0001\u00e4".charAt(random.nextInt(15));
            }
            for (int type = 0; type < types.size(); type++) {
                var expected = fromTree(json, types.get(type));
                assertThat(decoded(codecs.get(type), json))
                        .as(() -> new String(json, StandardCharsets.UTF_8))
                        .isEqualTo(expected);
                read += expected == null ? 0 : 1;
            }
        }
        assertThat(read).isGreaterThan(2_000);
    }

    private static @Nullable PlainTokens tokens(String json) {
        var bytes = json.getBytes(StandardCharsets.UTF_8);
        return PlainTokens.ofOrNull(bytes, bytes.length);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"id\":\"foobar\"}",
                " { \"a\" : [ 1 , -2 , \"x\" , true , false , null , { } , [ ] ] , \"b\" : { \"a\" : 1 } } ",
                "999999999999999999",
                "\"\"",
                "[{\"a\":1},{\"a\":1}]"
            })
    void what_is_usual_needs_no_tree(String json) {
        assertThat(tokens(json)).isNotNull();
        var expected = fromTree(json.getBytes(StandardCharsets.UTF_8), Object.class);
        var tokens = Objects.requireNonNull(tokens(json));
        assertThat(StrictMapper.INSTANCE.readerFor(Object.class).<Object>readValue(new PlainParser(tokens)))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "{\"a\":1,\"a\":2}",
                "{\"a\":{\"b\":1},\"c\":[{\"d\":1}],\"a\":2}",
                "{\"a\":1}x",
                "{\"a\":1,}",
                "[1,]",
                "[1",
                "{\"a\"}",
                "{a:1}",
                "01",
                "-",
                "1.0",
                "1e1",
                "1E1",
                "1000000000000000000",
                "tru",
                "trux",
                "\"\u0001\"",
                "\"\u00e4\"",
                "\"\\n\"",
                "\"open",
                "[[[[[[[[[1]]]]]]]]]"
            })
    void what_is_unusual_or_wrong_is_left_to_the_tree(String json) {
        assertThat(tokens(json)).isNull();
    }

    @Test
    void no_more_than_64_tokens() {
        assertThat(tokens("[" + "1,".repeat(61) + "1]")).isNotNull();
        assertThat(tokens("[" + "1,".repeat(62) + "1]")).isNull();
    }

    @Test
    void what_stands_behind_the_length_is_not_read() {
        var json = "{\"text\":\"a\",\"number\":12,\"flag\":true}34".getBytes(StandardCharsets.UTF_8);
        assertThat(Json.of(Leaf.class).decode(json, json.length - 2)).isEqualTo(new Leaf("a", 12, true));
        assertThat(Json.of(Integer.class).decode("1234".getBytes(StandardCharsets.UTF_8), 2))
                .isEqualTo(12);
        assertThatThrownBy(() -> Json.of(Leaf.class).decode(json)).isInstanceOf(IllegalArgumentException.class);
    }
}
