package dev.countermark.server.tokens;

import dev.countermark.apitokens.ApiTokens;
import dev.countermark.apitokens.IssueRequest;
import dev.countermark.server.scopes.ReservedScopes;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What to issue.
 *
 * @param subject whom the token speaks for: 1 to 255 characters; the only member that must be there
 * @param name what its owner calls it: up to 200 characters
 * @param scopes what it may do; none given means none granted. Of the reserved ones those that {@link ReservedScopes}
 *     lets an administrator give
 * @param expiresIn lifetime in seconds, at least 1; the policy's default when absent
 * @param metadata up to 32 free facts
 */
record IssueBody(
        @Nullable String subject,
        @Nullable String name,
        @Nullable List<@Nullable String> scopes,
        @Nullable Long expiresIn,
        @Nullable Map<String, @Nullable String> metadata) {

    /** The request it stands for. */
    IssueRequest request() {
        if (subject == null) {
            throw new IllegalArgumentException("a subject is needed, for instance {\"subject\":\"alice\"}");
        }
        var request = IssueRequest.forSubject(subject);
        if (name != null) {
            request = request.name(name);
        }
        if (scopes != null) {
            if (scopes.contains(null)) {
                throw new IllegalArgumentException("scopes is a list of texts");
            }
            if (Set.copyOf(scopes).size() != scopes.size()) {
                throw new IllegalArgumentException("a scope is named twice");
            }
            var granted = Set.copyOf(scopes);
            if (ReservedScopes.anyWithheld(granted)) {
                throw new IllegalArgumentException("of the scopes that begin with countermark: there are "
                        + ApiTokens.ADMIN_SCOPE + " and " + ReservedScopes.INTROSPECT + " to give");
            }
            request = request.scopes(granted);
        }
        if (expiresIn != null) {
            request = request.lifetime(Duration.ofSeconds(expiresIn));
        }
        if (metadata != null) {
            if (metadata.containsValue(null)) {
                throw new IllegalArgumentException("metadata is an object of texts");
            }
            request = request.metadata(Map.copyOf(metadata));
        }
        return request;
    }

    /** Nothing of what was asked: names and metadata may be private. */
    @Override
    public String toString() {
        return "IssueBody[redacted]";
    }
}
