package dev.countermark.itsdangerous;

import dev.countermark.Body;
import dev.countermark.Reason;
import dev.countermark.encoding.Base64Url;
import dev.countermark.encoding.Zlib;
import dev.countermark.python.LenientBase64;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What stands in a token as its value: bytes, or why there are none.
 *
 * <p>Source: itsdangerous 2.2.0, {@code url_safe.py}, {@code URLSafeSerializerMixin}.
 *
 * @param bytes the value's bytes, or null
 * @param refused why there are none, or null
 * @param message what Python says to that; null where Python says nothing
 */
record PythonBody(
        byte @Nullable [] bytes,
        @Nullable Reason refused,
        @Nullable String message) {

    private static final byte COMPRESSED = '.';
    private static final PythonBody TOO_LARGE = new PythonBody(null, Reason.PAYLOAD_TOO_LARGE, null);
    private static final PythonBody NOT_BASE64 = new PythonBody(
            null, Reason.PAYLOAD_MALFORMED, "Could not base64 decode the payload because of an exception");
    private static final PythonBody NOT_ZLIB = new PythonBody(
            null, Reason.PAYLOAD_MALFORMED, "Could not zlib decompress the payload before decoding the payload");

    /** The body of a payload, as Python decides on compression. */
    static byte[] write(Body body, byte[] payload) {
        if (body == Body.TEXT) {
            return payload;
        }
        var zlib = Zlib.compressIfShorter(payload);
        return zlib == null ? encoded(payload, 0) : compressed(zlib);
    }

    private static byte[] compressed(byte[] zlib) {
        var text = encoded(zlib, 1);
        text[0] = COMPRESSED;
        return text;
    }

    private static byte[] encoded(byte[] bytes, int from) {
        var text = new byte[from + Base64Url.encodedLength(bytes.length)];
        Base64Url.encode(bytes, text, from);
        return text;
    }

    /**
     * The payload of the first {@code end} bytes.
     *
     * @param lenient whether any spelling of base64 counts, and bytes behind the zlib stream are left alone
     * @param limit largest payload
     */
    static PythonBody read(Body body, byte[] text, int end, boolean lenient, int limit) {
        if (body == Body.TEXT) {
            return end > limit ? TOO_LARGE : of(Arrays.copyOf(text, end));
        }
        boolean compressed = end > 0 && text[0] == COMPRESSED;
        int from = compressed ? 1 : 0;
        var bytes = lenient ? LenientBase64.urlSafeOrNull(text, from, end) : Base64Url.decodeOrNull(text, from, end);
        if (bytes == null) {
            return NOT_BASE64;
        }
        if (compressed) {
            return inflated(bytes, lenient, limit);
        }
        return bytes.length > limit ? TOO_LARGE : of(bytes);
    }

    private static PythonBody inflated(byte[] zlib, boolean lenient, int limit) {
        var inflated = Zlib.inflate(zlib, 0, zlib.length, limit);
        if (inflated.failure() == Zlib.Failure.TOO_LARGE) {
            return TOO_LARGE;
        }
        var bytes = inflated.bytes();
        return bytes == null || inflated.unread() > 0 && !lenient ? NOT_ZLIB : of(bytes);
    }

    /** Why there are no bytes. */
    Reason reason() {
        return refused == null ? Reason.PAYLOAD_MALFORMED : refused;
    }

    private static PythonBody of(byte[] bytes) {
        return new PythonBody(bytes, null, null);
    }
}
