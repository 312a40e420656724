package dev.countermark.encoding;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EpochSecondsTest {

    private static long decode(String text) {
        return EpochSeconds.decode(text.getBytes(ISO_8859_1), 0, text.length());
    }

    @ParameterizedTest
    @CsvSource({"1, AQ", "255, _w", "256, AQA", "1700000000, ZVPxAA", "4294967296, AQAAAAA", "253402300799, Ov_0QX8"})
    void writes_and_reads_what_python_writes(long seconds, String text) {
        var target = new byte[EpochSeconds.encodedLength(seconds)];
        assertThat(EpochSeconds.encode(seconds, target, 0)).isEqualTo(target.length);
        assertThat(new String(target, ISO_8859_1)).isEqualTo(text);
        assertThat(decode(text)).isEqualTo(seconds);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "A", "AA", "AAE", "AAAAAAAAAA", "Ov_0QYA", "AQ==", "AR", "ZVPxA", "__________"})
    void refuses_zero_leading_zeros_other_spellings_and_times_after_year_9999(String text) {
        assertThat(decode(text)).isEqualTo(EpochSeconds.INVALID);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -1, 253402300800L, Long.MIN_VALUE, Long.MAX_VALUE})
    void does_not_write_what_it_would_not_read(long seconds) {
        assertThatIllegalArgumentException().isThrownBy(() -> EpochSeconds.encode(seconds, new byte[20], 0));
    }

    @Test
    void reads_back_every_length() {
        for (long seconds = 1; seconds <= EpochSeconds.MAX; seconds = seconds * 3 + 1) {
            var target = new byte[EpochSeconds.encodedLength(seconds)];
            EpochSeconds.encode(seconds, target, 0);
            assertThat(EpochSeconds.decode(target, 0, target.length)).isEqualTo(seconds);
        }
    }
}
