package dev.countermark.fuzzing;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.countermark.Keyring;
import dev.countermark.SigningKey;
import dev.countermark.apitokens.StatelessApiTokens;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.context.servlet.AnnotationConfigServletWebApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.mock.web.MockServletContext;
import org.springframework.security.core.context.SecurityContextHolder;

/**
 * Any {@code Authorization} header, through the filters of an application with the starter: let in is a token of ours
 * behind {@code Bearer} and a space, and nothing else; refused is refused in one way, and nothing comes back of what was
 * sent.
 */
class BearerHeaderFuzz {

    /** Where it stands in a header, a good token is put. */
    private static final char GOOD_TOKEN = '\u0001';

    private static final Keyring KEYRING = Keyring.of(SigningKey.generate());
    private static final StatelessApiTokens TOKENS = StatelessApiTokens.of(KEYRING);
    private static final String TOKEN = TOKENS.issue("ada", Set.of());
    private static final Filter FILTERS = filters();

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Application {}

    /** An application without a port: what a server does before the filters is not ours. */
    private static Filter filters() {
        var context = new AnnotationConfigServletWebApplicationContext();
        context.setServletContext(new MockServletContext());
        var application = new SpringApplicationBuilder(Application.class)
                .web(WebApplicationType.SERVLET)
                .contextFactory(type -> context)
                .logStartupInfo(false)
                .run(
                        "--countermark.key=" + KEYRING.primary().revealBase64(),
                        "--countermark.api-tokens.stateless=true",
                        "--spring.main.banner-mode=off",
                        "--logging.level.root=warn");
        return application.getBean("springSecurityFilterChain", Filter.class);
    }

    @FuzzTest
    void only_a_good_token_is_let_in(byte[] data) throws Exception {
        var input = new Input(data);
        var twice = input.choice(4) == 3;
        var header = new String(input.rest(), StandardCharsets.ISO_8859_1).replace("" + GOOD_TOKEN, TOKEN);
        var request = new MockHttpServletRequest("GET", "/");
        request.addHeader("Authorization", header);
        if (twice) {
            request.addHeader("Authorization", "Bearer " + TOKEN);
        }
        var response = new MockHttpServletResponse();
        var letIn = new AtomicBoolean();
        FilterChain next = (asked, answered) -> letIn.set(true);
        try {
            FILTERS.doFilter(request, response, next);
        } finally {
            SecurityContextHolder.clearContext();
        }
        boolean good = header.regionMatches(true, 0, "Bearer ", 0, 7)
                && header.substring(7).equals(TOKEN);
        if (letIn.get() != good) {
            throw new AssertionError(good ? "a good token is refused" : "a request without a good token is let in");
        }
        if (!good) {
            requireSilent(header, response);
        }
    }

    private static void requireSilent(String header, MockHttpServletResponse response) throws Exception {
        int status = response.getStatus();
        if (status != 401 && status != 400) {
            throw new AssertionError("a refused request is answered with " + status);
        }
        var answer = response.getContentAsString() + response.getHeader("WWW-Authenticate");
        var sent = header.substring(header.indexOf(' ') + 1);
        // Shorter texts are met by chance, and by the words of a challenge.
        if (sent.length() > 12 && answer.contains(sent) || answer.contains(TOKEN)) {
            throw new AssertionError("an answer repeats what was sent");
        }
    }
}
