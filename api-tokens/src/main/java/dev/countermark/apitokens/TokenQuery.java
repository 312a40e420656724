package dev.countermark.apitokens;

import java.util.Optional;

/**
 * Which tokens to list: latest end first, then by id. Whoever follows the cursors meets every token that was there when the
 * first page was read; one that is revoked or rotated meanwhile ends sooner, and may be met again.
 *
 * @param subject only this subject's
 * @param state only those in this state
 * @param limit how many at most: 1 to 1,000
 * @param cursor {@link Page#next} of the page before
 */
public record TokenQuery(Optional<String> subject, Optional<TokenState> state, int limit, Optional<String> cursor) {

    /** @throws IllegalArgumentException if the limit is out of its range, or the subject is no Unicode text or has a NUL */
    public TokenQuery {
        if (limit < 1 || limit > 1000) {
            throw new IllegalArgumentException("a page has 1 to 1000 items");
        }
        subject.ifPresent(name -> Text.requireWellFormed(name, "subject"));
    }

    /** All tokens, a hundred at a time. */
    public static TokenQuery all() {
        return new TokenQuery(Optional.empty(), Optional.empty(), 100, Optional.empty());
    }

    /** Only this subject's. */
    public TokenQuery subject(String subject) {
        return new TokenQuery(Optional.of(subject), state, limit, cursor);
    }

    /** Only those in this state. */
    public TokenQuery state(TokenState state) {
        return new TokenQuery(subject, Optional.of(state), limit, cursor);
    }

    /** At most so many, 1 to 1,000. */
    public TokenQuery limit(int limit) {
        return new TokenQuery(subject, state, limit, cursor);
    }

    /** Those behind a page. */
    public TokenQuery after(String cursor) {
        return new TokenQuery(subject, state, limit, Optional.of(cursor));
    }

    /** Not whom it asks for. */
    @Override
    public String toString() {
        return "TokenQuery[state=" + state + ", limit=" + limit + "]";
    }
}
