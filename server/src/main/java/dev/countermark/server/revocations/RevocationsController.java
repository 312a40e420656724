package dev.countermark.server.revocations;

import static dev.countermark.server.problems.BadRequestException.orBadRequest;

import dev.countermark.apitokens.ApiTokenVerdict;
import dev.countermark.apitokens.ApiTokens;
import dev.countermark.apitokens.RevokeOutcome;
import dev.countermark.server.http.Query;
import dev.countermark.server.problems.BadRequestException;
import dev.countermark.spring.security.ApiTokenPrincipal;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** {@code /v1/revocations}: an admin token revokes any token and any subject, another one itself. */
@RestController
@RequestMapping(path = "/v1/revocations", produces = MediaType.APPLICATION_JSON_VALUE)
class RevocationsController {

    private final ApiTokens tokens;

    RevocationsController(ApiTokens tokens) {
        this.tokens = tokens;
    }

    @PostMapping
    ResponseEntity<Confirmation> revoke(
            @RequestBody RevocationBody body,
            @RequestParam(defaultValue = "false") String wait,
            @AuthenticationPrincipal ApiTokenPrincipal caller) {
        boolean waiting = Query.flag("wait", wait);
        var token = body.token();
        var subject = body.subject();
        if ((token == null) == (subject == null)) {
            throw new BadRequestException("either a token or a subject is to be revoked");
        }
        if (!caller.hasScope(ApiTokens.ADMIN_SCOPE) && !(token != null && isOf(caller, token))) {
            throw new AccessDeniedException("a token revokes itself and no other");
        }
        return Confirmation.of(tokens, orBadRequest(() -> revoke(token, subject, caller)), waiting);
    }

    private boolean isOf(ApiTokenPrincipal caller, String token) {
        return tokens.check(token) instanceof ApiTokenVerdict.Valid valid
                && valid.id().equals(caller.id());
    }

    private RevokeOutcome revoke(@Nullable String token, @Nullable String subject, ApiTokenPrincipal caller) {
        var acting = tokens.actingAs("token " + caller.id());
        return token != null ? acting.revokeText(token) : acting.revokeSubject(Objects.requireNonNull(subject));
    }
}
