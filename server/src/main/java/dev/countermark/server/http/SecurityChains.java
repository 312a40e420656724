package dev.countermark.server.http;

import dev.countermark.apitokens.ApiTokens;
import dev.countermark.server.problems.Problem;
import dev.countermark.server.problems.Problems;
import dev.countermark.spring.security.ApiTokensConfigurer;
import jakarta.servlet.DispatcherType;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpMethod;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.annotation.web.configurers.HeadersConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.config.observation.SecurityObservationSettings;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.firewall.RequestRejectedHandler;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;
import org.springframework.security.web.util.matcher.DispatcherTypeRequestMatcher;
import org.springframework.security.web.util.matcher.OrRequestMatcher;

/**
 * Who may ask what, outside the admin page, whose chain comes before these.
 *
 * <p>None has a session, so no request is authenticated by something a browser adds by itself, and CSRF protection has
 * nothing to protect.
 */
@Configuration(proxyBeanMethods = false)
class SecurityChains {

    private static final String ADMIN = "SCOPE_" + ApiTokens.ADMIN_SCOPE;

    @Bean
    @Order(ChainOrder.OPEN)
    SecurityFilterChain openChain(HttpSecurity http) {
        var paths = PathPatternRequestMatcher.withDefaults();
        http.securityMatcher(new OrRequestMatcher(
                // The container asks again for the text of an error, after the decision is made.
                new DispatcherTypeRequestMatcher(DispatcherType.ERROR),
                paths.matcher("/verify/**"),
                paths.matcher("/leaked"),
                paths.matcher("/openapi.json")));
        http.authorizeHttpRequests(requests -> requests.anyRequest().permitAll());
        http.anonymous(AbstractHttpConfigurer::disable);
        return stateless(http).build();
    }

    @Bean
    @Order(ChainOrder.API)
    SecurityFilterChain apiChain(HttpSecurity http, Problems problems) {
        http.securityMatcher("/v1/**", "/oauth2/**");
        http.authorizeHttpRequests(requests -> requests
                // The rest is for any token, and shows it what its subject may see.
                .requestMatchers(HttpMethod.POST, "/v1/tokens", "/v1/tokens/*/rotate")
                .hasAuthority(ADMIN)
                .requestMatchers("/v1/keys", "/v1/audit", "/v1/nodes")
                .hasAuthority(ADMIN)
                .anyRequest()
                .authenticated());
        http.with(ApiTokensConfigurer.apiTokens());
        http.oauth2ResourceServer(
                server -> server.authenticationEntryPoint(problems).accessDeniedHandler(problems));
        http.exceptionHandling(
                errors -> errors.authenticationEntryPoint(problems).accessDeniedHandler(problems));
        return stateless(http).build();
    }

    @Bean
    @Order(ChainOrder.REST)
    SecurityFilterChain restChain(HttpSecurity http) {
        // Spring MVC says that it is not there.
        http.authorizeHttpRequests(requests -> requests.anyRequest().permitAll());
        return stateless(http).build();
    }

    /** Requests are counted as a whole: nobody reads a span around each filter of each request. */
    @Bean
    SecurityObservationSettings securityObservations() {
        return SecurityObservationSettings.noObservations();
    }

    @Bean
    RequestRejectedHandler rejectedRequests(Problems problems) {
        return (request, response, rejected) -> problems.write(response, Problem.of(400));
    }

    private static HttpSecurity stateless(HttpSecurity http) {
        http.sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS));
        http.csrf(AbstractHttpConfigurer::disable);
        http.requestCache(AbstractHttpConfigurer::disable);
        http.logout(AbstractHttpConfigurer::disable);
        // SecurityHeaders has written them already.
        http.headers(HeadersConfigurer::disable);
        return http;
    }
}
