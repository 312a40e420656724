package dev.countermark.server.forward;

import dev.countermark.apitokens.ApiTokenVerdict;
import dev.countermark.apitokens.ApiTokens;
import dev.countermark.server.problems.Problem;
import dev.countermark.server.problems.Problems;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.http.HttpHeaders;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.server.resource.web.DefaultBearerTokenResolver;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code /verify}: says to a reverse proxy, for any method, whose token a request carries. */
@RestController
class VerifyController {

    private final ApiTokens tokens;
    private final Problems problems;
    private final DefaultBearerTokenResolver resolver = new DefaultBearerTokenResolver();

    VerifyController(ApiTokens tokens, Problems problems) {
        this.tokens = tokens;
        this.problems = problems;
    }

    @RequestMapping("/verify")
    void verify(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (verdict(request) instanceof ApiTokenVerdict.Valid valid) {
            response.setHeader("X-Auth-Subject", valid.subject());
            response.setHeader("X-Auth-Scopes", valid.scope());
            response.setHeader("X-Auth-Token-Id", valid.id());
            return;
        }
        response.setHeader(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
        problems.write(response, Problem.of(HttpServletResponse.SC_UNAUTHORIZED));
    }

    private ApiTokenVerdict verdict(HttpServletRequest request) {
        try {
            var text = resolver.resolve(request);
            return tokens.check(text == null ? "" : text);
        } catch (OAuth2AuthenticationException e) {
            return tokens.check("");
        }
    }
}
