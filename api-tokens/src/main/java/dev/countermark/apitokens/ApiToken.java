package dev.countermark.apitokens;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The record of an API token: everything a store knows of it, which is neither its text nor a key.
 *
 * @param id 32 lower-case hexadecimal digits, random; may be logged
 * @param prefix what its text begins with
 * @param subject whom it speaks for
 * @param name what its owner calls it; may be empty
 * @param scopes what it may do; empty for nothing
 * @param metadata free facts, kept in the store only
 * @param issuedAt when it was issued, to the second
 * @param expiresAt last second of its validity, as written into it
 * @param endsAt when it stops being accepted: its expiry, the end of its overlap, or its revocation
 * @param state what it was when the record was read
 * @param lastUsedAt when it was last used, up to three minutes behind
 * @param generation number of the feed when it was issued: above it begin the revocations of its subject that refuse it
 * @param keyFingerprint fingerprint of the key that signed it
 * @param replaces id of the token it was rotated from
 * @param replacedBy id of the token it was rotated to
 */
public record ApiToken(
        String id,
        String prefix,
        String subject,
        String name,
        Set<String> scopes,
        Map<String, String> metadata,
        Instant issuedAt,
        Instant expiresAt,
        Instant endsAt,
        TokenState state,
        Optional<Instant> lastUsedAt,
        long generation,
        String keyFingerprint,
        Optional<String> replaces,
        Optional<String> replacedBy) {

    /** Makes one; scopes are sorted, and neither they nor the metadata change afterwards. */
    public ApiToken {
        scopes = Scopes.sorted(scopes);
        metadata = Map.copyOf(metadata);
    }

    /** The id and the state: names and metadata may be private. */
    @Override
    public String toString() {
        return "ApiToken[id=" + id + ", state=" + state + "]";
    }
}
