package dev.countermark.spring.security;

import dev.countermark.apitokens.ApiTokenVerdict;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.oauth2.core.OAuth2AuthenticatedPrincipal;

/**
 * The holder of an API token, as {@code @AuthenticationPrincipal} gives it.
 *
 * <p>Has the authority {@code SCOPE_<name>} for each scope, and attributes named as in RFC 7662 section 2.2: the subject,
 * the list of scopes, the dates of issue and expiry, and the id as {@code jti}.
 *
 * @param id id of the token, for revoking it and for logs
 * @param subject whom it speaks for; the name of the {@code Authentication}
 * @param scopes what it may do
 * @param issuedAt when it was issued
 * @param expiresAt last second of its validity
 */
public record ApiTokenPrincipal(String id, String subject, Set<String> scopes, Instant issuedAt, Instant expiresAt)
        implements OAuth2AuthenticatedPrincipal {

    /** Makes one; its scopes do not change afterwards. */
    public ApiTokenPrincipal {
        scopes = Set.copyOf(scopes);
    }

    static ApiTokenPrincipal of(ApiTokenVerdict.Valid valid) {
        return new ApiTokenPrincipal(valid.id(), valid.subject(), valid.scopes(), valid.issuedAt(), valid.expiresAt());
    }

    /** Whether the token has a scope. */
    public boolean hasScope(String scope) {
        return scopes.contains(scope);
    }

    @Override
    public String getName() {
        return subject;
    }

    @Override
    public Collection<? extends GrantedAuthority> getAuthorities() {
        return scopes.stream()
                .map(scope -> new SimpleGrantedAuthority("SCOPE_" + scope))
                .toList();
    }

    @Override
    public Map<String, Object> getAttributes() {
        var attributes = new LinkedHashMap<String, Object>();
        attributes.put("jti", id);
        attributes.put("sub", subject);
        attributes.put("scope", scopes.stream().sorted().toList());
        attributes.put("iat", issuedAt);
        attributes.put("exp", expiresAt);
        return attributes;
    }

    /** The id: a subject may be private. */
    @Override
    public String toString() {
        return "ApiTokenPrincipal[id=" + id + "]";
    }
}
