package dev.countermark.mac;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/** A long text given to a digest as UTF-8, piece by piece, so that no copy of the whole is made. */
final class TextPieces {

    /** In characters: what a processor's nearest caches hold, with its bytes. */
    private static final int PIECE = 4096;

    private final CharsetEncoder encoder =
            StandardCharsets.UTF_8.newEncoder().onMalformedInput(CodingErrorAction.REPORT);
    private final CharBuffer characters = CharBuffer.allocate(PIECE);
    private final ByteBuffer bytes = ByteBuffer.allocate((int) (PIECE * encoder.maxBytesPerChar()));
    private long count;
    private boolean exact = true;

    /** Hashes the first {@code length} characters as {@code String.getBytes} writes them: half a surrogate pair as {@code ?}. */
    void update(MessageDigest digest, String text, int length) {
        int at = 0;
        while (at < length) {
            int end = Math.min(length, at + PIECE);
            text.getChars(at, end, characters.array(), 0);
            characters.clear().limit(end - at);
            bytes.clear();
            while (encoder.encode(characters, bytes, end == length).isMalformed()) {
                exact = false;
                characters.get();
                bytes.put((byte) '?');
            }
            count += bytes.position();
            digest.update(bytes.flip());
            // The first half of a pair waits for the second, which is in the next piece.
            at = end - characters.remaining();
        }
    }

    /** Number of bytes hashed. */
    long count() {
        return count;
    }

    /** Whether all characters had a form in UTF-8. */
    boolean exact() {
        return exact;
    }
}
