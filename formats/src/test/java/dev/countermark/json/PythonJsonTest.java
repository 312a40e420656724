package dev.countermark.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.JsonNodeFactory;

/** What the vectors do not say: the strict side, limits, and types of Java. Expected texts are CPython's. */
class PythonJsonTest {

    private final PythonJson json = PythonJson.standard();
    private final PythonJson lenient = json.lenient();

    private static Map<Object, Object> map(Object... keysAndValues) {
        var map = new LinkedHashMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            map.put(keysAndValues[i], keysAndValues[i + 1]);
        }
        return map;
    }

    @Test
    void options_are_those_of_dumps() {
        var value = map("b", "é", "a", Arrays.asList(1, 2.0, null));
        assertThat(json.dumps(value)).isEqualTo("{\"b\": \"\\u00e9\", \"a\": [1, 2.0, null]}");
        assertThat(json.compact().dumps(value)).isEqualTo("{\"b\":\"\\u00e9\",\"a\":[1,2.0,null]}");
        assertThat(json.compact().unescaped().dumps(value)).isEqualTo("{\"b\":\"é\",\"a\":[1,2.0,null]}");
        assertThat(json.sortedKeys().dumps(value)).isEqualTo("{\"a\": [1, 2.0, null], \"b\": \"\\u00e9\"}");
    }

    @Test
    void trees_are_written_as_the_values_that_they_hold() {
        var text = "{\"b\": [1, 9223372036854775808, 5e-324, true, null, \"x\"], \"a\": {}}";
        assertThat(new String(json.encode(json.decode(text.getBytes(UTF_8))), UTF_8))
                .isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "NaN",
                "[Infinity]",
                "{\"a\": -Infinity}",
                "\"\\ud800\"",
                "\"\\udc00\\ud800\"",
                "{\"\\ud800\": 1}"
            })
    void what_only_python_takes_for_json_is_opted_into(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> json.loads(text));
        assertThatIllegalArgumentException().isThrownBy(() -> json.dumps(lenient.loads(text)));
        assertThat(lenient.dumps(lenient.loads(text))).isEqualTo(text);
    }

    @Test
    void a_repeated_name_keeps_the_place_of_the_first_and_the_value_of_the_last() {
        assertThat(lenient.dumps(lenient.loads("{\"a\": 1, \"b\": 2, \"a\": 3}")))
                .isEqualTo("{\"a\": 3, \"b\": 2}");
    }

    @Test
    void keys_with_one_text_are_both_written_by_the_lenient_alone() {
        assertThat(lenient.dumps(map(1, "a", "1", "b"))).isEqualTo("{\"1\": \"a\", \"1\": \"b\"}");
        assertThatIllegalArgumentException().isThrownBy(() -> json.dumps(map(1, "a", "1", "b")));
    }

    @Test
    void keys_become_text() {
        assertThat(json.dumps(map(1, 1, 2.5, 2, true, 3, null, 4, new BigInteger("9223372036854775808"), 5)))
                .isEqualTo("{\"1\": 1, \"2.5\": 2, \"true\": 3, \"null\": 4, \"9223372036854775808\": 5}");
    }

    @Test
    void keys_are_sorted_before_they_become_text_and_by_code_point() {
        assertThat(json.sortedKeys().dumps(map(10, 1, 9, 2, 9.5, 3, true, 4)))
                .isEqualTo("{\"true\": 4, \"9\": 2, \"9.5\": 3, \"10\": 1}");
        assertThat(json.sortedKeys().dumps(map("\ud83d\ude00", 1, "\uffff", 2, "a", 3, "", 4)))
                .isEqualTo("{\"\": 4, \"a\": 3, \"\\uffff\": 2, \"\\ud83d\\ude00\": 1}");
        assertThat(lenient.sortedKeys().dumps(map("\ud83d\ude00", 1, "\ud83d\uffff", 2)))
                .isEqualTo("{\"\\ud83d\\uffff\": 2, \"\\ud83d\\ude00\": 1}");
        double infinity = Double.POSITIVE_INFINITY;
        assertThat(lenient.sortedKeys().dumps(map(infinity, 1, 2, 2, -infinity, 3, 1.5, 4)))
                .isEqualTo("{\"-Infinity\": 3, \"1.5\": 4, \"2\": 2, \"Infinity\": 1}");
        for (var mixed :
                List.of(map(1, 1, "a", 2), map(null, 1, 2, 2), map(Double.NaN, 1, 2.0, 2), map(infinity, 1, "a", 2))) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> lenient.sortedKeys().dumps(mixed));
        }
    }

    @Test
    void lone_surrogates_have_no_utf8_form() {
        var tree = lenient.loads("\"\\ud800\"");
        assertThat(new String(lenient.encode(tree), UTF_8)).isEqualTo("\"\\ud800\"");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> lenient.unescaped().encode(tree));
    }

    @Test
    void numbers_beyond_a_double_are_read_only_without_bounds() {
        assertThat(lenient.unbounded().dumps(lenient.unbounded().loads("[1e400, -1e400]")))
                .isEqualTo("[Infinity, -Infinity]");
        for (var text : List.of("1e400", "-1e400", "1E+2147483648", "{\"n\":1e999999999}")) {
            assertThatIllegalArgumentException().isThrownBy(() -> json.loads(text));
            assertThatIllegalArgumentException().isThrownBy(() -> lenient.loads(text));
        }
        assertThat(lenient.loads("1e-400").doubleValue()).isZero();
    }

    @Test
    void integers_have_at_most_the_digits_that_python_reads() {
        var all = json.unbounded();
        assertThat(all.loads("1".repeat(4300)).bigIntegerValue()).isEqualTo(new BigInteger("1".repeat(4300)));
        assertThatIllegalArgumentException().isThrownBy(() -> all.loads("1".repeat(4301)));
        assertThatIllegalArgumentException().isThrownBy(() -> all.dumps(BigInteger.TEN.pow(4300)));
        assertThatIllegalArgumentException().isThrownBy(() -> lenient.loads("1".repeat(1001)));
        assertThatIllegalArgumentException().isThrownBy(() -> lenient.dumps(BigInteger.TEN.pow(1000)));
    }

    @Test
    void nesting_is_bounded_both_ways() {
        for (var codec : List.of(json, lenient, json.unbounded())) {
            codec.loads("[".repeat(100) + "]".repeat(100));
            assertThatIllegalArgumentException().isThrownBy(() -> codec.loads("[".repeat(101) + "]".repeat(101)));
            assertThatIllegalArgumentException().isThrownBy(() -> codec.loads("{\"a\":".repeat(60_000)));
            var itself = new ArrayList<Object>();
            itself.add(itself);
            assertThatIllegalArgumentException().isThrownBy(() -> codec.dumps(itself));
        }
    }

    @Test
    void values_that_python_cannot_write_are_refused() {
        var nodes = JsonNodeFactory.instance;
        for (var value : List.of(
                new byte[1],
                new int[1],
                BigDecimal.ONE,
                1f,
                'c',
                new Object(),
                map(List.of(1), 1),
                nodes.binaryNode(new byte[1]),
                nodes.numberNode(BigDecimal.ONE),
                nodes.missingNode(),
                nodes.pojoNode("x"))) {
            assertThatIllegalArgumentException().isThrownBy(() -> lenient.dumps(value));
        }
    }

    @Test
    void names_that_share_a_hash_are_read_in_linear_time() {
        var text = new StringBuilder("{");
        for (int i = 0; i < 4096; i++) {
            var name = new StringBuilder();
            for (int bit = 0; bit < 12; bit++) {
                name.append((i >> bit & 1) == 0 ? "Aa" : "BB");
            }
            text.append(i == 0 ? "" : ",").append('"').append(name).append("\":1");
        }
        assertThat(json.loads(text.append('}').toString()).size()).isEqualTo(4096);
    }
}
