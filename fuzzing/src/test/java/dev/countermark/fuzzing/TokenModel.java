package dev.countermark.fuzzing;

import dev.countermark.apitokens.ApiTokenVerdict;
import dev.countermark.apitokens.TokenState;

/** What a token must be, in whole seconds and plain words; written from the documentation, not from a store. */
final class TokenModel {

    private static final long NEVER = Long.MAX_VALUE;

    private final String text;
    private final String id;
    private final String subject;
    private final long lifetime;
    private final long lastSecond;
    private long revokedAt = NEVER;
    private long overlapEnds = NEVER;
    private boolean replaced;

    TokenModel(String text, String id, String subject, long issuedAt, long lifetime) {
        this.text = text;
        this.id = id;
        this.subject = subject;
        this.lifetime = lifetime;
        this.lastSecond = issuedAt + lifetime;
    }

    String text() {
        return text;
    }

    String id() {
        return id;
    }

    String subject() {
        return subject;
    }

    long lifetime() {
        return lifetime;
    }

    void revoke(long now) {
        revokedAt = Math.min(revokedAt, now);
    }

    boolean canBeRotated(long now) {
        return !replaced && state(now) == TokenState.ACTIVE;
    }

    void rotate(long now, long overlap) {
        replaced = true;
        overlapEnds = now + overlap;
    }

    /** Expiry is said before revocation, because it needs nothing but the token. */
    Class<? extends ApiTokenVerdict> verdict(long now) {
        if (now > lastSecond) {
            return ApiTokenVerdict.Expired.class;
        }
        return now >= Math.min(revokedAt, overlapEnds) ? ApiTokenVerdict.Revoked.class : ApiTokenVerdict.Valid.class;
    }

    boolean isRevoked() {
        return revokedAt != NEVER;
    }

    boolean isReplaced() {
        return replaced;
    }

    /** A record tells what ended the token first. */
    TokenState state(long now) {
        long taken = Math.min(revokedAt, overlapEnds);
        if (now >= taken && taken <= lastSecond) {
            return TokenState.REVOKED;
        }
        return now > lastSecond ? TokenState.EXPIRED : TokenState.ACTIVE;
    }
}
