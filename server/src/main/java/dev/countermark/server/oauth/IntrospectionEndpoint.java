package dev.countermark.server.oauth;

import dev.countermark.apitokens.ApiTokenVerdict;
import dev.countermark.apitokens.ApiTokens;
import dev.countermark.server.scopes.ReservedScopes;
import dev.countermark.spring.security.ApiTokenPrincipal;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * {@code POST /oauth2/introspect}: what a token says, if it is active (RFC 7662).
 *
 * <p>The caller authenticates with a token of its own. With {@code countermark:introspect} or {@code countermark:admin}
 * it may ask about any token, without them about those of its own subject. Every other token is answered as one that
 * does not exist (section 2.2), so asking tells nothing (section 4).
 */
@RestController
class IntrospectionEndpoint {

    private final ApiTokens tokens;

    IntrospectionEndpoint(ApiTokens tokens) {
        this.tokens = tokens;
    }

    @PostMapping(path = "/oauth2/introspect", consumes = MediaType.APPLICATION_FORM_URLENCODED_VALUE)
    ResponseEntity<Object> introspect(@AuthenticationPrincipal ApiTokenPrincipal caller, HttpServletRequest request)
            throws IOException {
        var form = TokenForm.read(request).orElse(null);
        if (form == null) {
            return OAuthError.answer(OAuthError.INVALID_REQUEST);
        }
        return ResponseEntity.ok()
                .cacheControl(CacheControl.noStore())
                .body(answer(caller, tokens.check(form.token())));
    }

    private static IntrospectionAnswer answer(ApiTokenPrincipal caller, ApiTokenVerdict verdict) {
        if (verdict instanceof ApiTokenVerdict.Unavailable) {
            // Throws what becomes a 503: nobody knows, which is not "inactive".
            verdict.orThrow();
        }
        return verdict instanceof ApiTokenVerdict.Valid token && mayAsk(caller, token)
                ? IntrospectionAnswer.of(token)
                : IntrospectionAnswer.INACTIVE;
    }

    private static boolean mayAsk(ApiTokenPrincipal caller, ApiTokenVerdict.Valid token) {
        return caller.hasScope(ApiTokens.ADMIN_SCOPE)
                || caller.hasScope(ReservedScopes.INTROSPECT)
                || caller.subject().equals(token.subject());
    }
}
