package dev.countermark.frameworks;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every row is what {@code decodeURIComponent} of Node.js 20 makes of the text; where it throws, Express keeps the text. */
class PercentCodingTest {

    @ParameterizedTest
    @CsvSource({
        "a, a",
        "%41, A",
        "x%41, xA",
        "%61%62c, abc",
        "%C3%A9, é",
        "é%41, éA",
        "%41é, Aé",
        "%41\u007f, A\u007f",
        "%41\u0080, A\u0080",
        "😀%41, 😀A",
        "%41😀, A😀",
        "%f0%9f%98%80, 😀",
        "%F0%9F%98%80, 😀",
        "%00, '\u0000'",
        "%7f, '\u007f'",
        "%0a, '\n'",
        "%09, '\t'",
        "a+b, a+b",
        "a+b%20c, a+b c",
    })
    void escapes_are_bytes_of_utf_8(String text, String value) {
        assertThat(PercentCoding.JAVASCRIPT.decode(text)).isEqualTo(value);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "%",
                "%4",
                "a%2",
                "%20%",
                "%C3",
                "%E9",
                "%zz",
                "%2x",
                "%x2",
                "%/0",
                "%:0",
                "%0/",
                "%0:",
                "%@0",
                "%`0",
                "%0@",
                "%0`",
                "%g0",
                "%G0",
                "%0g",
                "%0G",
                "%ff",
                "%c3%",
                "%ed%a0%80",
                "%c0%80"
            })
    void what_is_no_escape_leaves_the_text_as_it_is(String text) {
        assertThat(PercentCoding.JAVASCRIPT.decode(text)).isEqualTo(text);
        assertThat(PercentCoding.RACK.decode(text)).isEqualTo(text);
    }

    /** Ruby 3.1, {@code URI.decode_www_form_component}. */
    @ParameterizedTest
    @CsvSource({"a+b, a b", "a%2Bb, a+b", "+, ' '", "%41+, 'A '", "é+, 'é '"})
    void a_plus_is_a_space_in_ruby(String text, String value) {
        assertThat(PercentCoding.RACK.decode(text)).isEqualTo(value);
    }

    /** Half a character has no UTF-8, and must not become a question mark that somebody signed. */
    @Test
    void half_a_character_is_not_replaced() {
        for (var text : new String[] {"%41\ud83d", "\ud83d%41", "%41\ude00a", "\ud83d\ud83d%41"}) {
            assertThat(PercentCoding.JAVASCRIPT.decode(text)).isEqualTo(text);
        }
    }

    /** Node.js 20, {@code encodeURIComponent}; Ruby 3.1, {@code URI.encode_www_form_component}. */
    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            value = {
                "azAZ09, azAZ09, azAZ09",
                "`{@[/:, %60%7B%40%5B%2F%3A, %60%7B%40%5B%2F%3A",
                "\u007f\u0080, %7F%C2%80, %7F%C2%80",
                "-_.~*, -_.~*, -_.%7E*",
                "!(), !(), %21%28%29",
                "a +%, a%20%2B%25, a+%2B%25",
            })
    void letters_digits_and_a_few_marks_stay(String value, String javascript, String ruby) {
        assertThat(PercentCoding.JAVASCRIPT.encode(value)).isEqualTo(javascript);
        assertThat(PercentCoding.RACK.encode(value)).isEqualTo(ruby);
    }
}
