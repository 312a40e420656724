package dev.countermark.frameworks;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.MalformedInputException;
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

    /** @throws IllegalArgumentException if the bytes are not text of that form, or a pair of surrogates that are two characters */
    static String of(byte[] bytes) {
        try {
            var charset = charset(bytes);
            var text = charset.equals(StandardCharsets.UTF_8)
                    ? ofUtf8(bytes)
                    : charset.equals(UTF_32BE) || charset.equals(UTF_32LE)
                            ? decoded(charset, bytes, 0, bytes.length)
                            : ofUtf16(charset, bytes);
            return text.startsWith("\uFEFF") ? text.substring(1) : text;
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException("the bytes are not text", e);
        }
    }

    /** Python's {@code surrogatepass}: three bytes that stand for half a character are that half. */
    private static String ofUtf8(byte[] bytes) throws CharacterCodingException {
        var text = new StringBuilder();
        int from = 0;
        for (int i = 0; i + 2 < bytes.length; i++) {
            // no other character has a byte ED, nor these behind it
            if ((bytes[i] & 0xff) == 0xED && (bytes[i + 1] & 0xE0) == 0xA0 && (bytes[i + 2] & 0xC0) == 0x80) {
                text.append(decoded(StandardCharsets.UTF_8, bytes, from, i));
                char half = (char) (0xD000 | (bytes[i + 1] & 0x3F) << 6 | bytes[i + 2] & 0x3F);
                if (Character.isLowSurrogate(half)
                        && !text.isEmpty()
                        && Character.isHighSurrogate(text.charAt(text.length() - 1))) {
                    throw new IllegalArgumentException("two halves that are two characters in Python are one in Java");
                }
                text.append(half);
                i += 2;
                from = i + 1;
            }
        }
        return text.append(decoded(StandardCharsets.UTF_8, bytes, from, bytes.length))
                .toString();
    }

    private static String ofUtf16(Charset charset, byte[] bytes) throws CharacterCodingException {
        if (bytes.length % 2 != 0) {
            throw new MalformedInputException(1);
        }
        return ByteBuffer.wrap(bytes)
                .order(charset.equals(StandardCharsets.UTF_16BE) ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN)
                .asCharBuffer()
                .toString();
    }

    private static String decoded(Charset charset, byte[] bytes, int from, int to) throws CharacterCodingException {
        return charset.newDecoder()
                .decode(ByteBuffer.wrap(bytes, from, to - from))
                .toString();
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
