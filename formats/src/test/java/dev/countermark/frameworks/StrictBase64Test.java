package dev.countermark.frameworks;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every row is what {@code Base64.urlsafe_decode64} and {@code strict_decode64} of Ruby 3.1.2 make of the text, in hex. */
class StrictBase64Test {

    @ParameterizedTest
    @CsvSource(
            nullValues = "null",
            value = {
                "'', '', ''",
                "QQ, 41, null",
                "QQ==, 41, 41",
                "QQ=, null, null",
                "QUI, 4142, null",
                "QUI=, 4142, 4142",
                "QUJD, 414243, 414243",
                "QUJDRA, 41424344, null",
                "QUJDRA==, 41424344, 41424344",
                "_-8, ffef, null",
                "_-8=, ffef, null",
                "/+8, ffef, null",
                "/+8=, ffef, ffef",
                "-_-_, fbffbf, null",
                "+/+/, fbffbf, fbffbf",
                "QR, null, null",
                "QR==, null, null",
                "Q, null, null",
                "=, null, null",
                "==, null, null",
                "====, null, null",
                "Q===, null, null",
                "QQ==QQ==, null, null"
            })
    void as_ruby_reads_it_wherever_it_stands(String text, String urlSafe, String strict) {
        for (int at : new int[] {0, 1, 7}) {
            // what stands around it would be read as padding, or as more of it
            var bytes = ("=".repeat(at) + text + "A=").getBytes(US_ASCII);
            int to = at + text.length();
            assertThat(hex(StrictBase64.decodeOrNull(bytes, at, to, true, false)))
                    .isEqualTo(urlSafe);
            assertThat(hex(StrictBase64.decodeOrNull(bytes, at, to, false, false)))
                    .isEqualTo(strict);
            var either = urlSafe == null ? strict : urlSafe;
            assertThat(hex(StrictBase64.decodeOrNull(bytes, at, to, true, true)))
                    .isEqualTo(either);
            assertThat(hex(StrictBase64.decodeOrNull(bytes, at, to, false, true)))
                    .isEqualTo(either);
        }
        var alone = text.getBytes(US_ASCII);
        assertThat(hex(StrictBase64.decodeOrNull(alone, 0, alone.length, true, false)))
                .isEqualTo(urlSafe);
    }

    private static String hex(byte[] bytes) {
        return bytes == null ? null : HexFormat.of().formatHex(bytes);
    }
}
