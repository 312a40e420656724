package dev.countermark.frameworks;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/**
 * Text in whichever of UTF-8, UTF-16 and UTF-32 its first bytes suggest, as Python's {@code json.loads} takes bytes.
 *
 * <p>Source: CPython 3.11, {@code json/__init__.py}, {@code detect_encoding}.
 */
final class DetectedText {

    private static final Charset UTF_32BE = Charset.forName("UTF-32BE");
    private static final Charset UTF_32LE = Charset.forName("UTF-32LE");

    private DetectedText() {}

    /** @throws IllegalArgumentException if the bytes are not text of that form */
    static String of(byte[] bytes) {
        try {
            var text =
                    charset(bytes).newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
            return text.startsWith("\uFEFF") ? text.substring(1) : text;
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException("the bytes are not text", e);
        }
    }

    /** What the zeros in JSON's first two characters, or in a byte order mark, give away. */
    private static Charset charset(byte[] bytes) {
        int b0 = at(0, bytes);
        int b1 = at(1, bytes);
        int b2 = at(2, bytes);
        int b3 = at(3, bytes);
        if (b0 == 0xFE && b1 == 0xFF) {
            return StandardCharsets.UTF_16BE;
        }
        boolean zeros = b2 == 0 && b3 == 0;
        if (b0 == 0xFF && b1 == 0xFE) {
            return zeros ? UTF_32LE : StandardCharsets.UTF_16LE;
        }
        boolean pairs = bytes.length == 2 || bytes.length >= 4;
        if (b0 == 0 && pairs) {
            return b1 == 0 && bytes.length >= 4 ? UTF_32BE : StandardCharsets.UTF_16BE;
        }
        if (b1 == 0 && pairs) {
            return zeros ? UTF_32LE : StandardCharsets.UTF_16LE;
        }
        return StandardCharsets.UTF_8;
    }

    private static int at(int index, byte[] bytes) {
        return index < bytes.length ? bytes[index] & 0xff : -1;
    }
}
