package dev.countermark.frameworks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.node.JsonNodeFactory;

/** Numbers as other runtimes write them: where they begin to use a power of ten. */
class ForeignNumberTest {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    /** {@code JSON.stringify} of Node.js 20. */
    @ParameterizedTest
    @CsvSource({
        "1e21, 1e+21",
        "1e20, 100000000000000000000",
        "999999999999999900000, 999999999999999900000",
        "123456789012345680000, 123456789012345680000",
        "1e-6, 0.000001",
        "1e-7, 1e-7",
        "0.000001234, 0.000001234",
        "1.5e-7, 1.5e-7",
        "1.5e21, 1.5e+21",
        "1e5, 100000",
        "100, 100",
        "0.5, 0.5",
        "123.456, 123.456",
        "-1e21, -1e+21",
        "5e-324, 5e-324",
        "1.7976931348623157e308, 1.7976931348623157e+308"
    })
    void as_javascript_does(double number, String text) {
        assertThat(ForeignJson.JAVASCRIPT.digits(number)).isEqualTo(text);
    }

    /** {@code JSON.generate} of Ruby 3.1. */
    @ParameterizedTest
    @CsvSource({
        "1e21, 1.0e+21",
        "1e20, 1.0e+20",
        "1e16, 1.0e+16",
        "1e15, 1.0e+15",
        "999999999999999.0, 999999999999999.0",
        "1e-4, 0.0001",
        "1e-5, 1.0e-05",
        "0.00012345, 0.00012345",
        "1.5e-5, 1.5e-05",
        "1.5e16, 1.5e+16",
        "1e5, 100000.0",
        "100.0, 100.0",
        "0.5, 0.5",
        "123.456, 123.456",
        "-1e16, -1.0e+16",
        "1234567890123457.0, 1.234567890123457e+15",
        "5e-324, 5.0e-324",
        "0.0, 0.0",
        "-0.0, -0.0"
    })
    void as_ruby_does(double number, String text) {
        assertThat(ForeignJson.RUBY.digits(number)).isEqualTo(text);
    }

    /** A hundred levels of either kind are written, and no more. */
    @Test
    void levels_are_counted_in_both_kinds() {
        var lists = NODES.arrayNode();
        var objects = NODES.objectNode();
        for (int i = 1; i < 100; i++) {
            lists = NODES.arrayNode().add(lists);
            objects = NODES.objectNode().set("a", objects);
        }
        assertThat(ForeignJson.JAVASCRIPT.encode(lists)).hasSize(200);
        assertThat(ForeignJson.JAVASCRIPT.encode(objects)).hasSize(99 * 6 + 2);
        var deepList = NODES.arrayNode().add(lists);
        var deepObject = NODES.objectNode().set("a", objects);
        assertThatIllegalArgumentException().isThrownBy(() -> ForeignJson.JAVASCRIPT.encode(deepList));
        assertThatIllegalArgumentException().isThrownBy(() -> ForeignJson.JAVASCRIPT.encode(deepObject));
    }
}
