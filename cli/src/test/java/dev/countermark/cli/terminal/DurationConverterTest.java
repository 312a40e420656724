package dev.countermark.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

class DurationConverterTest {

    @ParameterizedTest
    @CsvSource({
        "0, PT0S",
        "90, PT90S",
        "90s, PT90S",
        "15m, PT15M",
        "1h, PT1H",
        "1H, PT1H",
        "90d, PT2160H",
        "29.5, PT29.5S",
        "0.000000001, PT0.000000001S",
        "1.5h, PT90M",
        "999999999999d, PT23999999999976H",
    })
    void a_duration_is_seconds_or_has_a_unit(String text, Duration duration) {
        assertThat(new DurationConverter().convert(text)).isEqualTo(duration);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", " 1", "-1", "+1", "1w", "1 h", "h", "1e3", ".5", "1.", "1h30m", "NaN", "1000000000000", "١"})
    void anything_else_is_refused(String text) {
        assertThatThrownBy(() -> new DurationConverter().convert(text)).isInstanceOf(TypeConversionException.class);
    }
}
