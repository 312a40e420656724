package dev.countermark.server.page;

import dev.countermark.apitokens.ApiTokens;
import dev.countermark.apitokens.IssueRequest;
import dev.countermark.server.scopes.ReservedScopes;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.StringTokenizer;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What the form for a new token holds, and what is wrong with it.
 *
 * @param subject whom the token is to speak for
 * @param name what its owner calls it
 * @param scopes names with white space between
 * @param admin whether it may administer tokens
 * @param lifetime in seconds
 * @param metadata a fact a line: {@code key=value}
 * @param request idempotency key: the same form sent twice issues one token
 */
record IssueForm(
        String subject, String name, String scopes, boolean admin, String lifetime, String metadata, String request) {

    /** What is to be issued; empty when something is wrong. */
    Optional<IssueRequest> read(Map<String, String> errors, ApiTokens tokens) {
        var wanted = part(errors, "subject", () -> IssueRequest.forSubject(subject.strip()));
        // Each part on its own, so that everything wrong is said at once.
        var rest = IssueRequest.forSubject("-");
        part(errors, "name", () -> rest.name(name.strip()));
        part(errors, "scopes", () -> rest.scopes(scopeSet()));
        part(errors, "lifetime", () -> rest.lifetime(length(tokens)));
        part(errors, "metadata", () -> rest.metadata(facts()));
        if (!errors.isEmpty()) {
            return Optional.empty();
        }
        return wanted.map(it -> it.name(name.strip())
                .scopes(scopeSet())
                .lifetime(length(tokens))
                .metadata(facts())
                .idempotencyKey(key()));
    }

    String key() {
        return "page " + request;
    }

    private static Optional<IssueRequest> part(Map<String, String> errors, String field, Supplier<IssueRequest> part) {
        try {
            return Optional.of(part.get());
        } catch (IllegalArgumentException e) {
            errors.put(field, PageErrors.sentence(e));
            return Optional.empty();
        }
    }

    private Set<String> scopeSet() {
        var set = new TreeSet<String>();
        var names = new StringTokenizer(scopes);
        while (names.hasMoreTokens()) {
            var scope = names.nextToken();
            if (ReservedScopes.isReserved(scope) && !scope.equals(ReservedScopes.INTROSPECT)) {
                throw new IllegalArgumentException("scopes that begin with countermark: are reserved, and of them only "
                        + ReservedScopes.INTROSPECT + " is written here; tick Administrator for "
                        + ApiTokens.ADMIN_SCOPE);
            }
            set.add(scope);
        }
        if (admin) {
            set.add(ApiTokens.ADMIN_SCOPE);
        }
        return set;
    }

    private Duration length(ApiTokens tokens) {
        var longest = tokens.options().maximumLifetime();
        try {
            var length = Duration.ofSeconds(Long.parseLong(lifetime));
            if (length.compareTo(longest) <= 0 && !length.isNegative()) {
                return length;
            }
        } catch (NumberFormatException | ArithmeticException e) {
            // Said below.
        }
        throw new IllegalArgumentException("a lifetime is at most " + Moment.span(longest));
    }

    private Map<String, String> facts() {
        var facts = new LinkedHashMap<String, String>();
        metadata.lines().map(String::strip).filter(line -> !line.isEmpty()).forEach(line -> {
            int equals = line.indexOf('=');
            if (equals < 1) {
                throw new IllegalArgumentException("metadata is one key=value on each line");
            }
            var key = line.substring(0, equals).strip();
            if (facts.put(key, line.substring(equals + 1).strip()) != null) {
                throw new IllegalArgumentException("a key of the metadata stands there twice");
            }
        });
        return facts;
    }

    /** The fields for the template, exactly as they were typed. */
    Map<String, @Nullable Object> fields() {
        var fields = new LinkedHashMap<String, @Nullable Object>();
        fields.put("subject", new Exact(subject));
        fields.put("name", new Exact(name));
        fields.put("scopes", new Exact(scopes));
        fields.put("metadata", new Exact(metadata));
        fields.put("admin", admin);
        fields.put("request", request);
        return fields;
    }
}
