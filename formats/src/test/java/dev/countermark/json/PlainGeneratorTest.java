package dev.countermark.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the codec writes is what Jackson's own generator writes, byte for byte. */
class PlainGeneratorTest {

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
            BigInteger huge,
            BigDecimal exact,
            boolean flag,
            Colour colour,
            Instant time,
            UUID id,
            Optional<String> maybe,
            List<Leaf> leaves,
            List<String> texts,
            Leaf leaf,
            byte[] bytes,
            Map<String, Object> map) {}

    record Scalars(@Nullable String text, int small, long large, double real, BigInteger huge, List<Leaf> leaves) {}

    record Renamed(
            @JsonProperty("a \"quoted\" näme") String text,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            String absent) {}

    record Inner(String name) {}

    record Outer(String name, @JsonUnwrapped Inner inner) {}

    private static void assertSame(Object value) {
        @SuppressWarnings("unchecked")
        var codec = (dev.countermark.Codec<Object>) (dev.countermark.Codec<?>) Json.of(value.getClass());
        assertThat(new String(codec.encode(value), java.nio.charset.StandardCharsets.UTF_8))
                .isEqualTo(new String(
                        StrictMapper.INSTANCE.writeValueAsBytes(value), java.nio.charset.StandardCharsets.UTF_8));
    }

    private static boolean isPlain(Object value) {
        var generator = new PlainGenerator();
        StrictMapper.INSTANCE.writerFor(value.getClass()).writeValue(generator, value);
        return generator.bytesOrNull() != null;
    }

    private static String text(Random random) {
        var text = new StringBuilder();
        int length = random.nextInt(40);
        for (int i = 0; i < length; i++) {
            switch (random.nextInt(8)) {
                case 0 -> text.append((char) random.nextInt(0x20));
                case 1 -> text.append("\"\\/\u007f\u0080\u2028".charAt(random.nextInt(6)));
                case 2 -> text.append((char) (0x80 + random.nextInt(0x780)));
                case 3 -> text.append((char) (0x800 + random.nextInt(0xd000)));
                case 4 -> text.appendCodePoint(0x10000 + random.nextInt(0x100000));
                default -> text.append((char) (' ' + random.nextInt(95)));
            }
        }
        return text.toString();
    }

    private static double real(Random random) {
        return switch (random.nextInt(4)) {
            case 0 -> random.nextInt(100);
            case 1 -> random.nextDouble();
            case 2 -> -0.0;
            default -> {
                double any = Double.longBitsToDouble(random.nextLong());
                yield Double.isFinite(any) ? any : 1e300;
            }
        };
    }

    @ParameterizedTest
    @ValueSource(longs = {3, 5, 8})
    void writes_what_jackson_writes(long seed) {
        var random = new Random(seed);
        for (int i = 0; i < 400; i++) {
            var leaves = new ArrayList<Leaf>();
            for (int n = random.nextInt(4); n > 0; n--) {
                leaves.add(
                        new Leaf(random.nextInt(5) == 0 ? null : text(random), random.nextInt(), random.nextBoolean()));
            }
            var scalars = new Scalars(
                    text(random),
                    random.nextInt(),
                    random.nextLong(),
                    real(random),
                    new BigInteger(random.nextInt(200), random),
                    leaves);
            assertThat(isPlain(scalars)).as("seed %d, value %d", seed, i).isTrue();
            assertSame(scalars);
            assertSame(new Everything(
                    text(random),
                    random.nextInt(),
                    random.nextLong(),
                    real(random),
                    new BigInteger(random.nextInt(100), random),
                    new BigDecimal("1.50"),
                    random.nextBoolean(),
                    Colour.values()[random.nextInt(2)],
                    Instant.ofEpochSecond(random.nextInt()),
                    new UUID(random.nextLong(), random.nextLong()),
                    Optional.of(text(random)),
                    leaves,
                    List.of(text(random), text(random)),
                    new Leaf(null, 1, true),
                    text(random).getBytes(java.nio.charset.StandardCharsets.UTF_8),
                    Map.of(text(random), List.of(1, "two"))));
        }
    }

    @Test
    void writes_names_as_jackson_does_and_leaves_out_what_jackson_leaves_out() {
        assertSame(new Renamed("x", null));
        assertSame(new Renamed("x", "y"));
    }

    @Test
    void leaves_two_members_of_one_name_for_jackson_to_refuse() {
        assertThat(isPlain(new Outer("one", new Inner("two")))).isFalse();
        assertThatThrownBy(() -> Json.of(Outer.class).encode(new Outer("one", new Inner("two"))))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void leaves_lone_surrogates_and_what_is_no_number_to_be_refused() {
        assertThatThrownBy(() -> Json.of(Leaf.class).encode(new Leaf("\ud800", 1, true)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Json.of(Leaf.class).encode(new Leaf("\ud800x", 1, true)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() ->
                        Json.of(Scalars.class).encode(new Scalars("x", 1, 1, Double.NaN, BigInteger.ONE, List.of())))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() ->
                        Json.of(Scalars.class).encode(new Scalars("x", 1, 1, 1, BigInteger.TEN.pow(1_000), List.of())))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
