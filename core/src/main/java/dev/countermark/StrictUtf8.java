package dev.countermark;

import java.nio.ByteBuffer;
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

    private StrictUtf8() {}

    /** Whether {@code bytes[from, to)}, made by {@code getBytes(UTF_8)} from {@code text}, stand for it exactly. */
    static boolean isFormOf(byte[] bytes, int from, int to, String text) {
        for (int i = from; i < to; i++) {
            if (bytes[i] == '?') {
                return new String(bytes, StandardCharsets.UTF_8).equals(text);
            }
        }
        return true;
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
