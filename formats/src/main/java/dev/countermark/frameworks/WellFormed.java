package dev.countermark.frameworks;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Text to UTF-8 where it has such a form. */
final class WellFormed {

    private WellFormed() {}

    /** The UTF-8 bytes, or null where a surrogate stands alone. */
    static byte @Nullable [] utf8OrNull(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i))) {
                if (!Character.isSupplementaryCodePoint(text.codePointAt(i))) {
                    return null;
                }
                i++;
            }
        }
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** The UTF-8 bytes. */
    static byte[] utf8(String text) {
        var bytes = utf8OrNull(text);
        if (bytes == null) {
            throw new IllegalArgumentException("the text holds a lone surrogate, which has no UTF-8 form");
        }
        return bytes;
    }
}
