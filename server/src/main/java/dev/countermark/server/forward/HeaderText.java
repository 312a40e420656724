package dev.countermark.server.forward;

import java.nio.charset.StandardCharsets;

/**
 * Any text as the value of a header: percent-encoded UTF-8 (RFC 3986 section 2.1).
 *
 * <p>ASCII letters, digits and {@code - . _ ~ @ : /} stand for themselves, everything else is encoded, the percent sign
 * included. So two texts never share a value, a value is one word of visible ASCII that ends no header and begins none,
 * and every decoder of percent encoding gives the text back, also one that reads a plus as a space.
 */
final class HeaderText {

    private static final char[] DIGITS = "0123456789ABCDEF".toCharArray();

    private HeaderText() {}

    static String encode(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (!isPlain(text.charAt(i))) {
                return encodeFrom(text, i);
            }
        }
        return text;
    }

    private static String encodeFrom(String text, int first) {
        var encoded = new StringBuilder(text.length() + 32).append(text, 0, first);
        for (byte each : text.substring(first).getBytes(StandardCharsets.UTF_8)) {
            if (isPlain((char) (each & 0xff))) {
                encoded.append((char) each);
            } else {
                encoded.append('%').append(DIGITS[each >> 4 & 0xf]).append(DIGITS[each & 0xf]);
            }
        }
        return encoded.toString();
    }

    private static boolean isPlain(char c) {
        return c >= 'a' && c <= 'z'
                || c >= 'A' && c <= 'Z'
                || c >= '-' && c <= ':' // - . / 0 to 9 :
                || c == '@'
                || c == '_'
                || c == '~';
    }
}
