package dev.countermark.apitokens;

import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;

/** The 128 bits that name a token, as 32 lower-case hexadecimal digits. The first half is never zero. */
final class TokenId {

    static final int LENGTH = 32;

    private static final SecureRandom RANDOM = new SecureRandom();

    private static final byte[] DIGITS = digits();

    private TokenId() {}

    private static byte[] digits() {
        var digits = new byte['f' + 1];
        Arrays.fill(digits, (byte) -1);
        for (int value = 0; value < 16; value++) {
            digits[Character.forDigit(value, 16)] = (byte) value;
        }
        return digits;
    }

    static String random() {
        var bytes = new byte[LENGTH / 2];
        do {
            RANDOM.nextBytes(bytes);
        } while (bytes[0] == 0);
        return HexFormat.of().formatHex(bytes);
    }

    static boolean isId(String text) {
        if (text.length() != LENGTH) {
            return false;
        }
        int worst = 0;
        for (int i = 0; i < LENGTH; i++) {
            worst |= digit(text.charAt(i));
        }
        return worst >= 0 && half(text, 0) != 0;
    }

    /** Whether {@link #LENGTH} characters of {@code ascii} from {@code from} on are an id. */
    static boolean isId(byte[] ascii, int from) {
        if (ascii.length - from < LENGTH) {
            return false;
        }
        int worst = 0;
        for (int i = from; i < from + LENGTH; i++) {
            worst |= digit(ascii[i] & 0xff);
        }
        return worst >= 0 && half(ascii, from) != 0;
    }

    /** The first half of an id. */
    static long high(String id) {
        return half(id, 0);
    }

    /** The second half of an id. */
    static long low(String id) {
        return half(id, LENGTH / 2);
    }

    /** Half of an id: the digits of {@code ascii} from {@code from} on. */
    static long half(byte[] ascii, int from) {
        long bits = 0;
        for (int i = from; i < from + LENGTH / 2; i++) {
            bits = bits << 4 | digit(ascii[i]);
        }
        return bits;
    }

    private static long half(String id, int from) {
        long bits = 0;
        for (int i = from; i < from + LENGTH / 2; i++) {
            bits = bits << 4 | digit(id.charAt(i));
        }
        return bits;
    }

    /** Negative for what is no digit. An id is no secret, so a table may be asked. */
    private static int digit(int c) {
        return c < DIGITS.length ? DIGITS[c] : -1;
    }
}
