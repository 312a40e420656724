package dev.countermark.spring.security;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countermark.apitokens.ApiTokens;
import dev.countermark.apitokens.IssueRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.oauth2.jose.jws.MacAlgorithm;
import org.springframework.security.oauth2.jwt.JwsHeader;
import org.springframework.security.oauth2.jwt.JwtClaimsSet;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtEncoderParameters;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.security.oauth2.jwt.NimbusJwtEncoder;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.security.web.SecurityFilterChain;

/** An application with a chain of its own, a JWT decoder, HTTP Basic, and tokens in place of the user name. */
class OwnChainTest {

    private static final SecretKeySpec JWT_KEY =
            new SecretKeySpec("kX2vN8qT5wB1yR7mZ4cJ9sF3hL6pD0gA".getBytes(StandardCharsets.US_ASCII), "HmacSHA256");

    @TempDir
    static Path folder;

    static ServletWebServerApplicationContext application;
    static String token;
    static Http http;

    @BeforeAll
    static void start() {
        application = (ServletWebServerApplicationContext) new SpringApplicationBuilder(Application.class)
                .run(
                        "--countermark.key=n6nQbWlP7WmR1nDqfQd0sC5S1eVb2pTnUqvU3s0yW9w",
                        "--countermark.api-tokens.file=" + folder.resolve("tokens.db"),
                        "--countermark.api-tokens.data-folder=" + folder,
                        "--server.port=0");
        token = application
                .getBean(ApiTokens.class)
                .issue(IssueRequest.forSubject("ada").scopes("orders:read"))
                .text();
        http = new Http(application.getWebServer().getPort());
    }

    @AfterAll
    static void stop() {
        application.close();
    }

    static String jwt(Instant expiry) {
        var claims = JwtClaimsSet.builder()
                .subject("grace")
                .claim("scope", "orders:read")
                .issuedAt(expiry.minus(Duration.ofHours(1)))
                .expiresAt(expiry)
                .build();
        var header = JwsHeader.with(MacAlgorithm.HS256).build();
        return NimbusJwtEncoder.withSecretKey(JWT_KEY)
                .build()
                .encode(JwtEncoderParameters.from(header, claims))
                .getTokenValue();
    }

    @Test
    void one_line_in_a_chain_lets_tokens_in() throws Exception {
        assertThat(http.getWith(token, "/name").body()).isEqualTo("ada");
        assertThat(http.getWith(token, "/orders").statusCode()).isEqualTo(200);
        assertThat(http.get("/open/hello").statusCode()).isEqualTo(404);
    }

    @Test
    void a_token_needs_no_csrf_token_and_a_request_without_one_does() throws Exception {
        assertThat(http.post("/orders", "Authorization", "Bearer " + token).statusCode())
                .isEqualTo(200);
        assertThat(http.post("/orders", "Authorization", Http.basic(token, "")).statusCode())
                .isEqualTo(200);
        assertThat(http.post("/orders", "Authorization", Http.basic("ada", "lovelace"))
                        .statusCode())
                .isEqualTo(403);
    }

    @Test
    void a_jwt_is_accepted_beside_our_tokens() throws Exception {
        var good = jwt(Instant.now().plusSeconds(600));
        assertThat(http.getWith(good, "/name").body()).isEqualTo("grace");
        assertThat(http.getWith(good, "/orders").statusCode()).isEqualTo(200);
        assertThat(http.getWith(jwt(Instant.now().minusSeconds(600)), "/name").statusCode())
                .isEqualTo(401);
        assertThat(http.getWith(good + "A", "/name").statusCode()).isEqualTo(401);
        assertThat(http.getWith("cm_" + good, "/name").statusCode()).isEqualTo(401);
    }

    @Test
    void a_token_may_come_as_the_user_name_of_http_basic() throws Exception {
        assertThat(http.get("/name", "Authorization", Http.basic(token, "")).body())
                .isEqualTo("ada");
        assertThat(http.get("/name", "Authorization", Http.basic(token, "").replace("Basic", "BASIC"))
                        .body())
                .isEqualTo("ada");
        assertThat(http.get("/name", "Authorization", Http.basic("ada", "lovelace"))
                        .body())
                .isEqualTo("ada");
    }

    static Stream<String> badBasic() {
        return Stream.of(
                Http.basic(token, "x"),
                Http.basic(token, ":"),
                Http.basic(token + "A", ""),
                Http.basic("x" + token, ""),
                Http.basic("", token),
                Http.basic("ada", ""),
                Http.basic("cm_", ""),
                Http.basic("cm_" + "A".repeat(5000), ""),
                "Basic " + token,
                "Basic Y21f!",
                "Basic",
                "Basic ");
    }

    @ParameterizedTest
    @MethodSource("badBasic")
    void nothing_else_of_http_basic_is_a_token(String header) throws Exception {
        assertThat(http.statusOf("/name", header)).isEqualTo(401);
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @Import(Endpoints.class)
    static class Application {

        @Bean
        SecurityFilterChain chain(HttpSecurity http) {
            http.authorizeHttpRequests(requests -> requests.requestMatchers("/open/**", "/error")
                    .permitAll()
                    .anyRequest()
                    .authenticated());
            http.httpBasic(Customizer.withDefaults());
            http.with(ApiTokensConfigurer.apiTokens().basicUserName(true));
            return http.build();
        }

        @Bean
        UserDetailsService users() {
            return new InMemoryUserDetailsManager(
                    User.withUsername("ada").password("{noop}lovelace").build());
        }

        @Bean
        JwtDecoder jwtDecoder() {
            return NimbusJwtDecoder.withSecretKey(JWT_KEY).build();
        }
    }
}
