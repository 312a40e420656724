package dev.countermark.mac;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/** A long text given to a digest as UTF-8, piece by piece, so that no copy of the whole is made. */
final class TextPieces {

    /** In characters: what a processor's nearest caches hold, with its bytes. */
    private static final int PIECE = 4096;

    private TextPieces() {}

    /** Hashes the first {@code length} characters as {@code String.getBytes} writes them: half a surrogate pair as {@code ?}. */
    static void update(MessageDigest digest, String text, int length) {
        var encoder = StandardCharsets.UTF_8.newEncoder().onMalformedInput(CodingErrorAction.REPLACE);
        var characters = CharBuffer.allocate(PIECE);
        var bytes = ByteBuffer.allocate((int) (PIECE * encoder.maxBytesPerChar()));
        int at = 0;
        while (at < length) {
            int end = Math.min(length, at + PIECE);
            text.getChars(at, end, characters.array(), 0);
            encoder.encode(characters.clear().limit(end - at), bytes.clear(), end == length);
            digest.update(bytes.flip());
            // The first half of a pair waits for the second, which is in the next piece.
            at = end - characters.remaining();
        }
    }
}
