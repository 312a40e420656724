package dev.countermark.frameworks;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * Base64 as Ruby's {@code Base64.strict_decode64} and {@code urlsafe_decode64} have it: padding where it belongs, and
 * unused bits zero.
 *
 * <p>Source: Ruby 3.3, {@code pack.c}, {@code m0}; base64 0.2, {@code lib/base64.rb}.
 */
final class StrictBase64 {

    private StrictBase64() {}

    static String encode(byte[] bytes, boolean urlSafe) {
        return urlSafe
                ? Base64.getUrlEncoder().withoutPadding().encodeToString(bytes)
                : Base64.getEncoder().encodeToString(bytes);
    }

    static byte @Nullable [] decodeOrNull(byte[] text, int from, int to, boolean urlSafe, boolean either) {
        var bytes = urlSafe ? urlSafeOrNull(text, from, to) : strictOrNull(Arrays.copyOfRange(text, from, to));
        if (bytes == null && either) {
            return urlSafe ? strictOrNull(Arrays.copyOfRange(text, from, to)) : urlSafeOrNull(text, from, to);
        }
        return bytes;
    }

    static byte @Nullable [] strictOrNull(String text) {
        return strictOrNull(text.getBytes(StandardCharsets.UTF_8));
    }

    private static byte @Nullable [] strictOrNull(byte[] text) {
        try {
            var bytes = Base64.getDecoder().decode(text);
            // Java lets padding and unused bits pass.
            return Arrays.compare(Base64.getEncoder().encode(bytes), text) == 0 ? bytes : null;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    /** As {@link #strictOrNull(String)}, of a text whose padding is left out. */
    static byte @Nullable [] unpaddedOrNull(byte[] text, int from, int to) {
        return isPadded(text, from, to) ? null : strictOrNull(padded(text, from, to));
    }

    private static boolean isPadded(byte[] text, int from, int to) {
        return to > from && text[to - 1] == '=';
    }

    private static byte[] padded(byte[] text, int from, int to) {
        int length = isPadded(text, from, to) ? to - from : (to - from + 3) / 4 * 4;
        var padded = Arrays.copyOfRange(text, from, from + length);
        Arrays.fill(padded, to - from, length, (byte) '=');
        return padded;
    }

    /** Ruby maps the alphabet and pads where there is no padding; so both alphabets and both forms pass. */
    private static byte @Nullable [] urlSafeOrNull(byte[] text, int from, int to) {
        var standard = padded(text, from, to);
        for (int i = 0; i < to - from; i++) {
            standard[i] = standard[i] == '-' ? (byte) '+' : standard[i] == '_' ? (byte) '/' : standard[i];
        }
        return strictOrNull(standard);
    }
}
