package dev.countermark.spring.security;

import dev.countermark.spring.ApiTokenChecker;
import dev.countermark.spring.ApiTokensAutoConfiguration;
import io.micrometer.observation.ObservationRegistry;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.security.autoconfigure.UserDetailsServiceAutoConfiguration;
import org.springframework.boot.security.autoconfigure.web.servlet.ConditionalOnDefaultServletWebSecurity;
import org.springframework.boot.security.oauth2.server.resource.autoconfigure.OAuth2ResourceServerAutoConfiguration;
import org.springframework.boot.security.oauth2.server.resource.autoconfigure.web.OAuth2ResourceServerWebSecurityAutoConfiguration;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.security.config.annotation.method.configuration.EnableMethodSecurity;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.oauth2.server.resource.introspection.OpaqueTokenIntrospector;
import org.springframework.security.web.SecurityFilterChain;

/**
 * Auto-configuration of requests with API tokens in a servlet application: every request needs a token unless the
 * application has a {@code SecurityFilterChain} of its own, which takes {@link ApiTokensConfigurer#apiTokens}.
 *
 * <p>Turns method security on, so that {@code @PreAuthorize} counts, and answers 503 where tokens cannot be checked.
 */
@AutoConfiguration(
        after = ApiTokensAutoConfiguration.class,
        before = {
            OAuth2ResourceServerAutoConfiguration.class,
            OAuth2ResourceServerWebSecurityAutoConfiguration.class,
            UserDetailsServiceAutoConfiguration.class
        },
        beforeName = {
            "org.springframework.boot.security.autoconfigure.actuate.web.servlet.ManagementWebSecurityAutoConfiguration",
            "org.springframework.boot.security.autoconfigure.web.servlet.ServletWebSecurityAutoConfiguration"
        },
        afterName = "org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration")
@ConditionalOnClass({OpaqueTokenIntrospector.class, SecurityFilterChain.class, HttpSecurity.class})
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnBean(ApiTokenChecker.class)
public final class ApiTokensSecurityAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    OpaqueTokenIntrospector apiTokenIntrospector(
            ApiTokenChecker checker, ObjectProvider<ObservationRegistry> observations) {
        return new ApiTokenIntrospector(checker, observations.getIfUnique(() -> ObservationRegistry.NOOP));
    }

    @Bean
    FilterRegistrationBean<UnavailableFilter> countermarkUnavailableFilter() {
        var registration = new FilterRegistrationBean<>(new UnavailableFilter());
        // Inside the filter that observes requests, which thereby sees the 503; outside Spring Security.
        registration.setOrder(Ordered.HIGHEST_PRECEDENCE + 10);
        return registration;
    }

    /** The chain of an application that has none. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnDefaultServletWebSecurity
    static class DefaultChain {

        @Bean
        SecurityFilterChain apiTokensSecurityFilterChain(HttpSecurity http) {
            http.authorizeHttpRequests(requests -> requests.anyRequest().authenticated());
            http.with(ApiTokensConfigurer.apiTokens());
            // Nothing that a browser sends by itself authenticates here: no session, hence nothing to forge.
            http.sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS));
            http.csrf(AbstractHttpConfigurer::disable);
            return http.build();
        }
    }

    /** Method security, unless the application has turned it on in its own way or needs none. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnBooleanProperty(name = "countermark.api-tokens.method-security", matchIfMissing = true)
    @ConditionalOnMissingBean(name = "preAuthorizeAuthorizationMethodInterceptor")
    @EnableMethodSecurity
    static class MethodSecurity {}
}
