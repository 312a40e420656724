package dev.countermark.frameworks;

import dev.countermark.Body;
import dev.countermark.Reason;
import dev.countermark.encoding.Base64Url;
import dev.countermark.encoding.Zlib;
import dev.countermark.python.LenientBase64;
import org.jspecify.annotations.Nullable;

/**
 * How bytes stand in front of a signature: as they are, or in URL-safe base64, zlib behind a dot.
 *
 * <p>Source: Django 5.2, {@code core/signing.py}, {@code sign_object} and {@code unsign_object}.
 */
final class DjangoBody {

    private static final byte COMPRESSED_MARK = '.';

    /**
     * Bytes, or why there are none.
     *
     * @param bytes null where {@code refused} is not
     * @param refused null where {@code bytes} is not
     */
    record Content(byte @Nullable [] bytes, @Nullable Reason refused) {}

    private DjangoBody() {}

    static byte[] write(Body body, byte[] value) {
        if (body == Body.TEXT) {
            return value;
        }
        var zlib = body == Body.URL_SAFE_COMPRESSED ? Zlib.compressIfShorter(value) : null;
        var content = zlib == null ? value : zlib;
        int mark = zlib == null ? 0 : 1;
        var text = new byte[mark + Base64Url.encodedLength(content.length)];
        Base64Url.encode(content, text, mark);
        if (zlib != null) {
            text[0] = COMPRESSED_MARK;
        }
        return text;
    }

    /** Whether a body is compressed is told by its mark, whatever the writer was told. */
    static Content read(Body body, byte[] text, boolean lenient, int limit) {
        if (body == Body.TEXT) {
            return text.length > limit ? refused(Reason.PAYLOAD_TOO_LARGE) : new Content(text, null);
        }
        boolean compressed = text.length > 0 && text[0] == COMPRESSED_MARK;
        int from = compressed ? 1 : 0;
        var bytes = lenient
                ? LenientBase64.urlSafeOrNull(text, from, text.length)
                : Base64Url.decodeOrNull(text, from, text.length);
        if (bytes == null) {
            boolean readable = !lenient && LenientBase64.urlSafeOrNull(text, from, text.length) != null;
            return refused(readable ? Reason.NOT_CANONICAL : Reason.PAYLOAD_MALFORMED);
        }
        if (!compressed) {
            return bytes.length > limit ? refused(Reason.PAYLOAD_TOO_LARGE) : new Content(bytes, null);
        }
        var inflated = Zlib.inflate(bytes, 0, bytes.length, limit);
        if (inflated.failure() == Zlib.Failure.TOO_LARGE) {
            return refused(Reason.PAYLOAD_TOO_LARGE);
        }
        if (inflated.bytes() == null) {
            return refused(Reason.PAYLOAD_MALFORMED);
        }
        return inflated.unread() > 0 && !lenient ? refused(Reason.NOT_CANONICAL) : new Content(inflated.bytes(), null);
    }

    private static Content refused(Reason reason) {
        return new Content(null, reason);
    }
}
