package dev.countermark.server.tokens;

import dev.countermark.apitokens.ApiTokens;
import dev.countermark.spring.security.ApiTokenPrincipal;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** {@code /v1/tokens}: issues and shows tokens. */
@RestController
@RequestMapping("/v1/tokens")
class TokensController {

    private final ApiTokens tokens;

    TokensController(ApiTokens tokens) {
        this.tokens = tokens;
    }

    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    @PreAuthorize("hasAuthority('SCOPE_countermark:admin')")
    TokenView issue(
            @RequestBody IssueBody body,
            @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String key,
            @AuthenticationPrincipal ApiTokenPrincipal caller) {
        var request = key == null ? body.request() : body.request().idempotencyKey(key);
        return TokenView.of(tokens.actingAs("token " + caller.id()).issue(request));
    }
}
