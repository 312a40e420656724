package dev.countermark.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.countermark.Codec;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.DoubleNode;
import tools.jackson.databind.node.JsonNodeFactory;

class JsonTest {

    record Login(String id) {}

    record Numbers(int count, long total, double share) {}

    enum Role {
        READER,
        WRITER
    }

    record Everything(
            String text,
            boolean flag,
            int number,
            long large,
            double real,
            BigInteger huge,
            BigDecimal amount,
            Role role,
            List<Login> logins,
            Map<String, Integer> counts,
            Optional<String> maybe,
            UUID uuid,
            URI uri,
            Instant instant,
            Duration duration,
            LocalDate date,
            JsonNode tree,
            Object anything) {}

    record Page<E>(List<E> items, int next) {}

    private static <T> T read(Codec<T> codec, String json) {
        return codec.decode(json.getBytes(UTF_8));
    }

    private static <T> String written(Codec<T> codec, T value) {
        return new String(codec.encode(value), UTF_8);
    }

    @Test
    void a_record_is_written_compactly_in_the_order_of_its_components() {
        record Session(String user, int age, boolean admin, List<String> roles) {}
        var codec = Json.of(Session.class);
        var session = new Session("zoë \"z\" 😀", 7, true, List.of("b", "a"));
        assertThat(written(codec, session))
                .isEqualTo("{\"user\":\"zoë \\\"z\\\" 😀\",\"age\":7,\"admin\":true,\"roles\":[\"b\",\"a\"]}");
        assertThat(codec.decode(codec.encode(session))).isEqualTo(session);
    }

    @Test
    void every_supported_type_survives() {
        var codec = Json.of(Everything.class);
        var value = new Everything(
                "t",
                true,
                -1,
                Long.MIN_VALUE,
                Double.MIN_VALUE,
                new BigInteger("123456789012345678901234567890"),
                new BigDecimal("1.10"),
                Role.WRITER,
                List.of(new Login("a"), new Login("b")),
                Map.of("x", 1),
                Optional.of("yes"),
                UUID.fromString("123e4567-e89b-12d3-a456-426614174000"),
                URI.create("https://example.org/?q=1"),
                Instant.ofEpochSecond(1, 2),
                Duration.ofMillis(1500),
                LocalDate.of(2026, 2, 3),
                read(Json.node(), "{\"a\":[1,2.5,null]}"),
                Map.of("k", List.of(1, 2.5, "s")));
        assertThat(codec.decode(codec.encode(value))).isEqualTo(value);
    }

    @Test
    void generic_types_are_bound_with_their_arguments() {
        var codec = Json.of(new TypeReference<Page<Login>>() {});
        assertThat(read(codec, "{\"items\":[{\"id\":\"a\"}],\"next\":2}"))
                .isEqualTo(new Page<>(List.of(new Login("a")), 2));
    }

    @Test
    void maps_keep_order_and_plain_types() {
        var map = read(Json.map(), "{\"b\":1,\"a\":2.5,\"c\":[true,null,\"x\"],\"d\":{},\"e\":9223372036854775808}");
        assertThat(map.toString()).isEqualTo("{b=1, a=2.5, c=[true, null, x], d={}, e=9223372036854775808}");
        assertThat(written(Json.map(), map))
                .isEqualTo("{\"b\":1,\"a\":2.5,\"c\":[true,null,\"x\"],\"d\":{},\"e\":9223372036854775808}");
    }

