package dev.countermark.frameworks;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** How frameworks escape a cookie's value for the header: percent signs and two digits a byte of UTF-8. */
enum PercentCoding {
    /** {@code encodeURIComponent} and {@code decodeURIComponent} of JavaScript (ECMA-262, 19.2.6). */
    JAVASCRIPT("-_.!~*'()", false),
    /** {@code URI.encode_www_form_component} and its opposite in Ruby, where a plus is a space. */
    RACK("*-._", true);

    private static final char[] HEX = "0123456789ABCDEF".toCharArray();

    private final String unescaped;
    private final boolean plusIsSpace;

    PercentCoding(String unescaped, boolean plusIsSpace) {
        this.unescaped = unescaped;
        this.plusIsSpace = plusIsSpace;
    }

    String encode(String value) {
        var text = new StringBuilder(value.length() + 16);
        for (var b : WellFormed.utf8(value)) {
            char c = (char) (b & 0xff);
            if (c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || unescaped.indexOf(c) >= 0) {
                text.append(c);
            } else if (c == ' ' && plusIsSpace) {
                text.append('+');
            } else {
                text.append('%').append(HEX[c >>> 4]).append(HEX[c & 0xf]);
            }
        }
        return text.toString();
    }

    /** The value behind the escapes; the text itself where they are not those of any text, as the frameworks have it. */
    String decode(String text) {
        if (text.indexOf('%') < 0 && !(plusIsSpace && text.indexOf('+') >= 0)) {
            return text;
        }
        var bytes = new byte[text.length() * 3];
        int length = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '%') {
                if (i + 2 >= text.length()) {
                    return text;
                }
                int high = hexDigit(text.charAt(i + 1));
                int low = hexDigit(text.charAt(i + 2));
                if (high < 0 || low < 0) {
                    return text;
                }
                bytes[length++] = (byte) (high << 4 | low);
                i += 2;
            } else if (c < 0x80) {
                bytes[length++] = (byte) (c == '+' && plusIsSpace ? ' ' : c);
            } else {
                int end = Character.isHighSurrogate(c) && i + 1 < text.length() ? i + 2 : i + 1;
                var character = WellFormed.utf8OrNull(text.substring(i, end));
                if (character == null) {
                    return text;
                }
                System.arraycopy(character, 0, bytes, length, character.length);
                length += character.length;
                i = end - 1;
            }
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes, 0, length))
                    .toString();
        } catch (CharacterCodingException e) {
            return text;
        }
    }

    private static int hexDigit(char c) {
        // not Character.digit, which knows the digits of every script
        int letter = c | 0x20;
        return c >= '0' && c <= '9' ? c - '0' : letter >= 'a' && letter <= 'f' ? letter - 'a' + 10 : -1;
    }
}
