package dev.countermark.server.page;

import dev.countermark.apitokens.ApiTokens;
import dev.countermark.server.http.ChainOrder;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.annotation.web.configurers.HeadersConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.AnonymousAuthenticationFilter;
import org.springframework.security.web.authentication.session.NullAuthenticatedSessionStrategy;
import org.springframework.security.web.context.SecurityContextHolderFilter;
import org.springframework.security.web.csrf.CsrfFilter;

/** The parts of the admin page, and its security chain: one cookie says who asks, and every form proves it is ours. */
@Configuration(proxyBeanMethods = false)
class AdminPage {

    /** Where the page is. */
    static final String ROOT = "/admin";

    static final String LOGIN = ROOT + "/login";

    /** Where the page's files are, which everybody may read. */
    static final String FILES = ROOT + "/files";

    @Bean
    Assets pageAssets() {
        return new Assets();
    }

    @Bean
    Cookies pageCookies(@Value("${countermark.server.behind-proxy:false}") boolean behindProxy) {
        return new Cookies(behindProxy);
    }

    @Bean
    Pages pages(Assets assets, Cookies cookies, ApiTokens tokens) {
        return new Pages(assets, cookies, tokens);
    }

    @Bean
    PageSessions pageSessions(ApiTokens tokens) {
        return new PageSessions(tokens);
    }

    @Bean
    ShownOnce shownOnce(ApiTokens tokens, Cookies cookies) {
        return new ShownOnce(tokens, cookies);
    }

    @Bean
    LoginAttempts loginAttempts(ApiTokens tokens) {
        return new LoginAttempts(tokens.options().clock());
    }

    @Bean
    @Order(ChainOrder.PAGE)
    SecurityFilterChain pageChain(HttpSecurity http, PageSessions sessions, Cookies cookies, Pages pages) {
        http.securityMatcher(ROOT, ROOT + "/**");
        http.authorizeHttpRequests(requests -> requests.requestMatchers(LOGIN, FILES + "/**")
                .permitAll()
                .anyRequest()
                .hasRole("ADMIN"));
        http.addFilterBefore(new PageHeaders(), SecurityContextHolderFilter.class);
        http.addFilterBefore(new SessionFilter(sessions, cookies, pages), AnonymousAuthenticationFilter.class);
        http.addFilterBefore(new SameOriginFilter(pages), CsrfFilter.class);
        http.csrf(csrf -> csrf.csrfTokenRepository(new CsrfCookie(cookies))
                // To Spring every request without a session of its own is a login; ours changes the token when it is
                // one.
                .sessionAuthenticationStrategy(new NullAuthenticatedSessionStrategy()));
        http.exceptionHandling(errors -> errors.authenticationEntryPoint(
                        (request, response, why) -> Pages.write(LoginPage.instead(request, cookies, pages), response))
                .accessDeniedHandler((request, response, why) -> Pages.write(stale(request, pages), response)));
        http.sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS));
        http.headers(HeadersConfigurer::disable);
        http.logout(AbstractHttpConfigurer::disable);
        http.requestCache(AbstractHttpConfigurer::disable);
        return http.build();
    }

    private static ResponseEntity<String> stale(HttpServletRequest request, Pages pages) {
        return pages.problem(
                request,
                HttpStatus.FORBIDDEN,
                "Form out of date",
                "Nothing was changed: the form was opened before you logged in or out, or your browser keeps no cookies."
                        + " Go back, reload the page and send it again.");
    }
}
