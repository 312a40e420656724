package dev.countermark.spring.security;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countermark.Keyring;
import dev.countermark.SigningKey;
import dev.countermark.apitokens.ApiTokenVerdict;
import dev.countermark.apitokens.StatelessApiTokens;
import dev.countermark.spring.ApiTokenChecker;
import io.micrometer.observation.ObservationRegistry;
import jakarta.servlet.FilterChain;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.security.authentication.ProviderManager;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.oauth2.server.resource.authentication.OpaqueTokenAuthenticationProvider;
import org.springframework.security.oauth2.server.resource.web.authentication.BearerTokenAuthenticationFilter;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Headers that must not authenticate, and two that must, through Spring Security's filter. The rows come with a token of
 * another format; a valid one of ours stands in its place, so that only the header's form decides.
 */
class HostileHeadersTest {

    private static final String TOKEN_OF_THE_ROWS = "eyJ1aWQiOjE3fQ.0TujEcR8S8iHvQseERtWHZ_k4CM";

    private static final StatelessApiTokens TOKENS = StatelessApiTokens.of(Keyring.of(SigningKey.generate()));

    /**
     * Where Spring's resolver disagrees, and why we leave it so.
     *
     * <p>bearer-0028 has three spaces behind the scheme. RFC 9110 section 11.4 allows them; RFC 6750 section 2.1 and Spring
     * want one. No client is known that sends more, and a second resolver beside Spring's would be one more reading of
     * the same header.
     */
    private static final Set<String> REFUSED_BY_SPRING = Set.of("bearer-0028");

    record Row(String id, String token, String must, String why) {

        boolean isAccepted() {
            return must.equals("accept") && !REFUSED_BY_SPRING.contains(id);
        }

        String withToken(String ours) {
            return token.replace(TOKEN_OF_THE_ROWS, ours);
        }

        @Override
        public String toString() {
            return id + " " + must;
        }
    }

    /** {@code -Dcountermark.hostile=FILE} names another file, of which the rows about headers count. */
    static List<Row> rows() throws IOException {
        var file = System.getProperty("countermark.hostile", "src/test/resources/bearer-header.jsonl");
        var mapper = JsonMapper.builder()
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .build();
        return Files.readAllLines(Path.of(file), StandardCharsets.UTF_8).stream()
                .filter(line -> System.getProperty("countermark.hostile") == null || line.contains("\"bearer-header\""))
                .map(line -> mapper.readValue(line, Row.class))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("rows")
    void a_header_authenticates_only_in_its_one_form(Row row) throws Exception {
        var token = TOKENS.issue("ada", Set.of());
        var request = new MockHttpServletRequest("GET", "/");
        request.addHeader("Authorization", row.withToken(token));
        var response = new MockHttpServletResponse();
        var accepted = new AtomicBoolean();
        FilterChain next = (asked, answered) ->
                accepted.set(SecurityContextHolder.getContext().getAuthentication() != null);
        try {
            filter().doFilter(request, response, next);
        } finally {
            SecurityContextHolder.clearContext();
        }
        assertThat(accepted.get()).as(row.why()).isEqualTo(row.isAccepted());
        assertThat(response.getStatus()).isLessThan(500);
    }

    private static BearerTokenAuthenticationFilter filter() {
        var checker = new ApiTokenChecker() {
            @Override
            public String prefix() {
                return "cm";
            }

            @Override
            public ApiTokenVerdict check(String text) {
                return TOKENS.check(text);
            }
        };
        var introspector = new ApiTokenIntrospector(checker, ObservationRegistry.NOOP);
        return new BearerTokenAuthenticationFilter(
                new ProviderManager(new OpaqueTokenAuthenticationProvider(introspector)));
    }
}
