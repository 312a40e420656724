package dev.countermark.server.problems;

import dev.countermark.apitokens.RevocationsUnavailableException;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.web.filter.OncePerRequestFilter;

/** Answers 503 as a problem where a token cannot be checked; the starter's filter around it would leave the body empty. */
final class UnavailableAnswer extends OncePerRequestFilter {

    private final Problems problems;

    UnavailableAnswer(Problems problems) {
        this.problems = problems;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        try {
            chain.doFilter(request, response);
        } catch (AuthenticationServiceException e) {
            if (!(e.getCause() instanceof RevocationsUnavailableException unavailable) || response.isCommitted()) {
                throw e;
            }
            problems.unavailable(response, unavailable.retryAfter());
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Registration {

        @Bean
        FilterRegistrationBean<UnavailableAnswer> unavailableAnswer(Problems problems) {
            var registration = new FilterRegistrationBean<>(new UnavailableAnswer(problems));
            registration.setOrder(Ordered.HIGHEST_PRECEDENCE + 11);
            return registration;
        }
    }
}
