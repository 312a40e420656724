package dev.countermark;

import dev.countermark.encoding.Base64Url;
import dev.countermark.encoding.Zlib;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The three {@link Body} forms: payload bytes to the bytes in the token, and back within a limit. */
final class TokenBody {

    private static final byte COMPRESSED_MARK = '.';

    private TokenBody() {}

    /**
     * What a body holds: bytes, or why there are none.
     *
     * @param bytesOrNull the payload
     * @param refused the reason, or null
     */
    record Content(byte @Nullable [] bytesOrNull, @Nullable Reason refused) {

        private static final Content MALFORMED = new Content(null, Reason.PAYLOAD_MALFORMED);
        private static final Content TOO_LARGE = new Content(null, Reason.PAYLOAD_TOO_LARGE);

        byte[] bytes() {
            if (bytesOrNull == null) {
                throw new IllegalStateException("this body was refused");
            }
            return bytesOrNull;
        }
    }

    static byte[] write(Body body, byte[] payload) {
        return switch (body) {
            case TEXT -> payload;
            case URL_SAFE -> encoded(payload, 0);
            case URL_SAFE_COMPRESSED -> compressed(payload);
        };
    }

    private static byte[] encoded(byte[] payload, int from) {
        var text = new byte[from + Base64Url.encodedLength(payload.length)];
        Base64Url.encode(payload, text, from);
        return text;
    }

    private static byte[] compressed(byte[] payload) {
        var zlib = Zlib.compressIfShorter(payload);
        if (zlib == null) {
            return encoded(payload, 0);
        }
        var text = encoded(zlib, 1);
        text[0] = COMPRESSED_MARK;
        return text;
    }

    static Content read(Body body, byte[] text, int end, int limit) {
        if (body == Body.TEXT) {
            return end > limit ? Content.TOO_LARGE : new Content(Arrays.copyOf(text, end), null);
        }
        boolean compressed = body == Body.URL_SAFE_COMPRESSED && end > 0 && text[0] == COMPRESSED_MARK;
        var bytes = Base64Url.decodeOrNull(text, compressed ? 1 : 0, end);
        if (bytes == null) {
            return Content.MALFORMED;
        }
        if (compressed) {
            return inflated(bytes, limit);
        }
        return bytes.length > limit ? Content.TOO_LARGE : new Content(bytes, null);
    }

    private static Content inflated(byte[] zlib, int limit) {
        var inflated = Zlib.inflate(zlib, 0, zlib.length, limit);
        if (inflated.failure() == Zlib.Failure.TOO_LARGE) {
            return Content.TOO_LARGE;
        }
        return inflated.bytes() == null || inflated.unread() > 0
                ? Content.MALFORMED
                : new Content(inflated.bytes(), null);
    }
}
