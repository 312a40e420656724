package dev.countermark.encoding;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Base64;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Base64UrlTest {

    private static final Base64.Encoder JDK = Base64.getUrlEncoder().withoutPadding();

    @Test
    void writes_what_the_jdk_writes() {
        var random = new Random(4648);
        for (int length = 0; length < 500; length++) {
            var bytes = new byte[length];
            random.nextBytes(bytes);
            var text = Base64Url.encode(bytes);
            assertThat(text).as("seed 4648, length %d", length).isEqualTo(JDK.encodeToString(bytes));
            assertThat(Base64Url.decodeOrNull(text)).isEqualTo(bytes);
            assertThat(Base64Url.encodedLength(length)).isEqualTo(text.length());
            var within = new byte[text.length() + 3];
            assertThat(Base64Url.encode(bytes, within, 3)).isEqualTo(within.length);
            assertThat(within).asString(ISO_8859_1).isEqualTo("\0\0\0" + text);
            var inPlace = Arrays.copyOf(bytes, text.length());
            assertThat(Base64Url.encodeInPlace(inPlace, 0, length)).isEqualTo(text.length());
            assertThat(inPlace).asString(ISO_8859_1).isEqualTo(text);
        }
    }

    /** Around the lengths where the platform's base64 takes over, and where its pieces meet. */
    @ParameterizedTest
    @ValueSource(ints = {6_143, 6_144, 6_145, 6_146, 12_287, 12_288, 12_289, 100_001})
    void writes_and_reads_long_texts_as_the_jdk_does(int length) {
        var bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        var text = Base64Url.encode(bytes);
        assertThat(text).isEqualTo(JDK.encodeToString(bytes));
        assertThat(Base64Url.decodeOrNull(text)).isEqualTo(bytes);
        var within = ("x" + text + "yz").getBytes(ISO_8859_1);
        assertThat(Base64Url.decodeOrNull(within, 1, within.length - 2)).isEqualTo(bytes);
    }

    /** Any change of one character gives the text of other bytes, or the text of none. */
    @ParameterizedTest
    @ValueSource(ints = {69, 70, 71, 72, 73, 74, 150, 6_145, 12_290})
    void reads_only_the_one_text_of_many_characters(int length) {
        var bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        var text = JDK.encode(bytes);
        int step = text.length < 500 ? 1 : 97;
        for (int i = 0; i < text.length; i += text.length - i < 12 || i % 8_192 > 8_180 ? 1 : step) {
            for (char c : "=+/\n \0\u00e9\u00ffAQgw_-".toCharArray()) {
                var changed = text.clone();
                changed[i] = (byte) c;
                var read = Base64Url.decodeOrNull(changed, 0, changed.length);
                if (read != null) {
                    assertThat(JDK.encode(read)).isEqualTo(changed);
                } else {
                    boolean unusedBits = i == text.length - 1 && text.length % 4 != 0;
                    assertThat("AQgw_-".indexOf(c) < 0 || unusedBits).isTrue();
                }
            }
            if (i > 0) {
                var padded = text.clone();
                padded[i - 1] = '=';
                padded[i] = '=';
                assertThat(Base64Url.decodeOrNull(padded, 0, padded.length)).isNull();
            }
        }
    }

    @Test
    void reads_only_the_one_text_of_any_two_or_three_characters() {
        for (int length = 2; length <= 3; length++) {
            var text = new byte[length];
            for (int i = 0; i < 1 << 8 * length; i += length == 2 ? 1 : 7) {
                for (int at = 0; at < length; at++) {
                    text[at] = (byte) (i >> 8 * at);
                }
                var bytes = Base64Url.decodeOrNull(text, 0, length);
                if (bytes != null) {
                    assertThat(JDK.encode(bytes)).isEqualTo(text);
                }
            }
        }
    }

    @Test
    void reads_every_canonical_text_of_two_bytes() {
        for (int i = 0; i < 1 << 16; i++) {
            var bytes = new byte[] {(byte) (i >> 8), (byte) i};
            assertThat(Base64Url.decodeOrNull(JDK.encodeToString(bytes))).isEqualTo(bytes);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "A",
                "AAAAA",
                "QQ==",
                "QR",
                "QUF",
                "Q Q=",
                "Q+",
                "Q/",
                "QQ\n",
                "QUJD\u0000",
                "QUJ\u0141",
                "é",
                "AA~A"
            })
    void refuses_what_it_does_not_write(String text) {
        assertThat(Base64Url.decodeOrNull(text)).isNull();
    }

    @Test
    void compares_a_text_with_the_bytes_it_should_stand_for() {
        var random = new Random(7);
        for (int length = 0; length < 70; length++) {
            var bytes = new byte[length];
            random.nextBytes(bytes);
            var text = ("<" + JDK.encodeToString(bytes) + ">").getBytes(ISO_8859_1);
            assertThat(Base64Url.isTextOf(bytes, text, 1, text.length - 1)).isTrue();
            assertThat(Base64Url.isTextOf(bytes, text, 1, text.length)).isFalse();
            for (int at = 1; at < text.length - 1; at++) {
                for (int bit = 0; bit < 8; bit++) {
                    var changed = Arrays.copyOf(text, text.length);
                    changed[at] ^= (byte) (1 << bit);
                    assertThat(Base64Url.isTextOf(bytes, changed, 1, text.length - 1))
                            .isFalse();
                }
            }
        }
    }
}
