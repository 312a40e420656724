package dev.countermark.itsdangerous;

import dev.countermark.Limits;
import dev.countermark.TokenParts;
import dev.countermark.encoding.Base64Url;
import dev.countermark.json.PythonJson;
import dev.countermark.jws.header.HeaderRules;
import dev.countermark.python.LenientBase64;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a token of the JWS classes says of itself. Whether that counts, only its signature tells.
 *
 * @param headerEnd where the first dot stands
 * @param signedLength where the last one stands
 * @param lenient whether to read what Python reads, and not only what it writes
 */
record PythonJwsParts(byte[] text, int headerEnd, int signedLength, boolean lenient, Limits limits)
        implements TokenParts {

    /** The header; null if it is too long, or cannot be read. */
    static @Nullable JsonNode header(byte[] text, int headerEnd, boolean lenient) {
        if (headerEnd < 0 || HeaderRules.isTooLong(headerEnd)) {
            return null;
        }
        var bytes = decoded(text, 0, headerEnd, lenient);
        var json = lenient ? PythonJson.standard().lenient() : PythonJson.standard();
        try {
            return bytes == null ? null : json.decode(bytes);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static byte @Nullable [] decoded(byte[] text, int from, int to, boolean lenient) {
        return lenient ? LenientBase64.urlSafeOrNull(text, from, to) : Base64Url.decodeOrNull(text, from, to);
    }

    @Override
    public byte @Nullable [] payload() {
        var payload = decoded(text, headerEnd + 1, signedLength, lenient);
        return payload == null || payload.length > limits.payloadLength() ? null : payload;
    }

    @Override
    public long issuedAt() {
        return dates().issuedAt();
    }

    @Override
    public long expiresAt() {
        return dates().expiresAt();
    }

    private JwsDates dates() {
        return header(text, headerEnd, lenient) instanceof ObjectNode header
                ? JwsDates.of(header).orUnknown()
                : JwsDates.NONE;
    }
}
