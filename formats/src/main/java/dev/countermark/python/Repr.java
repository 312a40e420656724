package dev.countermark.python;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.io.NumberOutput;

/**
 * Python's {@code repr}, which stands in its error texts and, for floats, in its JSON.
 *
 * <p>Source: CPython 3.11, {@code Objects/bytesobject.c}, {@code unicodeobject.c}, {@code floatobject.c},
 * {@code Python/dtoa.c}.
 */
public final class Repr {

    /** Floats below one ten-thousandth, and from this exponent on, are written with an exponent. */
    private static final int FIXED_DIGITS = 16;

    private static final int FIXED_ZEROS = -4;

    private Repr() {}

    /** A byte string: {@code b'abc\x00'}. */
    public static String of(byte[] bytes) {
        var text = new String(bytes, StandardCharsets.ISO_8859_1);
        char quote = quote(text);
        var repr = new StringBuilder(bytes.length + 3).append('b').append(quote);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!escaped(repr, c, quote)) {
                if (c < ' ' || c >= 0x7f) {
                    hex(repr.append("\\x"), c, 2);
                } else {
                    repr.append(c);
                }
            }
        }
        return repr.append(quote).toString();
    }

    /**
     * A text string: {@code 'abc\n'}. Which characters beyond ASCII stand as they are is decided by the running JDK's
     * version of Unicode, as in Python by the interpreter's.
     */
    public static String of(String text) {
        char quote = quote(text);
        var repr = new StringBuilder(text.length() + 2).append(quote);
        text.codePoints().forEach(c -> {
            if (!escaped(repr, c, quote)) {
                if (isPrintable(c)) {
                    repr.appendCodePoint(c);
                } else if (c < 0x100) {
                    hex(repr.append("\\x"), c, 2);
                } else if (c < 0x10000) {
                    hex(repr.append("\\u"), c, 4);
                } else {
                    hex(repr.append("\\U"), c, 8);
                }
            }
        });
        return repr.append(quote).toString();
    }

    /** A float: the shortest digits that read back as the same double, {@code 1e-05}, {@code 1e+16}, {@code nan}. */
    public static String of(double value) {
        if (Double.isNaN(value)) {
            return "nan";
        }
        if (Double.isInfinite(value)) {
            return value > 0 ? "inf" : "-inf";
        }
        var repr = new StringBuilder(24);
        if (Math.copySign(1, value) < 0) {
            repr.append('-');
        }
        if (value == 0) {
            return repr.append("0.0").toString();
        }
        shortest(repr, Math.abs(value));
        return repr.toString();
    }

    /**
     * What {@code json.loads} has made: {@code {'a': [None, True, 1e+16]}}.
     *
     * @param value null, {@code Boolean}, {@code String}, a number, or a {@code List} or {@code Map} of these
     * @throws IllegalArgumentException if it is or holds anything else
     */
    public static String ofJson(@Nullable Object value) {
        var repr = new StringBuilder();
        append(repr, value);
        return repr.toString();
    }

    private static void append(StringBuilder repr, @Nullable Object value) {
        if (value instanceof List<?> list) {
            var separator = "[";
            for (var item : list) {
                append(repr.append(separator), item);
                separator = ", ";
            }
            repr.append(list.isEmpty() ? "[]" : "]");
        } else if (value instanceof Map<?, ?> map) {
            var separator = "{";
            for (var member : map.entrySet()) {
                append(repr.append(separator), member.getKey());
                append(repr.append(": "), member.getValue());
                separator = ", ";
            }
            repr.append(map.isEmpty() ? "{}" : "}");
        } else {
            repr.append(scalar(value));
        }
    }

    private static String scalar(@Nullable Object value) {
        if (value == null) {
            return "None";
        }
        if (value instanceof Boolean bool) {
            return bool ? "True" : "False";
        }
        if (value instanceof String text) {
            return of(text);
        }
        if (value instanceof Double number) {
            return of(number.doubleValue());
        }
        if (value instanceof Integer || value instanceof Long || value instanceof BigInteger) {
            return value.toString();
        }
        throw new IllegalArgumentException("this is no value of JSON");
    }

    /** A number of seconds: an int, or a float where there is a fraction. */
    public static String ofSeconds(Duration duration) {
        return duration.getNano() == 0 ? Long.toString(duration.getSeconds()) : of(seconds(duration));
    }

    /** The float nearest to a number of seconds, as {@code datetime.timedelta.total_seconds} rounds it. */
    public static double seconds(Duration duration) {
        return BigDecimal.valueOf(duration.getSeconds())
                .add(BigDecimal.valueOf(duration.getNano(), 9))
                .doubleValue();
    }

    private static void shortest(StringBuilder repr, double value) {
        // Java's form d.ddd or d.dddE±x; not Double.toString, whose digits before JDK 19 are not the shortest
        var java = NumberOutput.toString(value, true);
        int mark = java.indexOf('E');
        var number = mark < 0 ? java : java.substring(0, mark);
        int point = number.indexOf('.');
        var digits = number.substring(0, point) + number.substring(point + 1);
        int leading = 0;
        while (digits.charAt(leading) == '0') {
            leading++;
        }
        int end = digits.length();
        while (digits.charAt(end - 1) == '0') {
            end--;
        }
        int exponent = point - 1 - leading + (mark < 0 ? 0 : Integer.parseInt(java, mark + 1, java.length(), 10));
        digits = digits.substring(leading, end);
        if (digits.length() == 2) {
            // Java never takes fewer than two digits, and then the two closest; Python takes one where one will do
            int one = (Integer.parseInt(digits) + 5) / 10;
            if (Double.parseDouble(one + "E" + exponent) == value) {
                digits = one == 10 ? "1" : String.valueOf(one);
                exponent += one / 10;
            }
        }
        layOut(repr, digits, exponent);
    }

    private static void layOut(StringBuilder repr, String digits, int exponent) {
        int length = digits.length();
        if (exponent < FIXED_ZEROS || exponent >= FIXED_DIGITS) {
            repr.append(digits.charAt(0));
            if (length > 1) {
                repr.append('.').append(digits, 1, length);
            }
            repr.append('e').append(exponent < 0 ? '-' : '+');
            int size = Math.abs(exponent);
            repr.append(size < 10 ? "0" : "").append(size);
        } else if (exponent < 0) {
            repr.append("0.").append("0".repeat(-1 - exponent)).append(digits);
        } else if (length <= exponent + 1) {
            repr.append(digits).append("0".repeat(exponent + 1 - length)).append(".0");
        } else {
            repr.append(digits, 0, exponent + 1).append('.').append(digits, exponent + 1, length);
        }
    }

    private static char quote(String text) {
        return text.indexOf('\'') >= 0 && text.indexOf('"') < 0 ? '"' : '\'';
    }

    private static boolean escaped(StringBuilder repr, int c, char quote) {
        if (c == quote || c == '\\') {
            repr.append('\\').append((char) c);
        } else if (c == '\n') {
            repr.append("\\n");
        } else if (c == '\r') {
            repr.append("\\r");
        } else if (c == '\t') {
            repr.append("\\t");
        } else {
            return false;
        }
        return true;
    }

    /** {@code str.isprintable}: every category but the separators other than the space, and "other". */
    private static boolean isPrintable(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            case Character.SPACE_SEPARATOR -> c == ' ';
            default -> true;
        };
    }

    private static void hex(StringBuilder repr, int c, int digits) {
        for (int shift = 4 * (digits - 1); shift >= 0; shift -= 4) {
            repr.append(Character.forDigit(c >> shift & 0xf, 16));
        }
    }
}
