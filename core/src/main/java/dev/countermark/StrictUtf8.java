package dev.countermark;

import java.nio.charset.StandardCharsets;

/**
 * Tells whether {@code String.getBytes} lost anything.
 *
 * <p>It writes a question mark for a lone surrogate, so two texts would have one byte form, and one signature.
 */
final class StrictUtf8 {

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
}
