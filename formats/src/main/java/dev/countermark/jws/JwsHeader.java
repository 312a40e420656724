package dev.countermark.jws;

import dev.countermark.Reason;
import dev.countermark.encoding.Base64Url;
import dev.countermark.json.PythonJson;
import dev.countermark.jws.header.HeaderRules;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The header of a token that somebody else may have written, after its signature held.
 *
 * @param refused why it is not one of this format, or null
 * @param keyId {@code kid}, or null
 * @param type {@code typ} as {@link #mediaType} compares it, or null
 */
record JwsHeader(
        @Nullable Reason refused,
        @Nullable String keyId,
        @Nullable String type) {

    private static final PythonJson JSON = PythonJson.standard();
    private static final JwsHeader MALFORMED = new JwsHeader(Reason.HEADER_MALFORMED, null, null);
    private static final JwsHeader OTHER_ALGORITHM = new JwsHeader(Reason.ALGORITHM_MISMATCH, null, null);

    /** Times stand in the header only where a reader goes by them; here they would be taken for claims that hold. */
    private static final String EXPIRY = "exp";

    static JwsHeader read(byte[] text, int length, JwsAlgorithm algorithm) {
        var json = Base64Url.decodeOrNull(text, 0, length);
        if (json == null || !(tree(json) instanceof ObjectNode header)) {
            return MALFORMED;
        }
        var name = header.get("alg");
        if (name == null || !name.isString()) {
            return MALFORMED;
        }
        if (!name.stringValue().equals(algorithm.name())) {
            return OTHER_ALGORITHM;
        }
        if (HeaderRules.asksForMore(header) || header.has(EXPIRY)) {
            return MALFORMED;
        }
        var keyId = header.get("kid");
        var type = header.get("typ");
        if (keyId != null && !keyId.isString() || type != null && !type.isString()) {
            return MALFORMED;
        }
        return new JwsHeader(
                null, keyId == null ? null : keyId.stringValue(), type == null ? null : mediaType(type.stringValue()));
    }

    private static @Nullable JsonNode tree(byte[] json) {
        try {
            return JSON.decode(json);
        } catch (RuntimeException | StackOverflowError e) {
            return null;
        }
    }

    /** The type in the form in which two of them compare: lower case, {@code application/} left out (RFC 7515 4.1.9). */
    static String mediaType(String type) {
        var lower = type.toLowerCase(Locale.ROOT);
        return lower.startsWith("application/") ? lower.substring("application/".length()) : lower;
    }
}
