package dev.countermark.server.forward;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HeaderTextTest {

    @ParameterizedTest
    @ValueSource(strings = {"ada", "ada@example.com", "user:42", "team/ci_build-7.1~x"})
    void usual_names_stand_for_themselves(String subject) {
        assertThat(HeaderText.encode(subject)).isEqualTo(subject);
    }

    /** Expected values: encodeURIComponent of Node.js 20; it would encode {@code @ : /} too, and leave {@code ! ' ( ) *}. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "Ada Lovelace|Ada%20Lovelace",
                "a%20b|a%2520b",
                "100%|100%25",
                "é|%C3%A9",
                "日本|%E6%97%A5%E6%9C%AC",
                "😀|%F0%9F%98%80",
                "a,b;c|a%2Cb%3Bc",
                "a+b|a%2Bb",
                " a |%20a%20",
                "\"q\"|%22q%22",
            })
    void everything_else_is_percent_encoded_utf_8(String subject, String value) {
        assertThat(HeaderText.encode(subject)).isEqualTo(value);
    }

    @Test
    void a_line_break_ends_no_header() {
        assertThat(HeaderText.encode("ada\r\nX-Auth-Scopes: admin")).isEqualTo("ada%0D%0AX-Auth-Scopes:%20admin");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void two_texts_never_share_a_value_and_every_decoder_gives_the_text_back(long seed) {
        var random = new Random(seed);
        var seen = new HashMap<String, String>();
        for (int i = 0; i < 2000; i++) {
            var text = random(random);
            var value = HeaderText.encode(text);
            assertThat(value).as("seed %d", seed).matches("[!-~]*");
            assertThat(URLDecoder.decode(value, StandardCharsets.UTF_8))
                    .as("seed %d", seed)
                    .isEqualTo(text);
            // RFC 3986, which does not take a plus for a space. (Two slashes would begin an authority.)
            assertThat(URI.create("x:/-" + value).getPath()).as("seed %d", seed).isEqualTo("/-" + text);
            var other = seen.put(value, text);
            assertThat(other == null || other.equals(text)).as("seed %d", seed).isTrue();
        }
    }

    private static String random(Random random) {
        var text = new StringBuilder();
        int length = random.nextInt(12);
        while (text.length() < length) {
            int c = switch (random.nextInt(4)) {
                case 0 -> random.nextInt(0x80);
                case 1 -> "%2 +/:@é".charAt(random.nextInt(8));
                case 2 -> random.nextInt(0x3000);
                default -> random.nextInt(Character.MAX_CODE_POINT + 1);
            };
            if (c < Character.MIN_SURROGATE || c > Character.MAX_SURROGATE) {
                text.appendCodePoint(c);
            }
        }
        return text.toString();
    }
}
