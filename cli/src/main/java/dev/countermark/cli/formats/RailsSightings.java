package dev.countermark.cli.formats;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** What Rails' signed texts look like without a key. */
final class RailsSightings {

    private static final Pattern SHAPE =
            Pattern.compile("([A-Za-z0-9+/_-]+={0,2})--([0-9a-f]{40}|[0-9a-f]{64}|[0-9a-f]{128})");

    private RailsSightings() {}

    static Optional<Sighting> of(String token) {
        var shape = SHAPE.matcher(token.replace("%3D", "="));
        if (token.length() > 64 * 1024 || !shape.matches()) {
            return Optional.empty();
        }
        byte[] body;
        try {
            body = Base64.getDecoder().decode(shape.group(1).replace('-', '+').replace('_', '/'));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
        boolean marshal = body.length > 2 && body[0] == 4 && body[1] == 8;
        var text = marshal ? "Marshal, " + body.length + " bytes" : new String(body, StandardCharsets.UTF_8);
        var algorithm = switch (shape.group(2).length()) {
            case 40 -> "SHA-1";
            case 64 -> "SHA-256";
            default -> "SHA-512";
        };
        return Optional.of(new Sighting(
                List.of("rails:message", "rails:cookie", "rails:signed-id"),
                "a message of Rails",
                List.of(
                        new Sighting.Part("body", text),
                        new Sighting.Part(
                                "signature", shape.group(2).length() / 2 + " bytes, as HMAC with " + algorithm))));
    }
}
