package dev.countermark.server.oauth;

import dev.countermark.apitokens.ApiTokenVerdict;
import dev.countermark.apitokens.ApiTokens;
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
 * {@code POST /oauth2/revoke}: takes back the token of a text (RFC 7009).
 *
 * <p>The caller authenticates with a token. It may revoke the tokens of its own subject, with {@code countermark:admin}
 * any. When the answer is 200, this node refuses the token; also when there was nothing to take back.
 */
@RestController
class RevocationEndpoint {

    private final ApiTokens tokens;

    RevocationEndpoint(ApiTokens tokens) {
        this.tokens = tokens;
    }

    @PostMapping(path = "/oauth2/revoke", consumes = MediaType.APPLICATION_FORM_URLENCODED_VALUE)
    ResponseEntity<Object> revoke(@AuthenticationPrincipal ApiTokenPrincipal caller, HttpServletRequest request)
            throws IOException {
        var form = TokenForm.read(request).orElse(null);
        if (form == null) {
            return OAuthError.answer(OAuthError.INVALID_REQUEST);
        }
        var verdict = tokens.check(form.token());
        if (verdict instanceof ApiTokenVerdict.Unavailable) {
            verdict.orThrow();
        }
        if (verdict instanceof ApiTokenVerdict.Valid token) {
            if (!caller.hasScope(ApiTokens.ADMIN_SCOPE) && !caller.subject().equals(token.subject())) {
                return OAuthError.answer(OAuthError.INVALID_GRANT);
            }
            tokens.actingAs("token " + caller.id()).revokeText(form.token());
        } else if (verdict instanceof ApiTokenVerdict.Rejected
                && form.hint().filter("refresh_token"::equals).isPresent()) {
            // Not one of ours; a caller who believes that it took back a refresh token must not hear yes.
            return OAuthError.answer(OAuthError.UNSUPPORTED_TOKEN_TYPE);
        }
        return ResponseEntity.ok().cacheControl(CacheControl.noStore()).build();
    }
}
