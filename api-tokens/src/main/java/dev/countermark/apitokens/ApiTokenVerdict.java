package dev.countermark.apitokens;

import dev.countermark.BadTokenException;
import dev.countermark.ExpiredTokenException;
import dev.countermark.Reason;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;

/**
 * What the check of an API token found: {@link Valid}, {@link Expired}, {@link Revoked}, {@link Rejected} or
 * {@link Unavailable}.
 *
 * <p>Immutable. A {@code toString} shows at most the token's id.
 */
public sealed interface ApiTokenVerdict {

    /**
     * A token that is ours, unchanged, in time and not revoked.
     *
     * @param id its id; may be logged
     * @param subject whom it speaks for
     * @param scope its scopes as they stand in it: sorted, joined by single spaces
     * @param issuedAt when it was issued
     * @param expiresAt last second of its validity
     * @param reissue whether it was signed with a key that still verifies and no longer signs
     */
    record Valid(String id, String subject, String scope, Instant issuedAt, Instant expiresAt, boolean reissue)
            implements ApiTokenVerdict {

        /** Its scopes as a set. */
        public Set<String> scopes() {
            return Scopes.parse(scope);
        }

        /** Whether it has a scope. */
        public boolean hasScope(String scope) {
            return Scopes.has(this.scope, scope);
        }

        @Override
        public String toString() {
            return "Valid[id=" + id + "]";
        }
    }

    /**
     * A token that was ours and is too old.
     *
     * @param id its id
     * @param subject whom it spoke for
     * @param issuedAt when it was issued
     * @param expiresAt last second of its validity
     */
    record Expired(String id, String subject, Instant issuedAt, Instant expiresAt) implements ApiTokenVerdict {

        @Override
        public String toString() {
            return "Expired[id=" + id + "]";
        }
    }

    /**
     * A token that was ours and was taken back.
     *
     * @param id its id
     * @param subject whom it spoke for
     * @param rotated whether it was replaced by another and its overlap has ended
     */
    record Revoked(String id, String subject, boolean rotated) implements ApiTokenVerdict {

        @Override
        public String toString() {
            return "Revoked[id=" + id + "]";
        }
    }

    /**
     * A text that is not a token of ours.
     *
     * @param reason why, for metrics and debug logs; a client gets one answer for all
     */
    record Rejected(Reason reason) implements ApiTokenVerdict {}

    /**
     * No answer: revocations cannot be heard, so nobody knows whether the token was taken back. Answer 503, never 401.
     *
     * @param retryAfter when to ask again
     */
    record Unavailable(Duration retryAfter) implements ApiTokenVerdict {}

    /**
     * The valid token.
     *
     * @throws ExpiredTokenException if it is too old
     * @throws RevokedTokenException if it was taken back
     * @throws BadTokenException if it is not ours
     * @throws RevocationsUnavailableException if nobody knows; that is no {@code BadTokenException}
     */
    default Valid orThrow() {
        if (this instanceof Valid valid) {
            return valid;
        } else if (this instanceof Expired expired) {
            throw new ExpiredTokenException(expired.issuedAt(), expired.expiresAt());
        } else if (this instanceof Revoked) {
            throw new RevokedTokenException();
        } else if (this instanceof Rejected rejected) {
            throw new BadTokenException(rejected.reason());
        }
        throw new RevocationsUnavailableException(((Unavailable) this).retryAfter());
    }
}
