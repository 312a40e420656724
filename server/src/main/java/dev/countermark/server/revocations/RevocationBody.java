package dev.countermark.server.revocations;

import org.jspecify.annotations.Nullable;

/**
 * What to revoke: one of both.
 *
 * @param token text of a token
 * @param subject whose tokens, all that are issued by now
 */
record RevocationBody(@Nullable String token, @Nullable String subject) {

    /** Nothing of what was asked: one is a secret, the other may be private. */
    @Override
    public String toString() {
        return "RevocationBody[redacted]";
    }
}
