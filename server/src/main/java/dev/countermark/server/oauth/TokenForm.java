package dev.countermark.server.oauth;

import dev.countermark.server.http.FormParameters;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The form that both endpoints take (RFC 7662 section 2.1, RFC 7009 section 2.1).
 *
 * @param token the text that is asked about; never empty
 * @param hint what type of token the caller thinks it is
 */
record TokenForm(String token, Optional<String> hint) {

    /** In bytes: a token has at most 2,048 characters. */
    private static final int LONGEST = 16 * 1024;

    /**
     * Reads a form; empty for one that the RFCs do not allow.
     *
     * <p>Nothing may stand in the address, where logs would keep it, and nothing twice (RFC 6749 section 3.2).
     */
    static Optional<TokenForm> read(HttpServletRequest request) throws IOException {
        if (request.getQueryString() != null) {
            return Optional.empty();
        }
        var body = request.getInputStream().readNBytes(LONGEST + 1);
        if (body.length > LONGEST) {
            return Optional.empty();
        }
        String token = null;
        String hint = null;
        for (var parameter : FormParameters.parse(new String(body, StandardCharsets.UTF_8))) {
            if (parameter.name().equals("token")) {
                if (token != null || unusable(parameter.value().orElse(null))) {
                    return Optional.empty();
                }
                token = parameter.value().orElseThrow();
            } else if (parameter.name().equals("token_type_hint")) {
                if (hint != null || parameter.value().isEmpty()) {
                    return Optional.empty();
                }
                hint = parameter.value().get();
            }
        }
        return token == null ? Optional.empty() : Optional.of(new TokenForm(token, Optional.ofNullable(hint)));
    }

    private static boolean unusable(@Nullable String token) {
        return token == null || token.isEmpty();
    }

    @Override
    public String toString() {
        return "TokenForm[redacted]";
    }
}
