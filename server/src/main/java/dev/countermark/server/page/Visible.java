package dev.countermark.server.page;

import java.util.Locale;

/**
 * Text from outside as HTML that shows what is there and does nothing else.
 *
 * <p>Subjects, names and metadata are whatever somebody sent. Beside the characters that mean something in HTML, those
 * that have no shape of their own, or turn the direction of what follows, are shown by their number: {@code ⟦U+202E⟧}.
 */
final class Visible {

    private Visible() {}

    /** For text between tags and in quoted attributes. */
    static String html(String text) {
        var html = new StringBuilder(text.length() + 16);
        text.codePoints().forEach(c -> {
            if (hidden(c)) {
                html.append(String.format(Locale.ROOT, "⟦U+%04X⟧", c));
            } else {
                escape(c, html);
            }
        });
        return html.toString();
    }

    /** For the value of an input, which goes back as it came. */
    static String exact(String text) {
        var html = new StringBuilder(text.length() + 16);
        text.codePoints().forEach(c -> escape(c, html));
        return html.toString();
    }

    private static void escape(int c, StringBuilder html) {
        switch (c) {
            case '&' -> html.append("&amp;");
            case '<' -> html.append("&lt;");
            case '>' -> html.append("&gt;");
            case '"' -> html.append("&quot;");
            case '\'' -> html.append("&#39;");
            case '`' -> html.append("&#96;");
            case '=' -> html.append("&#61;");
            case '\r' -> html.append("&#13;");
            case '\n' -> html.append("&#10;");
            default -> html.appendCodePoint(c);
        }
    }

    /** Whether a character has no shape: controls, formats (bidi, zero width), tags, fillers, unassigned, private use. */
    static boolean hidden(int c) {
        if (c == ' ') {
            return false;
        }
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SPACE_SEPARATOR -> true;
            default -> filler(c);
        };
    }

    /** Letters and marks by their category, and blank: Hangul fillers, the braille blank, variation selectors. */
    private static boolean filler(int c) {
        return c == 0x115F
                || c == 0x1160
                || c == 0x3164
                || c == 0xFFA0
                || c == 0x2800
                || c == 0x034F
                || c >= 0xFE00 && c <= 0xFE0F
                || c >= 0xE0100 && c <= 0xE01EF;
    }
}
