package dev.countermark.spring.security;

import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.server.resource.authentication.BearerTokenAuthenticationToken;

/** Has bearer tokens with our prefix checked by us and all others as JWTs. A JWT begins with {@code ey}, without an underscore. */
record PrefixRouting(String prefix, AuthenticationProvider ours, AuthenticationProvider others)
        implements AuthenticationProvider {

    @Override
    public @Nullable Authentication authenticate(Authentication authentication) {
        if (!(authentication instanceof BearerTokenAuthenticationToken bearer)) {
            return null;
        }
        return (bearer.getToken().startsWith(prefix + "_") ? ours : others).authenticate(bearer);
    }

    @Override
    public boolean supports(Class<?> authentication) {
        return BearerTokenAuthenticationToken.class.isAssignableFrom(authentication);
    }
}
