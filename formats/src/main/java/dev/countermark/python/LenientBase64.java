package dev.countermark.python;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Python's lenient base64 decoder: whatever is not of the alphabet is skipped, unused bits may be anything, and so bytes
 * have unlimited texts.
 *
 * <p>Source: CPython 3.11, {@code Modules/binascii.c}, {@code a2b_base64}, as it was before gh-145264 (March 2026).
 */
public final class LenientBase64 {

    private static final byte SKIPPED = -1;
    private static final byte PAD = -2;

    private static final byte[] STANDARD = values("+/");
    private static final byte[] BOTH = values("+/-_");

    private LenientBase64() {}

    private static byte[] values(String last) {
        var values = new byte[256];
        Arrays.fill(values, SKIPPED);
        values['='] = PAD;
        for (int i = 0; i < 26; i++) {
            values['A' + i] = (byte) i;
            values['a' + i] = (byte) (26 + i);
        }
        for (int i = 0; i < 10; i++) {
            values['0' + i] = (byte) (52 + i);
        }
        for (int i = 0; i < last.length(); i++) {
            values[last.charAt(i)] = (byte) (62 + i % 2);
        }
        return values;
    }

    /**
     * {@code base64_decode} of itsdangerous and {@code b64_decode} of Django: pads the text with {@code =} to a multiple of
     * four, skipped characters included, and takes both alphabets.
     *
     * @param from index of the first character
     * @param to index behind the last character
     * @return the bytes, or null where Python raises {@code binascii.Error}
     */
    public static byte @Nullable [] urlSafeOrNull(byte[] text, int from, int to) {
        return decodeOrNull(text, from, to, BOTH, from - to & 3);
    }

    /**
     * {@code base64.b64decode}: the standard alphabet; the padding must be there.
     *
     * @param from index of the first character
     * @param to index behind the last character
     * @return the bytes, or null where Python raises {@code binascii.Error}
     */
    public static byte @Nullable [] standardOrNull(byte[] text, int from, int to) {
        return decodeOrNull(text, from, to, STANDARD, 0);
    }

    private static byte @Nullable [] decodeOrNull(byte[] text, int from, int to, byte[] values, int padding) {
        var bytes = new byte[to - from];
        int length = 0;
        int quad = 0;
        int pads = 0;
        int bits = 0;
        for (int i = from; i < to + padding; i++) {
            byte value = i < to ? values[text[i] & 0xff] : PAD;
            if (value == PAD) {
                if (quad >= 2 && quad + ++pads >= 4) {
                    // the padding is complete: what follows is not looked at
                    return Arrays.copyOf(bytes, length);
                }
            } else if (value != SKIPPED) {
                pads = 0;
                bits = bits << 6 | value;
                quad = quad + 1 & 3;
                if (quad != 1) {
                    bytes[length++] = (byte) (bits >> (8 - 2 * quad & 7));
                }
            }
        }
        return quad == 0 ? Arrays.copyOf(bytes, length) : null;
    }
}
