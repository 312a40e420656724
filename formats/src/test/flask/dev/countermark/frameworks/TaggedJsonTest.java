package dev.countermark.frameworks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tags around what Flask never writes there: what {@code TaggedJSONSerializer.loads} of Flask 2.2.2 makes of them. */
class TaggedJsonTest {

    private static @Nullable Object lenient(String json) {
        return ((Map<?, ?>) TaggedJson.LENIENT.decode(json.getBytes(StandardCharsets.UTF_8))).get("a");
    }

    private static void is(String json, @Nullable Object value) {
        assertThat(lenient("{\"a\":" + json + "}")).as(json).isEqualTo(value);
        refusedWhenStrict(json);
    }

    private static void refusedWhenStrict(String json) {
        assertThatIllegalArgumentException()
                .as(json)
                .isThrownBy(() -> TaggedJson.STRICT.decode(("{\"a\":" + json + "}").getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void markup_is_made_of_anything() {
        is("{\" m\":true}", new FlaskSession.Markup("True"));
        is("{\" m\":false}", new FlaskSession.Markup("False"));
        is("{\" m\":null}", new FlaskSession.Markup("None"));
        is("{\" m\":5}", new FlaskSession.Markup("5"));
        is("{\" m\":{\" m\":\"x\"}}", new FlaskSession.Markup("x"));
        is("{\" m\":[]}", new FlaskSession.Markup("[]"));
        is("{\" m\":{}}", new FlaskSession.Markup("{}"));
        is("{\" m\":1e16}", new FlaskSession.Markup("1e+16"));
        is("{\" m\":NaN}", new FlaskSession.Markup("nan"));
        is(
                "{\" m\":[null,true,-0.0,123456789012345678901,\"it's \\\"x\\\"\",\"\\u00e9\\u2028\\ud83d\\ude00\\n\"]}",
                new FlaskSession.Markup("[None, True, -0.0, 123456789012345678901, 'it\\'s \"x\"',"
                        + " '\u00e9\\u2028\ud83d\ude00\\n']"));
        is(
                "{\" m\":{\"a\":[1,[2,{}]],\"b\":{\"c\":\"d\"}}}",
                new FlaskSession.Markup("{'a': [1, [2, {}]], 'b': {'c': 'd'}}"));
        is("{\" m\":{\" di\":{\"x__\":1}}}", new FlaskSession.Markup("{'x': 1}"));
    }

    /** Python doubles the backslashes with each: some hundred bytes would become a text without end. */
    @Test
    void markup_of_what_holds_markup_is_refused() {
        var nested = "{\"a\":" + "{\" m\":[".repeat(40) + "\"'\\\"\"" + "]}".repeat(40) + "}";
        assertThatIllegalArgumentException().isThrownBy(() -> lenient(nested));
        for (var inner : List.of("{\" m\":\"x\"}", "{\" t\":[]}", "{\" b\":\"\"}")) {
            assertThatIllegalArgumentException()
                    .as(inner)
                    .isThrownBy(() -> lenient("{\"a\":{\" m\":[" + inner + "]}}"));
        }
    }

    @Test
    void what_python_counts_as_nothing_is_no_date() {
        for (var nothing : List.of(
                "[]",
                "{}",
                "0",
                "0.0",
                "false",
                "\"\"",
                "{\" t\":[]}",
                "{\" b\":\"\"}",
                "{\" b\":\"AQI=\"}",
                "{\" m\":\"\"}")) {
            is("{\" d\":" + nothing + "}", null);
        }
        for (var other : List.of("1", "true", "[1]", "{\"a\":1,\"b\":2}", "{\" t\":[1]}")) {
            assertThatIllegalArgumentException().as(other).isThrownBy(() -> lenient("{\"a\":{\" d\":" + other + "}}"));
            refusedWhenStrict("{\" d\":" + other + "}");
        }
    }

    @Test
    void bytes_are_made_of_bytes() {
        assertThat((byte[]) lenient("{\"a\":{\" b\":{\" b\":\"QUFBQQ==\"}}}")).containsExactly(0, 0, 0);
        refusedWhenStrict("{\" b\":{\" b\":\"QUFBQQ==\"}}");
        assertThatIllegalArgumentException().isThrownBy(() -> lenient("{\"a\":{\" b\":{\" b\":\"QUE=\"}}}"));
    }

    @Test
    void a_tuple_is_made_of_what_can_be_walked_through() {
        is("{\" t\":\"ab\"}", new FlaskSession.Tuple(List.of("a", "b")));
        is("{\" t\":{\"a\":1,\"b\":2}}", new FlaskSession.Tuple(List.of("a", "b")));
        is("{\" t\":{\" m\":\"ab\"}}", new FlaskSession.Tuple(List.of("a", "b")));
        is("{\" t\":{\" b\":\"AQL/\"}}", new FlaskSession.Tuple(List.of(1, 2, 255)));
        is("{\" t\":{\" t\":[\"c\"]}}", new FlaskSession.Tuple(List.of("c")));
    }

    @Test
    void a_dictionary_is_its_first_member_without_two_characters() {
        is("{\" di\":{\"a\":\"c\"}}", Map.of("", "c"));
        is("{\" di\":{\"ab__\":\"c\",\"c__\":2}}", Map.of("ab", "c"));
        assertThat(lenient("{\"a\":{\" di\":{\"__\":\"c\"}}}")).isEqualTo(Map.of("", "c"));
    }

    @Test
    void markup_is_text_everywhere() {
        assertThat((byte[]) lenient("{\"a\":{\" b\":{\" m\":\"AQI=\"}}}")).containsExactly(1, 2);
        refusedWhenStrict("{\" b\":{\" m\":\"AQI=\"}}");
        is("{\" d\":{\" m\":\"Sun, 03 Feb 2013 04:05:06 GMT\"}}", OffsetDateTime.parse("2013-02-03T04:05:06Z"));
        is(
                "{\" u\":{\" m\":\"0123456789abcdef0123456789abcdef\"}}",
                UUID.fromString("01234567-89ab-cdef-0123-456789abcdef"));
        is("{\" d\":\"x\"}", null);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{\" t\":5}", "{\" t\":null}", "{\" t\":true}", "{\" di\":{}}", "{\" di\":5}", "{\" di\":[]}"})
    void what_cannot_be_walked_through_is_refused(String json) {
        assertThatIllegalArgumentException().isThrownBy(() -> lenient("{\"a\":" + json + "}"));
        refusedWhenStrict(json);
    }

    /** Flask's {@code b64decode} overlooks what is no digit, and demands the padding. */
    @Test
    void bytes_have_other_spellings() {
        for (var spelling : List.of("AP8=\\n", "A!P8=", "AP9=")) {
            assertThat((byte[]) lenient("{\"a\":{\" b\":\"" + spelling + "\"}}"))
                    .as(spelling)
                    .containsExactly(0, 255);
            refusedWhenStrict("{\" b\":\"" + spelling + "\"}");
        }
        for (var none : List.of("A", "AP8", "\u00e9", "\\ud800", "AP8=\\udc00")) {
            assertThatIllegalArgumentException()
                    .as(none)
                    .isThrownBy(() -> lenient("{\"a\":{\" b\":\"" + none + "\"}}"));
            refusedWhenStrict("{\" b\":\"" + none + "\"}");
        }
    }

    @Test
    void an_id_and_a_date_have_other_spellings() {
        var id = UUID.fromString("12345678-1234-5678-1234-567812345678");
        is("{\" u\":\"12345678-1234-5678-1234-567812345678\"}", id);
        is("{\" u\":\"{12345678-1234-5678-1234-567812345678}\"}", id);
        is("{\" u\":\"urn:uuid:12345678-1234-5678-1234-567812345678\"}", id);
        is("{\" d\":\"Sun, 3 Feb 2013 04:05:06 GMT\"}", OffsetDateTime.parse("2013-02-03T04:05:06Z"));
        is("{\" d\":\"Sun, 03 Feb 2013 04:05:06 +0200\"}", OffsetDateTime.parse("2013-02-03T04:05:06+02:00"));
        assertThatIllegalArgumentException().isThrownBy(() -> lenient("{\"a\":{\" u\":\"x\"}}"));
    }

    /** {@code TaggedJSONSerializer().dumps} of a date, a naive date and time, one two hours east, and a decimal number. */
    @Test
    void dates_and_decimals_of_java_are_those_of_python() {
        var value = List.of(
                LocalDate.of(2013, 2, 3),
                LocalDateTime.of(2013, 2, 3, 4, 5, 6),
                ZonedDateTime.of(2013, 2, 3, 4, 5, 6, 0, ZoneId.of("Europe/Helsinki")),
                new BigDecimal("1.50"));
        assertThat(new String(TaggedJson.STRICT.encode(value), StandardCharsets.US_ASCII))
                .isEqualTo("[\"Sun, 03 Feb 2013 00:00:00 GMT\",{\" d\":\"Sun, 03 Feb 2013 04:05:06 GMT\"},"
                        + "{\" d\":\"Sun, 03 Feb 2013 02:05:06 GMT\"},\"1.50\"]");
    }
}
