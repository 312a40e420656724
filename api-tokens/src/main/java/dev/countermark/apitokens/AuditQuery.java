package dev.countermark.apitokens;

import java.util.Optional;

/**
 * Which audit rows to list: latest first.
 *
 * @param tokenId only those about this token
 * @param subject only those about this subject; not together with {@code tokenId}
 * @param limit how many at most: 1 to 1,000
 * @param cursor {@link Page#next} of the page before
 */
public record AuditQuery(Optional<String> tokenId, Optional<String> subject, int limit, Optional<String> cursor) {

    /**
     * @throws IllegalArgumentException if the limit is out of its range, both a token and a subject are given, or one of them is
     *     no Unicode text or has a NUL
     */
    public AuditQuery {
        if (limit < 1 || limit > 1000) {
            throw new IllegalArgumentException("a page has 1 to 1000 items");
        }
        if (tokenId.isPresent() && subject.isPresent()) {
            throw new IllegalArgumentException("ask for the rows of a token or of a subject");
        }
        tokenId.ifPresent(id -> Text.requireWellFormed(id, "token id"));
        subject.ifPresent(name -> Text.requireWellFormed(name, "subject"));
    }

    /** All rows, a hundred at a time. */
    public static AuditQuery all() {
        return new AuditQuery(Optional.empty(), Optional.empty(), 100, Optional.empty());
    }

    /** Only those about this token. */
    public AuditQuery token(String id) {
        return new AuditQuery(Optional.of(id), subject, limit, cursor);
    }

    /** Only those about this subject. */
    public AuditQuery subject(String subject) {
        return new AuditQuery(tokenId, Optional.of(subject), limit, cursor);
    }

    /** At most so many, 1 to 1,000. */
    public AuditQuery limit(int limit) {
        return new AuditQuery(tokenId, subject, limit, cursor);
    }

    /** Those behind a page. */
    public AuditQuery after(String cursor) {
        return new AuditQuery(tokenId, subject, limit, Optional.of(cursor));
    }

    /** Not whom it asks for. */
    @Override
    public String toString() {
        return "AuditQuery[limit=" + limit + "]";
    }
}
