package dev.countermark.json;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** UTF-8 both ways without replacement characters: what has no form in the other is refused. */
final class Unicode {

    private static final char REPLACEMENT = '\uFFFD';

    private Unicode() {}

    /** @throws UnreadableJsonException if the bytes are not UTF-8: malformed, overlong, cut, or of a surrogate */
    static String text(byte[] utf8) {
        var text = new String(utf8, StandardCharsets.UTF_8);
        if (text.indexOf(REPLACEMENT) < 0) {
            return text;
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(utf8))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new UnreadableJsonException(UnreadableJsonException.Fault.ENCODING, "not JSON: not UTF-8");
        }
    }

    /** @throws IllegalArgumentException if a surrogate stands alone */
    static byte[] bytes(String text) {
        if (!isWellFormed(text)) {
            throw new IllegalArgumentException("a surrogate stands alone, which UTF-8 cannot carry");
        }
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Whether every surrogate is half of a pair. */
    static boolean isWellFormed(CharSequence text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isSurrogate(c)) {
                i++;
                if (Character.isLowSurrogate(c) || i == text.length() || !Character.isLowSurrogate(text.charAt(i))) {
                    return false;
                }
            }
        }
        return true;
    }
}
