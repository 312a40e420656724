package dev.countermark.frameworks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Bytes of JSON become the text that CPython's {@code json.loads} would read. */
class DetectedTextTest {

    @Test
    void bytes_are_the_text_that_python_takes_them_for() throws IOException {
        int lines = 0;
        var file = Objects.requireNonNull(DetectedTextTest.class.getResourceAsStream("/vectors/detected-text.txt"));
        try (var reader = new BufferedReader(new InputStreamReader(file, StandardCharsets.US_ASCII))) {
            for (var line = reader.readLine(); line != null; line = reader.readLine()) {
                if (line.startsWith("#")) {
                    continue;
                }
                var bytes = bytes(line.substring(0, line.indexOf(' ')));
                var wanted = line.substring(line.indexOf(' ') + 1);
                if (wanted.equals("!")) {
                    assertThatIllegalArgumentException().as(line).isThrownBy(() -> DetectedText.of(bytes));
                } else {
                    assertThat(DetectedText.of(bytes))
                            .as(line)
                            .isEqualTo(ByteBuffer.wrap(bytes(wanted))
                                    .asCharBuffer()
                                    .toString());
                }
                lines++;
            }
        }
        assertThat(lines).isEqualTo(466);
    }

    /** ED A0 BD ED B8 80 is {@code '\\ud83d\\ude00'} in Python, two characters; in Java it would be U+1F600. */
    @Test
    void two_halves_that_stay_two_characters_in_python_are_refused() {
        assertThatIllegalArgumentException().isThrownBy(() -> DetectedText.of(bytes("22eda0bdedb88022")));
    }

    private static byte[] bytes(String hexadecimal) {
        return hexadecimal.equals("-") ? new byte[0] : HexFormat.of().parseHex(hexadecimal);
    }
}
