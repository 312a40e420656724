package dev.countermark.server.page;

import dev.countermark.apitokens.RevokeOutcome;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What the page after a change says about it, once.
 *
 * @param kind what happened
 * @param confirmed how many live nodes have applied a revocation
 * @param live how many nodes are live
 */
record Notice(Kind kind, int confirmed, int live) {

    private static final Pattern COOKIE = Pattern.compile("([a-z_]{1,20})\\.([0-9]{1,5})\\.([0-9]{1,5})");

    /** What happened. */
    enum Kind {
        REVOKED,
        SUBJECT_REVOKED,
        SESSION_ENDED,
        LOGGED_OUT
    }

    static Notice of(Kind kind) {
        return new Notice(kind, 0, 0);
    }

    static Notice revoked(Kind kind, RevokeOutcome outcome) {
        return new Notice(kind, outcome.confirmed(), outcome.live());
    }

    /** What the cookie says; empty if it is none of ours. */
    static Optional<Notice> parse(String cookie) {
        var match = COOKIE.matcher(cookie);
        if (!match.matches()) {
            return Optional.empty();
        }
        for (var kind : Kind.values()) {
            if (kind.name().toLowerCase(Locale.ROOT).equals(match.group(1))) {
                return Optional.of(
                        new Notice(kind, Integer.parseInt(match.group(2)), Integer.parseInt(match.group(3))));
            }
        }
        return Optional.empty();
    }

    String cookie() {
        return kind.name().toLowerCase(Locale.ROOT) + "." + confirmed + "." + live;
    }

    /** In words. */
    String text() {
        return switch (kind) {
            case REVOKED -> "The token is revoked. " + nodes();
            case SUBJECT_REVOKED -> "All tokens of the subject are revoked. " + nodes();
            case SESSION_ENDED -> "Your session has ended. Log in again.";
            case LOGGED_OUT -> "You are logged out.";
        };
    }

    private String nodes() {
        if (live == 1 && confirmed == 1) {
            return "This is the only live node, and it refuses by now.";
        }
        return confirmed == live
                ? "All " + live + " live nodes have confirmed."
                : confirmed + " of " + live + " live nodes have confirmed; the others refuse within their lease.";
    }
}
