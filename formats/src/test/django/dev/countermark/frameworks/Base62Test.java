package dev.countermark.frameworks;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Texts and numbers are those of Django 3.2.25, {@code django.utils.baseconv.base62}. */
class Base62Test {

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "1, 1",
        "9, 9",
        "10, A",
        "35, Z",
        "36, a",
        "61, z",
        "62, 10",
        "-1, -1",
        "-62, -10",
        "1700000000, 1r31eq",
        "253402300799, 4SbCEFr"
    })
    void a_number_has_one_text_and_is_read_from_it(long number, String text) {
        assertThat(Base62.encode(number)).isEqualTo(text);
        assertThat(Base62.decodeOrNull(text)).isEqualTo(number);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "000", "-0", "-"})
    void zeros_and_a_bare_minus_are_zero(String text) {
        assertThat(Base62.decodeOrNull(text)).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "!", "a!", "!a", "+1", "--1", "1 ", "\u00e9"})
    void what_is_no_number_is_null(String text) {
        assertThat(Base62.decodeOrNull(text)).isNull();
    }

    @Test
    void leading_zeros_do_not_make_a_number_long() {
        assertThat(Base62.decodeOrNull("0".repeat(200) + "1")).isOne();
        assertThat(Base62.decodeOrNull("-" + "0".repeat(200) + "10")).isEqualTo(-62);
    }

    @Test
    void a_number_is_exact_up_to_180_digits_and_behind_them_larger_than_any_double() {
        var limit = BigInteger.valueOf(62).pow(180);
        assertThat(Base62.decodeOrNull("z".repeat(180))).isEqualTo(limit.subtract(BigInteger.ONE));
        assertThat(Base62.decodeOrNull("1" + "0".repeat(180))).isEqualTo(limit);
        assertThat(Base62.decodeOrNull("-" + "z".repeat(5000)).doubleValue()).isEqualTo(Double.NEGATIVE_INFINITY);
    }
}
