package dev.countermark.cli.formats;

import dev.countermark.encoding.Base64Url;
import dev.countermark.json.PythonJson;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A text with the shape of a compact JWS, taken apart without a key. Anybody can have made it up.
 *
 * @param header a JSON object that names an algorithm
 * @param payload as JSON; null where it is none
 * @param payloadText as it can be read best
 * @param signatureLength in bytes
 */
record JwsText(JsonNode header, @Nullable JsonNode payload, String payloadText, int signatureLength) {

    private static final int LONGEST_HEADER = 4096;
    private static final int LONGEST_PAYLOAD = 64 * 1024;

    static Optional<JwsText> of(String token) {
        int first = token.indexOf('.');
        int last = token.lastIndexOf('.');
        if (first <= 0 || last == first || first > LONGEST_HEADER || last - first > LONGEST_PAYLOAD) {
            return Optional.empty();
        }
        var header = json(Base64Url.decodeOrNull(token.substring(0, first)));
        var body = token.substring(first + 1, last);
        var payload = Base64Url.decodeOrNull(body);
        var signature = Base64Url.decodeOrNull(token.substring(last + 1));
        if (header == null || !header.path("alg").isString() || payload == null || signature == null) {
            return Optional.empty();
        }
        return Optional.of(new JwsText(header, json(payload), DottedToken.bodyText(body), signature.length));
    }

    private static @Nullable JsonNode json(byte @Nullable [] bytes) {
        try {
            return bytes == null ? null : PythonJson.standard().decode(bytes);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    String algorithm() {
        return header.path("alg").stringValue();
    }

    boolean expiresInHeader() {
        return header.has("exp");
    }

    /** Its parts, the dates in words. */
    List<Sighting.Part> parts() {
        var parts = new ArrayList<Sighting.Part>();
        parts.add(new Sighting.Part("header", compact(header)));
        parts.add(new Sighting.Part("payload", payload == null ? payloadText : compact(payload)));
        var dated = expiresInHeader() || payload == null ? header : payload;
        addDate(parts, "issued", dated.get("iat"));
        addDate(parts, "not before", dated.get("nbf"));
        addDate(parts, "expires", dated.get("exp"));
        parts.add(new Sighting.Part("signature", signatureLength + " bytes"));
        return parts;
    }

    private static void addDate(List<Sighting.Part> parts, String name, @Nullable JsonNode seconds) {
        if (seconds != null && seconds.isIntegralNumber() && seconds.canConvertToInt()) {
            parts.add(new Sighting.Part(
                    name, Instant.ofEpochSecond(seconds.intValue()).toString()));
        }
    }

    /** One line of JSON, without spaces. */
    static String compact(JsonNode json) {
        return new String(PythonJson.standard().compact().unescaped().encode(json), StandardCharsets.UTF_8);
    }
}
