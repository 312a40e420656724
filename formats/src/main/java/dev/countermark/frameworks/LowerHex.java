package dev.countermark.frameworks;

import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** Hexadecimal in lower case, of which bytes have one text. */
final class LowerHex {

    private LowerHex() {}

    static String encode(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }

    /** The bytes of the characters {@code from} to {@code to}, or null where they are not the text of any. */
    static byte @Nullable [] decodeOrNull(byte[] text, int from, int to) {
        var digits = digitsOrNull(text, from, to);
        if (digits == null || digits.length % 2 != 0) {
            return null;
        }
        var bytes = new byte[digits.length / 2];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (digits[2 * i] << 4 | digits[2 * i + 1]);
        }
        return bytes;
    }

    /** The four bits of each character, or null where one is no digit. */
    static byte @Nullable [] digitsOrNull(byte[] text, int from, int to) {
        var digits = new byte[to - from];
        for (int i = 0; i < digits.length; i++) {
            byte c = text[from + i];
            if (c >= '0' && c <= '9') {
                digits[i] = (byte) (c - '0');
            } else if (c >= 'a' && c <= 'f') {
                digits[i] = (byte) (c - 'a' + 10);
            } else {
                return null;
            }
        }
        return digits;
    }
}
