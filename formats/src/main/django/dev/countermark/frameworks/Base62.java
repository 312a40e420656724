package dev.countermark.frameworks;

import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/**
 * Integers in digits {@code 0-9A-Za-z} behind an optional minus, as Django writes its timestamps.
 *
 * <p>Source: Django 4.2, {@code core/signing.py}, {@code b62_encode} and {@code b62_decode}.
 */
final class Base62 {

    private static final String DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private static final BigInteger BASE = BigInteger.valueOf(62);

    /** No double is as large as a number of more digits, and nothing here asks for more than a double. */
    private static final int LONGEST = 180;

    private Base62() {}

    static String encode(long number) {
        var digits = new StringBuilder(12);
        long rest = number;
        do {
            digits.append(DIGITS.charAt((int) Math.abs(rest % 62)));
            rest /= 62;
        } while (rest != 0);
        return digits.append(number < 0 ? "-" : "").reverse().toString();
    }

    /**
     * The number, or null where a character is no digit. Leading zeros and a bare minus count, as in Python; a number of
     * more than 180 digits becomes one that is too large for a double, at no more cost.
     */
    static @Nullable BigInteger decodeOrNull(String text) {
        int from = text.startsWith("-") ? 1 : 0;
        if (text.isEmpty() || !isDigits(text, from)) {
            return null;
        }
        while (from < text.length() && text.charAt(from) == '0') {
            from++;
        }
        var number = text.length() - from > LONGEST ? BASE.pow(LONGEST) : BigInteger.ZERO;
        for (int i = from; i < text.length() && text.length() - from <= LONGEST; i++) {
            number = number.multiply(BASE).add(BigInteger.valueOf(DIGITS.indexOf(text.charAt(i))));
        }
        return text.startsWith("-") ? number.negate() : number;
    }

    private static boolean isDigits(String text, int from) {
        for (int i = from; i < text.length(); i++) {
            if (DIGITS.indexOf(text.charAt(i)) < 0) {
                return false;
            }
        }
        return true;
    }
}