    @Test
    void doubles_have_their_shortest_digits_on_every_jdk() {
        assertThat(written(Json.node(), DoubleNode.valueOf(2e23))).isEqualTo("2.0E23");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"count\":\"1\",\"total\":1,\"share\":1.0}",
                "{\"count\":true,\"total\":1,\"share\":1.0}",
                "{\"count\":1.0,\"total\":1,\"share\":1.0}",
                "{\"count\":1.5,\"total\":1,\"share\":1.0}",
                "{\"count\":2147483648,\"total\":1,\"share\":1.0}",
                "{\"count\":null,\"total\":1,\"share\":1.0}",
                "{\"total\":1,\"share\":1.0}",
                "{\"count\":1,\"total\":9223372036854775808,\"share\":1.0}",
                "{\"count\":1,\"total\":1e3,\"share\":1.0}",
                "{\"count\":1,\"total\":1,\"share\":\"NaN\"}",
                "{\"count\":1,\"total\":1,\"share\":\"1.0\"}",
                "{\"count\":1,\"total\":1,\"share\":1e400}",
                "{\"count\":1,\"total\":1,\"share\":null}",
                "{\"count\":1,\"total\":1}",
                "{\"count\":1,\"total\":1,\"share\":9007199254740993}",
                "{\"count\":\"\",\"total\":1,\"share\":1.0}",
                "{\"count\":[1],\"total\":1,\"share\":1.0}",
                "[1,1,1.0]",
                "[]",
                "\"\"",
                "null",
                "1"
            })
    void numbers_are_not_coerced(String json) {
        var codec = Json.of(Numbers.class);
        assertThatIllegalArgumentException().isThrownBy(() -> read(codec, json));
    }

    @Test
    void an_integer_is_read_as_a_double_where_nothing_is_lost() {
        assertThat(read(Json.of(Numbers.class), "{\"count\":1,\"total\":2,\"share\":9007199254740992}")
                        .share())
                .isEqualTo(9007199254740992.0);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{\"id\":1}", "{\"id\":1.5}", "{\"id\":true}", "{\"id\":[\"a\"]}", "{\"id\":{}}", "\"abc\""})
    void text_is_not_made_of_other_values(String json) {
        var codec = Json.of(Login.class);
        assertThatIllegalArgumentException().isThrownBy(() -> read(codec, json));
    }

    record Dated(Instant at, UUID id, Role role, BigDecimal amount, LocalDate day) {}

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"at\":1}",
                "{\"at\":\"1\"}",
                "{\"at\":1e400}",
                "{\"at\":\"\"}",
                "{\"id\":\"1-1-1-1-1\"}",
                "{\"id\":\"\"}",
                "{\"role\":0}",
                "{\"role\":\"reader\"}",
                "{\"role\":\"\"}",
                "{\"amount\":1.5}",
                "{\"amount\":\"x\"}",
                "{\"day\":[2026,1,1]}",
                "{\"day\":20000}"
            })
    void what_is_written_as_text_is_read_from_that_text_alone(String json) {
        var codec = Json.of(Dated.class);
        assertThatIllegalArgumentException().isThrownBy(() -> read(codec, json));
    }

    record Point(int x, int y) {
        Point(int both) {
            this(both, both);
        }

        static Point valueOf(String text) {
            return new Point(text.length());
        }

        boolean isOrigin() {
            return x == 0 && y == 0;
        }

        String getName() {
            return "p";
        }
    }

    @Test
    void only_the_components_of_a_record_count() {
        var codec = Json.of(Point.class);
        assertThat(written(codec, new Point(1, 2))).isEqualTo("{\"x\":1,\"y\":2}");
        assertThatIllegalArgumentException().isThrownBy(() -> read(codec, "3"));
        assertThatIllegalArgumentException().isThrownBy(() -> read(codec, "\"3\""));
    }

    @Test
    void a_record_that_has_grown_reads_older_tokens_and_the_other_way_round() {
        record Grown(String id, String mail, Optional<String> phone) {}
        assertThat(read(Json.of(Grown.class), "{\"id\":\"a\"}")).isEqualTo(new Grown("a", null, Optional.empty()));
        assertThat(read(Json.of(Login.class), "{\"new\":[1,{}],\"id\":\"a\"}")).isEqualTo(new Login("a"));
    }

    @Test
    void a_record_refuses_in_its_constructor() {
        @SuppressWarnings("UnusedMethod") // the codec calls its constructor
        record Named(String name) {
            Named {
                Objects.requireNonNull(name);
            }
        }
        var codec = Json.of(Named.class);
        assertThatIllegalArgumentException().isThrownBy(() -> read(codec, "{}"));
    }

    @Test
    void annotations_rename_and_wrap() {
        record Subject(@JsonValue String value) {}
        record Claims(@JsonProperty("sub") Subject subject) {}
        var codec = Json.of(Claims.class);
        assertThat(written(codec, new Claims(new Subject("me")))).isEqualTo("{\"sub\":\"me\"}");
        assertThat(read(codec, "{\"sub\":\"me\"}")).isEqualTo(new Claims(new Subject("me")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"id\":\"a\",\"id\":\"b\"}",
                "{\"id\":\"a\",\"\\u0069d\":\"b\"}",
                "{\"x\":{\"y\":1,\"y\":1},\"id\":\"a\"}",
                "{\"id\":\"a\"} 1",
                "{\"id\":\"a\"}}",
                "{\"id\":\"a\"}\u0000",
                "\uFEFF{\"id\":\"a\"}",
                "{\"id\":\"\\ud800\"}",
                "{\"id\":\"\\udc00\\ud800\"}",
                "{\"\\ud800\":1}",
                "{\"id\":\"a\",\"x\":NaN}",
                "{\"id\":\"a\",\"x\":1e400}",
                "{\"id\":\"a\",\"x\":01}",
                "{\"id\":\"a\",}",
                "{'id':'a'}",
                "{\"id\":\"a\"/**/}",
                "{\"id\":\"a\nb\"}",
                "{id:\"a\"}",
                "{\"id\":\"\\x\"}",
                "{\"id\":\"a\"",
                "",
                " "
            })
    void what_is_not_strictly_json_is_refused(String json) {
        var record = Json.of(Login.class);
        assertThatIllegalArgumentException().isThrownBy(() -> read(record, json));
        assertThatIllegalArgumentException().isThrownBy(() -> read(Json.node(), json));
        assertThatIllegalArgumentException().isThrownBy(() -> read(Json.map(), json));
    }

    @ParameterizedTest
    @ValueSource(ints = {0xc0af, 0xeda080, 0xf4908080, 0xff, 0x80, 0xe282, 0xe08080})
    void malformed_utf8_is_refused(int bad) {
        var bytes = BigInteger.valueOf(bad & 0xffffffffL).toByteArray();
        var stray = bytes[0] == 0 ? Arrays.copyOfRange(bytes, 1, bytes.length) : bytes;
        var json = new byte[stray.length + 2];
        json[0] = '"';
        System.arraycopy(stray, 0, json, 1, stray.length);
        json[json.length - 1] = '"';
        for (var undecodable : new byte[][] {json, stray}) {
            assertThat(fault(undecodable)).isEqualTo(UnreadableJsonException.Fault.ENCODING);
        }
    }

    private static UnreadableJsonException.Fault fault(byte[] json) {
        return catchThrowableOfType(
                        UnreadableJsonException.class, () -> Json.node().decode(json))
                .fault();
    }

    @Test
    void a_replacement_character_that_was_written_is_read() {
        assertThat(read(Json.node(), "\"\uFFFD\"").stringValue()).isEqualTo("\uFFFD");
    }

    @Test
    void other_encodings_are_refused() {
        var utf16 = "{\"id\":\"a\"}".getBytes(java.nio.charset.StandardCharsets.UTF_16LE);
        assertThatIllegalArgumentException().isThrownBy(() -> Json.node().decode(utf16));
    }

    @Test
    void sizes_are_bounded() {
        var node = Json.node();
        read(node, "[".repeat(100) + "]".repeat(100));
        read(node, "1".repeat(1000));
        read(node, "-" + "1".repeat(1000));
        read(node, "0." + "1".repeat(998));
        read(node, "{\"" + "n".repeat(1024) + "\":1}");
        assertThatIllegalArgumentException().isThrownBy(() -> read(node, "[".repeat(101) + "]".repeat(101)));
        assertThatIllegalArgumentException().isThrownBy(() -> read(node, "[".repeat(60_000)));
        assertThatIllegalArgumentException().isThrownBy(() -> read(node, "1".repeat(1001)));
        assertThatIllegalArgumentException().isThrownBy(() -> read(node, "-" + "1".repeat(1001)));
        assertThatIllegalArgumentException().isThrownBy(() -> read(node, "0." + "1".repeat(999)));
        assertThatIllegalArgumentException().isThrownBy(() -> read(node, "{\"" + "n".repeat(1025) + "\":1}"));
        var record = Json.of(Login.class);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> read(record, "{\"id\":\"a\",\"x\":" + "1".repeat(1001) + "}"));
    }

    @Test
    void what_would_not_be_read_is_not_written() {
        var map = Json.map();
        assertThatIllegalArgumentException().isThrownBy(() -> map.encode(Map.of("x", Double.NaN)));
        assertThatIllegalArgumentException().isThrownBy(() -> map.encode(Map.of("x", Double.NEGATIVE_INFINITY)));
        assertThatIllegalArgumentException().isThrownBy(() -> map.encode(Map.of("x", "\ud800")));
        assertThatIllegalArgumentException().isThrownBy(() -> map.encode(Map.of("\udc00", 1)));
        assertThatIllegalArgumentException().isThrownBy(() -> map.encode(Map.of("n".repeat(1025), 1)));
        assertThatIllegalArgumentException().isThrownBy(() -> map.encode(Map.of("x", BigInteger.TEN.pow(1000))));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Json.node().encode(JsonNodeFactory.instance.numberNode(Double.NaN)));
        var itself = new LinkedHashMap<String, Object>();
        itself.put("me", itself);
        assertThatIllegalArgumentException().isThrownBy(() -> map.encode(itself));
        var keys = new LinkedHashMap<Object, Object>();
        keys.put(1, 1);
        keys.put("1", 2);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Json.of(Object.class).encode(keys));
    }

    @Test
    void text_that_looks_like_what_is_refused_is_written() {
        for (var text : List.of("NaN", "Infinity", "\\uD800", "\ud83d\ude00")) {
            assertThat(read(Json.node(), written(Json.map(), Map.of("x", text)))
                            .get("x")
                            .stringValue())
                    .isEqualTo(text);
        }
    }

    sealed interface Shape permits Circle {}

    record Circle(double radius) implements Shape {}

    @JsonTypeInfo(use = JsonTypeInfo.Id.CLASS)
    interface Anything {}

    static final class Bean {
        public String name = "x";
    }

    record Holder(Thread thread) {}

    record ListHolder(List<InetAddress> hosts) {}

    record ArrayHolder(int[] values) {}

    record AnythingHolder(Anything anything) {}

    @ParameterizedTest
    @ValueSource(
            classes = {
                Thread.class,
                Runnable.class,
                Class.class,
                InetAddress.class,
                Shape.class,
                Anything.class,
                Bean.class,
                Holder.class,
                ListHolder.class,
                ArrayHolder.class,
                AnythingHolder.class,
                int[].class,
                float.class,
                byte.class,
                char.class,
                java.util.Date.class,
                java.io.File.class,
                Codec.class
            })
    void an_unusable_type_fails_when_the_codec_is_made(Class<?> type) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Json.of(type))
                .withMessageContaining("JSON cannot be bound to");
    }

    @Test
    void an_unusable_value_inside_a_map_is_not_written() {
        assertThatIllegalArgumentException().isThrownBy(() -> Json.map().encode(Map.of("x", new Bean())));
        assertThatIllegalArgumentException().isThrownBy(() -> Json.map().encode(Map.of("x", Thread.currentThread())));
    }

    @Test
    void messages_do_not_quote_the_payload() {
        var codec = Json.of(Numbers.class);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> read(codec, "{\"count\":\"sekrit\"}"))
                .withMessage("the JSON is not that of a Numbers")
                .withNoCause();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> read(codec, "{\"sekrit\""))
                .withMessage("not JSON: punctuation is missing, at character 9");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"NaN\"", "\"1\"", "\"\"", "true", "[]", "{}"})
    void a_number_of_any_kind_is_read_from_a_number(String json) {
        var codec = Json.of(Number.class);
        assertThat(read(codec, "12")).isEqualTo(12);
        assertThatIllegalArgumentException().isThrownBy(() -> read(codec, json));
    }

    @Test
    void null_is_refused_at_once() {
        assertThatNullPointerException().isThrownBy(() -> Json.of((Class<Login>) null));
        assertThatNullPointerException().isThrownBy(() -> Json.of(Login.class).encode(null));
        assertThatNullPointerException().isThrownBy(() -> Json.of(Login.class).decode(null));
        assertThatNullPointerException().isThrownBy(() -> Json.node().encode(null));
    }
}
