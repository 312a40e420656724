package dev.countermark.itsdangerous;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The answers are those of CPython 3.11. */
class PythonIntTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "12",
                " 12 ",
                "\t\r\n\u000b\f12",
                "\u008512\u00a0",
                "\u1680\u2007\u202f\u300012",
                "+12",
                "1_2",
                "012",
                "\u0661\u0662",
                "\ud835\udfcf\ud835\udfd0",
                "1_\ud835\udfd0"
            })
    void a_number_with_what_python_allows_around_it(String text) {
        assertThat(PythonInt.ofOrNull(text)).hasToString("12");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "_",
                "+",
                "\u001c12",
                "12\u001f",
                "+-1",
                "+ 1",
                "1__0",
                "_1",
                "1_",
                "\u00b2",
                "\u2460",
                "\u22121",
                "0x10",
                "1e3",
                "1.0",
                "\u00001",
                "1\u0000",
                "\u200b1",
                "\ufeff1",
                "\u180e1",
                "1 2"
            })
    void what_python_refuses_is_none(String text) {
        assertThat(PythonInt.ofOrNull(text)).isNull();
    }
}
