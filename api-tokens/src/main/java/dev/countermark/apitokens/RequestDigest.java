package dev.countermark.apitokens;

import dev.countermark.mac.Digest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeMap;

/** SHA-256 of a request, by which a repetition is told from another request under the same idempotency key. */
final class RequestDigest {

    private RequestDigest() {}

    static String of(IssueRequest request) {
        var parts = new ArrayList<String>();
        parts.add("issue");
        parts.add(request.subject());
        parts.add(request.name());
        parts.add(Scopes.join(request.scopes()));
        parts.add(request.lifetime().map(Duration::toString).orElse(""));
        new TreeMap<>(request.metadata()).forEach((key, value) -> {
            parts.add(key);
            parts.add(value);
        });
        return of(parts);
    }

    static String ofRotation(String id, Duration overlap) {
        return of(List.of("rotate", id, overlap.toString()));
    }

    private static String of(List<String> parts) {
        var text = new StringBuilder();
        for (var part : parts) {
            // Lengths keep ("ab", "c") and ("a", "bc") apart.
            text.append(part.length()).append(':').append(part);
        }
        return HexFormat.of().formatHex(Digest.SHA256.of(text.toString().getBytes(StandardCharsets.UTF_8)));
    }
}
