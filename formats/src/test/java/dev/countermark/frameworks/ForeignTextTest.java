package dev.countermark.frameworks;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Texts as {@code JSON.generate} and {@code ActiveSupport::JSON.encode} 6.1.7.10 on Ruby 3.1.2 write them, and Node.js 20. */
class ForeignTextTest {

    private static final String TEXT = "a b<&>\u2028\u2029 !\u001f\u0000\u007f";

    @Test
    void active_support_escapes_what_html_and_javascript_would_take_for_their_own() {
        assertThat(ForeignJson.ACTIVE_SUPPORT.quoted(TEXT))
                .isEqualTo("\"a b\\u003c\\u0026\\u003e\\u2028\\u2029 !\\u001f\\u0000\u007f\"");
    }

    @Test
    void the_others_escape_controls_alone() {
        var text = "\"a b<&>\u2028\u2029 !\\u001f\\u0000\u007f\"";
        assertThat(ForeignJson.RUBY.quoted(TEXT)).isEqualTo(text);
        assertThat(ForeignJson.JAVASCRIPT.quoted(TEXT)).isEqualTo(text);
    }
}
