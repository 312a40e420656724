package dev.countermark.spring.security;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countermark.apitokens.ApiTokens;
import dev.countermark.apitokens.IssueRequest;
import dev.countermark.spring.ApiTokenOptionsCustomizer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
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

/** An application with the starter and a key, over a real port. */
class BearerRequestsTest {

    @TempDir
    static Path folder;

    static ServletWebServerApplicationContext application;
    static ApiTokens tokens;
    static Http http;

    @BeforeAll
    static void start() {
        application = (ServletWebServerApplicationContext) new SpringApplicationBuilder(Application.class)
                .run(
                        "--countermark.key=n6nQbWlP7WmR1nDqfQd0sC5S1eVb2pTnUqvU3s0yW9w",
                        "--countermark.api-tokens.file=" + folder.resolve("tokens.db"),
                        "--countermark.api-tokens.data-folder=" + folder,
                        "--server.port=0");
        tokens = application.getBean(ApiTokens.class);
        http = new Http(application.getWebServer().getPort());
    }

    @AfterAll
    static void stop() {
        application.close();
    }

    static String token(String... scopes) {
        return tokens.issue(IssueRequest.forSubject("ada").scopes(scopes)).text();
    }

    @Test
    void a_valid_token_is_let_in_and_says_who_it_is() throws Exception {
        var issued = tokens.issue(IssueRequest.forSubject("ada").scopes("orders:read"));
        var answer = http.getWith(issued.text(), "/me");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body())
                .contains("\"subject\":\"ada\"")
                .contains("\"scopes\":[\"orders:read\"]")
                .contains("\"id\":\"" + issued.token().id() + "\"");
    }

    @Test
    void a_request_without_a_token_is_told_where_to_read_how_to_get_one() throws Exception {
        var answer = http.get("/me");
        assertThat(answer.statusCode()).isEqualTo(401);
        // RFC 6750 section 3: no error without credentials. RFC 9728 section 5.1: where the metadata is.
        assertThat(answer.headers().firstValue("WWW-Authenticate"))
                .hasValueSatisfying(challenge -> assertThat(challenge)
                        .startsWith("Bearer ")
                        .contains("resource_metadata=\"http://127.0.0.1:" + http.port()
                                + "/.well-known/oauth-protected-resource\"")
                        .doesNotContain("error"));
        assertThat(answer.headers().firstValue("Set-Cookie")).isEmpty();
        assertThat(http.get("/.well-known/oauth-protected-resource").body()).contains("\"resource\"");
    }

    @Test
    void a_post_without_a_token_is_401_and_with_one_needs_no_csrf_token() throws Exception {
        assertThat(http.post("/orders").statusCode()).isEqualTo(401);
        assertThat(http.post("/orders", "Authorization", "Bearer " + token()).statusCode())
                .isEqualTo(200);
    }

    @Test
    void a_missing_scope_is_403_with_the_challenge_of_rfc_6750() throws Exception {
        assertThat(http.getWith(token("orders:read"), "/orders").statusCode()).isEqualTo(200);
        var answer = http.getWith(token("orders:write"), "/orders");
        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(answer.headers().firstValue("WWW-Authenticate"))
                .hasValueSatisfying(challenge -> assertThat(challenge).contains("error=\"insufficient_scope\""));
    }

    @Test
    void whatever_is_wrong_with_a_token_the_answer_is_the_same() throws Exception {
        var forged = http.getWith(token() + "A", "/me");
        var foreign = http.getWith("eyJhbGciOiJIUzI1NiJ9.e30.AAAA", "/me");
        var revokedToken = tokens.issue(IssueRequest.forSubject("ada"));
        tokens.revoke(revokedToken.token().id());
        var revoked = http.getWith(revokedToken.text(), "/me");
        for (var answer : List.of(forged, foreign, revoked)) {
            assertThat(answer.statusCode()).isEqualTo(401);
            assertThat(answer.body()).isEmpty();
            assertThat(answer.headers().firstValue("WWW-Authenticate"))
                    .isEqualTo(forged.headers().firstValue("WWW-Authenticate"))
                    .hasValueSatisfying(challenge -> assertThat(challenge).contains("error=\"invalid_token\""));
        }
    }

    @Test
    void a_rotated_token_works_until_its_overlap_ends() throws Exception {
        var first = tokens.issue(IssueRequest.forSubject("ada"));
        var overlapping = tokens.rotate(first.token().id(), Duration.ofHours(1));
        assertThat(http.getWith(first.text(), "/me").statusCode()).isEqualTo(200);
        var last = tokens.rotate(overlapping.token().id(), Duration.ZERO);
        assertThat(http.getWith(overlapping.text(), "/me").statusCode()).isEqualTo(401);
        assertThat(http.getWith(last.text(), "/me").statusCode()).isEqualTo(200);
    }

    @Test
    void an_expired_token_is_refused() throws Exception {
        var text = tokens.issue(IssueRequest.forSubject("ada").lifetime(Duration.ofMinutes(10)))
                .text();
        assertThat(http.getWith(text, "/me").statusCode()).isEqualTo(200);
        application.getBean(MovableClock.class).move(Duration.ofMinutes(11));
        assertThat(http.getWith(text, "/me").statusCode()).isEqualTo(401);
    }

    /**
     * Over the wire one more row differs. A CR LF inside bearer-0014 ends the line: what arrives is a good header and
     * another one, and nobody behind a server can know that they were one.
     */
    @ParameterizedTest
    @MethodSource("dev.countermark.spring.security.HostileHeadersTest#rows")
    void hostile_headers_are_refused_over_the_wire(HostileHeadersTest.Row row) throws Exception {
        boolean accepted = http.statusOf("/me", row.withToken(token())) == 200;
        assertThat(accepted)
                .as(row.why())
                .isEqualTo(row.isAccepted() || row.id().equals("bearer-0014"));
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @Import(Endpoints.class)
    static class Application {

        @Bean
        MovableClock movableClock() {
            return new MovableClock();
        }

        @Bean
        ApiTokenOptionsCustomizer clockCustomizer(MovableClock clock) {
            return options -> options.clock(clock);
        }
    }
}
