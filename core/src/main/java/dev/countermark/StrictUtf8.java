package dev.countermark;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * UTF-8 both ways without loss, or not at all.
 *
 * <p>{@code String.getBytes} writes a question mark for a lone surrogate, so two texts would have one byte form, and one signature.
 */
final class StrictUtf8 {

    private static final char REPLACEMENT = '\uFFFD';
    private static final VarHandle EIGHT_BYTES =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());
    private static final long LOWEST_BITS = 0x0101_0101_0101_0101L;
    private static final long HIGHEST_BITS = 0x8080_8080_8080_8080L;
    private static final long EIGHT_QUESTION_MARKS = '?' * LOWEST_BITS;

    private StrictUtf8() {}

    /** Whether {@code bytes[from, to)}, made by {@code getBytes(UTF_8)} from {@code text}, stand for it exactly. */
    static boolean isFormOf(byte[] bytes, int from, int to, String text) {
        return !holdsQuestionMark(bytes, from, to) || new String(bytes, StandardCharsets.UTF_8).equals(text);
    }

    private static boolean holdsQuestionMark(byte[] bytes, int from, int to) {
        int last = to - Long.BYTES;
        if (last < from) {
            return holdsQuestionMarkShort(bytes, from, to);
        }
        for (int i = from; i < last; i += Long.BYTES) {
            if (isAmongEight(bytes, i)) {
                return true;
            }
        }
        // Overlaps what was looked at: cheaper than up to seven bytes one by one.
        return isAmongEight(bytes, last);
    }

    private static boolean isAmongEight(byte[] bytes, int at) {
        // A byte is zero where the mark stands, and only then does the subtraction borrow into its highest bit first.
        long difference = (long) EIGHT_BYTES.get(bytes, at) ^ EIGHT_QUESTION_MARKS;
        return (difference - LOWEST_BITS & ~difference & HIGHEST_BITS) != 0;
    }

    private static boolean holdsQuestionMarkShort(byte[] bytes, int from, int to) {
        for (int i = from; i < to; i++) {
            if (bytes[i] == '?') {
                return true;
            }
        }
        return false;
    }

    /** The text of the first {@code length} bytes if they are well formed, else null. */
    static @Nullable String textOrNull(byte[] bytes, int length) {
        var text = new String(bytes, 0, length, StandardCharsets.UTF_8);
        if (text.indexOf(REPLACEMENT) < 0) {
            return text;
        }
        try {
            // Tells a replacement character that was written from one that stands for malformed bytes.
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes, 0, length))
                    .toString();
        } catch (CharacterCodingException e) {
            return null;
        }
    }
}
