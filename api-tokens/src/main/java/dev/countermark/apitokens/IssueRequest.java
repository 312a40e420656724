package dev.countermark.apitokens;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What to issue: a subject, and what else is wanted. Whoever sets something out of its range gets an {@link
 * IllegalArgumentException} at once.
 *
 * <pre>{@code
 * tokens.issue(IssueRequest.forSubject("ci").name("nightly build").scopes("packages:read").lifetime(Duration.ofDays(30)));
 * }</pre>
 *
 * @param subject whom the token speaks for: 1 to 255 characters, none of them a control character
 * @param name what its owner calls it: at most 200 characters, none of them a control character
 * @param scopes what it may do (RFC 6749 section 3.3); none given means none granted
 * @param lifetime how long it is accepted, in whole seconds, at least one; empty for the policy's default
 * @param metadata at most 32 free facts; keys of at most 100 characters, values of at most 1,000
 * @param idempotencyKey 1 to 200 characters; a repeated request with the same key, by the same actor within 24 hours, gets
 *     the same token
 */
public record IssueRequest(
        String subject,
        String name,
        Set<String> scopes,
        Optional<Duration> lifetime,
        Map<String, String> metadata,
        Optional<String> idempotencyKey) {

    /** @throws IllegalArgumentException if something is out of its range; the message says what */
    public IssueRequest {
        Text.require(subject, "subject", 1, 255);
        Text.require(name, "name", 0, 200);
        scopes = Scopes.sorted(scopes);
        lifetime.ifPresent(length -> {
            if (length.getSeconds() < 1 || length.getNano() != 0) {
                throw new IllegalArgumentException("a lifetime is a whole number of seconds, at least one");
            }
        });
        if (metadata.size() > 32) {
            throw new IllegalArgumentException("metadata has at most 32 entries");
        }
        metadata.forEach((key, value) -> {
            Text.require(key, "metadata key", 1, 100);
            Text.requireWellFormed(value, "metadata value", 0, 1000);
        });
        metadata = Map.copyOf(metadata);
        idempotencyKey.ifPresent(key -> Text.require(key, "idempotency key", 1, 200));
    }

    /** A request for a token without name, scopes and metadata, of the policy's default lifetime. */
    public static IssueRequest forSubject(String subject) {
        return new IssueRequest(subject, "", Set.of(), Optional.empty(), Map.of(), Optional.empty());
    }

    /** The same request with a name. */
    public IssueRequest name(String name) {
        return new IssueRequest(subject, name, scopes, lifetime, metadata, idempotencyKey);
    }

    /** The same request with these scopes; one that is given twice counts once. */
    public IssueRequest scopes(String... scopes) {
        return scopes(Set.copyOf(List.of(scopes)));
    }

    /** The same request with these scopes. */
    public IssueRequest scopes(Set<String> scopes) {
        return new IssueRequest(subject, name, scopes, lifetime, metadata, idempotencyKey);
    }

    /** The same request with a lifetime. */
    public IssueRequest lifetime(Duration lifetime) {
        return new IssueRequest(subject, name, scopes, Optional.of(lifetime), metadata, idempotencyKey);
    }

    /** The same request with metadata, instead of what it had. */
    public IssueRequest metadata(Map<String, String> metadata) {
        return new IssueRequest(subject, name, scopes, lifetime, metadata, idempotencyKey);
    }

    /** The same request with one more entry of metadata. */
    public IssueRequest metadata(String key, String value) {
        var more = new LinkedHashMap<>(metadata);
        more.put(key, value);
        return metadata(more);
    }

    /** The same request with an idempotency key. */
    public IssueRequest idempotencyKey(String key) {
        return new IssueRequest(subject, name, scopes, lifetime, metadata, Optional.of(key));
    }

    /** Nothing of what was asked: names and metadata may be private. */
    @Override
    public String toString() {
        return "IssueRequest[redacted]";
    }
}
