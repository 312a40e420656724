package dev.countermark.frameworks;

import dev.countermark.Reading;
import dev.countermark.TokenParts;
import org.jspecify.annotations.Nullable;

/** What stands in a token that has no dates. */
record Undated(byte @Nullable [] payload) implements TokenParts {

    @Override
    public long issuedAt() {
        return Reading.NO_TIME;
    }

    @Override
    public long expiresAt() {
        return Reading.NO_TIME;
    }
}
