package dev.countermark.spring.test;

import dev.countermark.spring.security.ApiTokenPrincipal;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.FactorGrantedAuthority;
import org.springframework.security.oauth2.core.OAuth2AccessToken;
import org.springframework.security.oauth2.server.resource.authentication.BearerTokenAuthentication;
import org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors;
import org.springframework.test.web.servlet.request.RequestPostProcessor;

/**
 * MockMvc requests with an API token, without a key or a store. Needs spring-security-test.
 *
 * <pre>{@code
 * mvc.perform(get("/orders").with(apiToken("ci", "orders:read")))
 * }</pre>
 */
public final class ApiTokenRequests {

    /** Looks like nobody's id. */
    private static final String ID = "00000000000000000000000000000000";

    private ApiTokenRequests() {}

    /**
     * A request as the holder of a token, valid for an hour from now.
     *
     * @param subject whom it speaks for
     * @param scopes what it may do
     */
    public static RequestPostProcessor apiToken(String subject, String... scopes) {
        return SecurityMockMvcRequestPostProcessors.authentication(authentication(subject, scopes));
    }

    static BearerTokenAuthentication authentication(String subject, String... scopes) {
        var now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        var holder =
                new ApiTokenPrincipal(ID, subject, Set.copyOf(List.of(scopes)), now, now.plus(Duration.ofHours(1)));
        var token = new OAuth2AccessToken(
                OAuth2AccessToken.TokenType.BEARER, "test", holder.issuedAt(), holder.expiresAt());
        var authorities = new HashSet<GrantedAuthority>(holder.getAuthorities());
        authorities.add(FactorGrantedAuthority.fromAuthority(FactorGrantedAuthority.BEARER_AUTHORITY));
        return new BearerTokenAuthentication(holder, token, authorities);
    }
}
