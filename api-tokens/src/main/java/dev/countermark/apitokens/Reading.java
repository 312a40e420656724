package dev.countermark.apitokens;

import dev.countermark.Reason;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a text turned out to be: a reason to refuse it, or claims and the date of their signature.
 *
 * @param oldKey whether the key that signed it no longer signs
 */
record Reading(
        @Nullable Reason refused,
        @Nullable Claims claimsOrNull,
        @Nullable Instant dateOrNull,
        boolean oldKey) {

    Claims claims() {
        return Objects.requireNonNull(claimsOrNull);
    }

    Instant issuedAt() {
        return Objects.requireNonNull(dateOrNull);
    }

    ApiTokenVerdict.Valid valid() {
        var claims = claims();
        return new ApiTokenVerdict.Valid(
                claims.id(),
                claims.subject(),
                claims.scope(),
                issuedAt(),
                Instant.ofEpochSecond(claims.expiresAt()),
                oldKey);
    }

    ApiTokenVerdict.Expired expired() {
        var claims = claims();
        return new ApiTokenVerdict.Expired(
                claims.id(), claims.subject(), issuedAt(), Instant.ofEpochSecond(claims.expiresAt()));
    }

    ApiTokenVerdict.Revoked revoked(boolean rotated) {
        return new ApiTokenVerdict.Revoked(claims().id(), claims().subject(), rotated);
    }
}
