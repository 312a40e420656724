package dev.countermark.server.tokens;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.countermark.apitokens.ApiToken;
import dev.countermark.apitokens.IssuedToken;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A token as the API shows it. Dates are in UTC (RFC 3339), to the second.
 *
 * @param token its text, in the answer that issues it and nowhere else
 * @param id its id, 32 hexadecimal digits
 * @param subject whom it speaks for
 * @param name what its owner calls it; may be empty
 * @param scopes what it may do, sorted
 * @param metadata free facts
 * @param state {@code active}, {@code expired} or {@code revoked}
 * @param issuedAt when it was issued
 * @param expiresAt last second of its validity
 * @param endsAt when it stops being accepted: its expiry, the end of its overlap, or its revocation
 * @param lastUsedAt when it was last used, up to three minutes behind; absent for never
 * @param key fingerprint of the key that signed it
 * @param replaces id of the token it was rotated from
 * @param replacedBy id of the token it was rotated to
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record TokenView(
        @Nullable String token,
        String id,
        String subject,
        String name,
        Set<String> scopes,
        Map<String, String> metadata,
        String state,
        Instant issuedAt,
        Instant expiresAt,
        Instant endsAt,
        @Nullable Instant lastUsedAt,
        String key,
        @Nullable String replaces,
        @Nullable String replacedBy) {

    static TokenView of(ApiToken token) {
        return view(null, token);
    }

    static TokenView of(IssuedToken issued) {
        return view(issued.text(), issued.token());
    }

    private static TokenView view(@Nullable String text, ApiToken token) {
        return new TokenView(
                text,
                token.id(),
                token.subject(),
                token.name(),
                token.scopes(),
                token.metadata(),
                token.state().name().toLowerCase(Locale.ROOT),
                token.issuedAt(),
                token.expiresAt(),
                token.endsAt(),
                token.lastUsedAt().orElse(null),
                token.keyFingerprint(),
                token.replaces().orElse(null),
                token.replacedBy().orElse(null));
    }

    /** The id: a text is shown to whom it belongs, names and metadata may be private. */
    @Override
    public String toString() {
        return "TokenView[id=" + id + "]";
    }
}
