package dev.countermark.spring.security;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countermark.apitokens.ApiTokens;
import dev.countermark.apitokens.IssueRequest;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.web.SecurityFilterChain;

/** A node that does not hear revocations any more, because it was closed. */
class UnavailableTest {

    @TempDir
    Path folder;

    ServletWebServerApplicationContext run(Class<?> application) {
        return (ServletWebServerApplicationContext) new SpringApplicationBuilder(application)
                .run(
                        "--countermark.key=n6nQbWlP7WmR1nDqfQd0sC5S1eVb2pTnUqvU3s0yW9w",
                        "--countermark.api-tokens.file=" + folder.resolve("tokens.db"),
                        "--countermark.api-tokens.data-folder=" + folder,
                        "--server.port=0");
    }

    @Test
    void a_token_that_cannot_be_checked_is_answered_503_with_a_time_to_come_back() throws Exception {
        try (var application = run(Application.class)) {
            requireUnavailable(application);
            var http = new Http(application.getWebServer().getPort());
            // What is no token of ours is known without a store.
            assertThat(http.getWith("cm_forged.AAAA.AAAA", "/me").statusCode()).isEqualTo(401);
        }
    }

    @Test
    void a_chain_with_springs_own_opaque_token_line_answers_503_too() throws Exception {
        try (var application = run(WithOwnChain.class)) {
            requireUnavailable(application);
        }
    }

    @Test
    void so_is_a_controller_that_checks_by_itself() throws Exception {
        try (var application = run(WithOwnChain.class)) {
            var tokens = application.getBean(ApiTokens.class);
            var text = tokens.issue(IssueRequest.forSubject("ada")).text();
            var http = new Http(application.getWebServer().getPort());
            assertThat(http.get("/open/verify?text=" + text).body()).isEqualTo("ada");
            tokens.close();
            var answer = http.get("/open/verify?text=" + text);
            assertThat(answer.statusCode()).isEqualTo(503);
            assertThat(answer.headers().firstValue("Retry-After")).isPresent();
        }
    }

    private static void requireUnavailable(ServletWebServerApplicationContext application) throws Exception {
        var tokens = application.getBean(ApiTokens.class);
        var text = tokens.issue(IssueRequest.forSubject("ada")).text();
        var http = new Http(application.getWebServer().getPort());
        assertThat(http.getWith(text, "/me").statusCode()).isEqualTo(200);
        tokens.close();
        var answer = http.getWith(text, "/me");
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.body()).isEmpty();
        assertThat(answer.headers().firstValueAsLong("Retry-After").orElse(0)).isBetween(1L, 60L);
        assertThat(answer.headers().firstValue("WWW-Authenticate")).isEmpty();
        assertThat(answer.headers().firstValue("X-Content-Type-Options")).isPresent();
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @Import(Endpoints.class)
    static class Application {}

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @Import(Endpoints.class)
    static class WithOwnChain {

        @Bean
        SecurityFilterChain chain(HttpSecurity http) {
            http.authorizeHttpRequests(requests -> requests.requestMatchers("/open/**")
                    .permitAll()
                    .anyRequest()
                    .authenticated());
            http.oauth2ResourceServer(server -> server.opaqueToken(Customizer.withDefaults()));
            return http.build();
        }
    }
}
