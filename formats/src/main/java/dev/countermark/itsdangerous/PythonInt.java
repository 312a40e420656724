package dev.countermark.itsdangerous;

import java.math.BigInteger;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Python's {@code int} of a text: white space around it, a sign, digits of any script, single underscores between
 * them (CPython 3.11, {@code Objects/longobject.c} and {@code Objects/unicodeobject.c}).
 */
final class PythonInt {

    /** Neither Java's white space nor Unicode's: without U+001C to U+001F, with U+0085 and the spaces that do not break. */
    private static final String SPACE =
            "[\\t-\\r \\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000]*+";

    private static final Pattern TEXT = Pattern.compile(SPACE + "([+-]?)(\\p{Nd}++(?:_\\p{Nd}++)*+)" + SPACE);

    private PythonInt() {}

    /** The number, or null where Python raises ValueError; the caller bounds the length. */
    static @Nullable BigInteger ofOrNull(String text) {
        var matcher = TEXT.matcher(text);
        if (!matcher.matches()) {
            return null;
        }
        // BigInteger takes digits beyond U+FFFF for two characters that are none.
        var digits = new StringBuilder(matcher.group(1));
        matcher.group(2)
                .codePoints()
                .filter(digit -> digit != '_')
                .forEach(digit -> digits.append(Character.digit(digit, 10)));
        return new BigInteger(digits.toString());
    }
}
