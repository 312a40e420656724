package dev.countermark.apitokens;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Scopes as they stand in a token: names joined by single spaces (RFC 8693 section 4.2), sorted, so that a set has one
 * text.
 */
final class Scopes {

    /** Scopes that begin so are ours, and count only while the store has a live row of the token. */
    static final String RESERVED = "countermark:";

    private Scopes() {}

    /** An immutable copy in order; refuses what RFC 6749 section 3.3 does. */
    static Set<String> sorted(Collection<String> scopes) {
        if (scopes.isEmpty()) {
            return Set.of();
        }
        var sorted = new TreeSet<>(scopes);
        for (var scope : sorted) {
            if (!isScope(scope)) {
                throw new IllegalArgumentException(
                        "a scope is 1 to 200 printable ASCII characters without space, quote and backslash");
            }
        }
        return Collections.unmodifiableSet(new LinkedHashSet<>(sorted));
    }

    private static boolean isScope(String scope) {
        return !scope.isEmpty()
                && scope.length() <= 200
                && scope.chars().allMatch(c -> c > 0x20 && c < 0x7f && c != '"' && c != '\\');
    }

    static String join(Set<String> scopes) {
        return String.join(" ", scopes);
    }

    static Set<String> parse(String joined) {
        return sorted(names(joined));
    }

    private static List<String> names(String joined) {
        var names = new ArrayList<String>();
        int from = 0;
        while (from < joined.length()) {
            int space = joined.indexOf(' ', from);
            int to = space < 0 ? joined.length() : space;
            names.add(joined.substring(from, to));
            from = to + 1;
        }
        return names;
    }

    static boolean has(String joined, String scope) {
        if (scope.isEmpty()) {
            return false;
        }
        int at = joined.indexOf(scope);
        while (at >= 0) {
            int end = at + scope.length();
            if ((at == 0 || joined.charAt(at - 1) == ' ') && (end == joined.length() || joined.charAt(end) == ' ')) {
                return true;
            }
            at = joined.indexOf(scope, at + 1);
        }
        return false;
    }

    static boolean hasReserved(String joined) {
        int at = joined.indexOf(RESERVED);
        while (at > 0 && joined.charAt(at - 1) != ' ') {
            at = joined.indexOf(RESERVED, at + 1);
        }
        return at >= 0;
    }
}
