package dev.countermark.apitokens;

import java.security.SecureRandom;
import java.util.HexFormat;

/** The 128 bits that name a token, as 32 lower-case hexadecimal digits. The first half is never zero. */
final class TokenId {

    static final int LENGTH = 32;

    private static final SecureRandom RANDOM = new SecureRandom();

    private TokenId() {}

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
        for (int i = 0; i < LENGTH; i++) {
            if (digit(text.charAt(i)) < 0) {
                return false;
            }
        }
        return half(text, 0) != 0;
    }

    /** The first half of an id. */
    static long high(String id) {
        return half(id, 0);
    }

    /** The second half of an id. */
    static long low(String id) {
        return half(id, LENGTH / 2);
    }

    private static long half(String id, int from) {
        long bits = 0;
        for (int i = from; i < from + LENGTH / 2; i++) {
            bits = bits << 4 | digit(id.charAt(i));
        }
        return bits;
    }

    private static int digit(int c) {
        if (c >= '0' && c <= '9') {
            return c - '0';
        }
        return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
    }
}
