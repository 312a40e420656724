package dev.countermark.encoding;

import java.nio.ByteBuffer;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * Base64 of more than a few bytes by {@code java.util.Base64}, which many processors do in whole vectors.
 *
 * <p>Piece by piece: the virtual machine puts its vectors only where a call comes often, and one call for a megabyte is
 * one call.
 */
final class PlatformBase64 {

    /** Below this many bytes {@link Base64Url}'s own loop is as fast. */
    static final int SHORTEST_TO_ENCODE = 48;

    /** Below this many characters {@link Base64Url}'s own loop is as fast. */
    static final int SHORTEST_TO_DECODE = 96;

    private static final int BYTES = 6 * 1024;
    private static final int CHARACTERS = BYTES / 3 * 4;
    private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();
    private static final Base64.Decoder DECODER = Base64.getUrlDecoder();

    private PlatformBase64() {}

    /** Writes the text of the first {@code length} bytes; answers the index behind its last character. */
    static int encode(byte[] bytes, int length, byte[] target, int at) {
        for (int i = 0; i < length; i += BYTES) {
            var text = ENCODER.encode(ByteBuffer.wrap(bytes, i, Math.min(BYTES, length - i)));
            int characters = text.remaining();
            text.get(target, at, characters);
            at += characters;
        }
        return at;
    }

    /**
     * Decodes the characters {@code from} to {@code to}, or answers null where one of them is not of the alphabet. Bits that
     * stand for nothing, and padding behind the last one, are for the caller to look at.
     */
    static byte @Nullable [] decodeOrNull(byte[] text, int from, int to) {
        try {
            if (to - from <= CHARACTERS) {
                var bytes =
                        DECODER.decode(ByteBuffer.wrap(text, from, to - from)).array();
                return bytes.length == (to - from) * 3 / 4 ? bytes : null;
            }
            var bytes = new byte[(int) ((to - from) * 3L / 4)];
            int at = 0;
            for (int i = from; i < to; i += CHARACTERS) {
                int characters = Math.min(CHARACTERS, to - i);
                var piece = DECODER.decode(ByteBuffer.wrap(text, i, characters));
                if (piece.remaining() != characters * 3 / 4) {
                    // padding, which ends a piece early
                    return null;
                }
                int length = piece.remaining();
                piece.get(bytes, at, length);
                at += length;
            }
            return bytes;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
