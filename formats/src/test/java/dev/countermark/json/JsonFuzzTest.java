package dev.countermark.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.countermark.Codec;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.json.JsonMapper;

/**
 * Random and damaged JSON: a value or an IllegalArgumentException, never anything else. A million for each seed with
 * {@code -Dcountermark.texts=1000000}.
 */
class JsonFuzzTest {

    record Session(String id, int count, double share, List<String> roles, Map<String, Object> rest) {}

    private static final int ROUNDS = Integer.getInteger("countermark.texts", 60_000);

    private static final String[] PIECES = {
        "{",
        "}",
        "[",
        "]",
        ",",
        ":",
        "\"",
        "\\",
        "\\u",
        "d83d",
        "\\ud800",
        "\\udc00",
        "true",
        "false",
        "null",
        "NaN",
        "Infinity",
        "-",
        "0",
        "1",
        "01",
        ".",
        "e",
        "E+",
        "400",
        "1e400",
        "9223372036854775808",
        " ",
        "\n",
        "\t",
        "\u0000",
        "\u007f",
        "\u2028",
        "é",
        "😀",
        "\uFEFF",
        "\"id\"",
        "\"count\"",
        "\"share\"",
        "\"roles\"",
        "\"rest\"",
        "\"a\":1",
        "/**/",
        "'",
        "[[[[[[[[[[",
        "]]]]]]]]]]",
        "{\"a\":"
    };

    private static final byte[] SEED =
            "{\"id\":\"\\u00e9\\ud83d\\ude00\",\"count\":12,\"share\":-1.5e3,\"roles\":[\"a\",\"b\"],\"rest\":{\"x\":[null,true,{}]}}"
                    .getBytes(UTF_8);

    private static final ObjectReader JACKSON = JsonMapper.builder()
            .enable(tools.jackson.databind.DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build()
            .readerFor(JsonNode.class)
            .with(StreamReadFeature.STRICT_DUPLICATE_DETECTION);

    private static byte[] input(Random random) {
        if (random.nextInt(4) > 0) {
            var bytes = SEED.clone();
            for (int changes = random.nextInt(4); changes >= 0; changes--) {
                int at = random.nextInt(bytes.length);
                bytes[at] = switch (random.nextInt(3)) {
                    case 0 -> (byte) random.nextInt();
                    case 1 -> bytes[random.nextInt(bytes.length)];
                    default -> (byte) (bytes[at] ^ 1 << random.nextInt(8));
                };
            }
            return bytes;
        }
        var text = new StringBuilder();
        for (int pieces = random.nextInt(20); pieces >= 0; pieces--) {
            text.append(PIECES[random.nextInt(PIECES.length)]);
        }
        return text.toString().getBytes(UTF_8);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void reading_answers_with_a_value_or_an_illegal_argument(long seed) {
        var random = new Random(seed);
        var codecs = List.<Codec<?>>of(
                Json.of(Session.class),
                Json.node(),
                Json.map(),
                PythonJson.standard(),
                PythonJson.standard().lenient(),
                PythonJson.standard().unbounded());
        int read = 0;
        for (int round = 0; round < ROUNDS; round++) {
            var codec = codecs.get(round % codecs.size());
            read += reads(codec, input(random), seed, round) ? 1 : 0;
        }
        assertThat(read).isGreaterThan(ROUNDS / 100);
    }

    private static boolean reads(Codec<?> codec, byte[] bytes, long seed, int round) {
        try {
            return codec.decode(bytes) != null;
        } catch (IllegalArgumentException e) {
            return false;
        } catch (RuntimeException | Error e) {
            return fail("seed " + seed + ", round " + round, e);
        }
    }

    /** Two readers that share nothing agree, except where ours is stricter by intention. */
    @ParameterizedTest
    @ValueSource(longs = {11, 12})
    void strict_reading_agrees_with_jackson(long seed) {
        var random = new Random(seed);
        for (int round = 0; round < ROUNDS / 5; round++) {
            var bytes = input(random);
            var ours = treeOrNull(Json.node(), bytes);
            var theirs = jacksonOrNull(bytes);
            boolean agreed = ours != null ? ours.equals(theirs) : theirs == null || isOnlyLenientlyRead(bytes);
            if (!agreed) {
                fail("seed %s, round %s: %s", seed, round, new String(bytes, UTF_8));
            }
        }
    }

    private static JsonNode treeOrNull(Codec<JsonNode> codec, byte[] bytes) {
        try {
            return codec.decode(bytes);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    /** From text: from bytes, Jackson takes "1\\0" for UTF-16. */
    private static JsonNode jacksonOrNull(byte[] bytes) {
        try {
            var tree = JACKSON.<JsonNode>readValue(new String(bytes, UTF_8));
            return tree.isMissingNode() ? null : tree;
        } catch (JacksonException e) {
            return null;
        }
    }

    /** Lone surrogates and numbers beyond a double; malformed UTF-8, of which Jackson refuses less; a byte-order mark. */
    private static boolean isOnlyLenientlyRead(byte[] bytes) {
        return treeOrNull(PythonJson.standard().unbounded(), bytes) != null
                || !isUtf8(bytes)
                || new String(bytes, UTF_8).startsWith("\uFEFF");
    }

    private static boolean isUtf8(byte[] bytes) {
        try {
            Unicode.text(bytes);
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
