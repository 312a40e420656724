package dev.countermark;

import dev.countermark.mac.MacFunction;
import dev.countermark.mac.TextCode;
import org.jspecify.annotations.Nullable;

/** A text too long to become bytes as a whole before its signature holds, and what hashing it has shown. */
final class LargeText {

    /** In characters. */
    private static final int LARGE = 32 * 1024;

    /** More than the longest signature and two dates take, in characters. */
    private static final int TAIL = 256;

    private static final byte[] NOTHING = {};

    private final String text;
    private @Nullable TextCode seen;

    private LargeText(String text) {
        this.text = text;
    }

    static boolean isLarge(String text) {
        return text.length() > LARGE;
    }

    /** Null for a text that is copied without a thought. */
    static @Nullable LargeText orNull(String text) {
        return isLarge(text) ? new LargeText(text) : null;
    }

    /** The last characters, which tell all of a token but its body. */
    String tail() {
        return text.substring(text.length() - TAIL);
    }

    /** The code of all but the last {@code without} characters. */
    byte[] code(MacFunction key, int without) {
        var code = key.compute(text, text.length() - without, NOTHING);
        seen = code;
        return code.code();
    }

    /** Bytes of what was hashed. */
    long bytes() {
        return seen().bytes();
    }

    /** Whether no other text has the same bytes. */
    boolean exact() {
        return seen().exact();
    }

    private TextCode seen() {
        if (seen == null) {
            throw new IllegalStateException("nothing was hashed");
        }
        return seen;
    }

    /** All but the last {@code without} characters. */
    String start(int without) {
        return text.substring(0, text.length() - without);
    }
}
