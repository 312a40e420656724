package dev.countermark.spring.security;

import dev.countermark.spring.ApiTokenChecker;
import dev.countermark.spring.ApiTokensProperties;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationContext;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.oauth2.server.resource.authentication.OpaqueTokenAuthenticationProvider;
import org.springframework.security.oauth2.server.resource.introspection.OpaqueTokenAuthenticationConverter;
import org.springframework.security.oauth2.server.resource.introspection.OpaqueTokenIntrospector;
import org.springframework.security.web.csrf.CsrfFilter;

/**
 * API tokens for one {@code SecurityFilterChain} of the application, in one line:
 *
 * <pre>{@code
 * http.with(ApiTokensConfigurer.apiTokens());
 * }</pre>
 *
 * <p>Sets up {@code http.oauth2ResourceServer(…)}, so challenges are those of RFC 6750 and metadata those of RFC 9728;
 * further options of it may be set beside, other than {@code jwt} and {@code opaqueToken}. If the application has a
 * {@code JwtDecoder}, a bearer token without our prefix is taken for a JWT.
 */
public final class ApiTokensConfigurer extends AbstractHttpConfigurer<ApiTokensConfigurer, HttpSecurity> {

    private @Nullable Boolean basicUserName;

    private ApiTokensConfigurer() {}

    /** API tokens as the properties say. */
    public static ApiTokensConfigurer apiTokens() {
        return new ApiTokensConfigurer();
    }

    /**
     * Sets whether a token may also come as the user name of HTTP Basic with an empty password, instead of
     * {@code countermark.api-tokens.basic-user-name}.
     */
    public ApiTokensConfigurer basicUserName(boolean accepted) {
        basicUserName = accepted;
        return this;
    }

    @Override
    public void init(HttpSecurity http) {
        var context = http.getSharedObject(ApplicationContext.class);
        var prefix = context.getBean(ApiTokenChecker.class).prefix();
        http.authenticationProvider(provider(context, prefix));
        http.oauth2ResourceServer(server ->
                server.authenticationManagerResolver(request -> http.getSharedObject(AuthenticationManager.class)));
        if (basicUserName != null
                ? basicUserName
                : context.getBean(ApiTokensProperties.class).basicUserName()) {
            http.addFilterBefore(new BasicUserNameFilter(prefix), CsrfFilter.class);
        }
    }

    private static AuthenticationProvider provider(ApplicationContext context, String prefix) {
        var ours = new OpaqueTokenAuthenticationProvider(context.getBean(OpaqueTokenIntrospector.class));
        context.getBeanProvider(OpaqueTokenAuthenticationConverter.class).ifUnique(ours::setAuthenticationConverter);
        return JwtBeside.in(context)
                .<AuthenticationProvider>map(jwts -> new PrefixRouting(prefix, ours, jwts))
                .orElse(ours);
    }
}
