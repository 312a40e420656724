package dev.countermark.server.tokens;

import static dev.countermark.server.problems.BadRequestException.orBadRequest;

import dev.countermark.apitokens.ApiToken;
import dev.countermark.apitokens.ApiTokens;
import dev.countermark.apitokens.IssuedToken;
import dev.countermark.apitokens.TokenQuery;
import dev.countermark.apitokens.TokenState;
import dev.countermark.server.http.Query;
import dev.countermark.server.problems.BadRequestException;
import dev.countermark.server.problems.NotFoundException;
import dev.countermark.server.revocations.Confirmation;
import dev.countermark.server.scopes.ReservedScopes;
import dev.countermark.spring.security.ApiTokenPrincipal;
import java.net.URI;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** {@code /v1/tokens}: issues, shows, rotates and revokes tokens. Only admin tokens get as far as issue and rotate. */
@RestController
@RequestMapping(path = "/v1/tokens", produces = MediaType.APPLICATION_JSON_VALUE)
class TokensController {

    private final ApiTokens tokens;

    TokensController(ApiTokens tokens) {
        this.tokens = tokens;
    }

    @PostMapping
    ResponseEntity<TokenView> issue(
            @RequestBody IssueBody body,
            @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String key,
            @AuthenticationPrincipal ApiTokenPrincipal caller) {
        return created(orBadRequest(() -> {
            var request = key == null ? body.request() : body.request().idempotencyKey(key);
            return actingFor(caller).issue(request);
        }));
    }

    @GetMapping
    TokensPage list(
            @RequestParam(required = false) @Nullable String subject,
            @RequestParam(required = false) @Nullable String state,
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(defaultValue = "100") String limit,
            @AuthenticationPrincipal ApiTokenPrincipal caller) {
        return orBadRequest(() -> {
            var query = TokenQuery.all().limit(Query.number("limit", limit));
            query = subject == null ? query : query.subject(subject);
            query = state == null ? query : query.state(state(state));
            query = cursor == null ? query : query.after(cursor);
            return TokensPage.of(seenBy(caller).list(query));
        });
    }

    private static TokenState state(String word) {
        return Arrays.stream(TokenState.values())
                .filter(state -> state.name().toLowerCase(Locale.ROOT).equals(word))
                .findFirst()
                .orElseThrow(() -> new BadRequestException("a state is active, expired or revoked"));
    }

    @GetMapping("/{id}")
    TokenView show(@PathVariable String id, @AuthenticationPrincipal ApiTokenPrincipal caller) {
        return TokenView.of(visible(id, caller));
    }

    @DeleteMapping("/{id}")
    ResponseEntity<Confirmation> revoke(
            @PathVariable String id,
            @RequestParam(defaultValue = "false") String wait,
            @AuthenticationPrincipal ApiTokenPrincipal caller) {
        boolean waiting = Query.flag("wait", wait);
        visible(id, caller);
        if (!seenBy(caller).all() && !id.equals(caller.id())) {
            throw new AccessDeniedException("a token revokes itself and no other");
        }
        return Confirmation.of(tokens, actingFor(caller).revoke(id), waiting);
    }

    @PostMapping("/{id}/rotate")
    ResponseEntity<TokenView> rotate(
            @PathVariable String id,
            @RequestBody(required = false) @Nullable RotateBody body,
            @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String key,
            @AuthenticationPrincipal ApiTokenPrincipal caller) {
        var overlap = (body == null ? RotateBody.EMPTY : body).length();
        if (tokens.find(id)
                .filter(token -> ReservedScopes.anyWithheld(token.scopes()))
                .isPresent()) {
            throw new BadRequestException(
                    "this token is the service's own, as a session of the page: it is not rotated");
        }
        return created(orBadRequest(() -> key == null
                ? actingFor(caller).rotate(id, overlap)
                : actingFor(caller).rotate(id, overlap, key)));
    }

    private static ResponseEntity<TokenView> created(IssuedToken issued) {
        return ResponseEntity.created(URI.create("/v1/tokens/" + issued.token().id()))
                .body(TokenView.of(issued));
    }

    private ApiToken visible(String id, ApiTokenPrincipal caller) {
        return seenBy(caller).find(id).orElseThrow(NotFoundException::new);
    }

    private VisibleTokens seenBy(ApiTokenPrincipal caller) {
        return new VisibleTokens(tokens, caller);
    }

    private ApiTokens actingFor(ApiTokenPrincipal caller) {
        return tokens.actingAs("token " + caller.id());
    }
}
