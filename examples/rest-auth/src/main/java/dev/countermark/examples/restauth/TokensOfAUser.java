package dev.countermark.examples.restauth;

import dev.countermark.apitokens.ApiTokens;
import dev.countermark.apitokens.IssueRequest;
import dev.countermark.apitokens.TokenQuery;
import dev.countermark.apitokens.TokenState;
import java.security.Principal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.*;

/** {@code /api/token}, {@code /api/tokens} and what they are for, {@code /api/resource}. */
@RestController
class TokensOfAUser {

    private final ApiTokens tokens;

    TokensOfAUser(ApiTokens tokens) {
        this.tokens = tokens;
    }

    record Issued(String token, long duration) {}

    @GetMapping("/api/token")
    Issued issue(Principal user) {
        var issued = tokens.issue(IssueRequest.forSubject(user.getName()));
        var duration =
                Duration.between(issued.token().issuedAt(), issued.token().expiresAt());
        return new Issued(issued.text(), duration.toSeconds());
    }

    @GetMapping("/api/tokens")
    List<Map<String, Object>> list(Principal user) {
        var own = tokens.list(TokenQuery.all().subject(user.getName()).state(TokenState.ACTIVE));
        return own.items().stream()
                .map(token -> Map.<String, Object>of("id", token.id(), "expires", token.expiresAt()))
                .toList();
    }

    @DeleteMapping("/api/tokens/{id}")
    ResponseEntity<Void> revoke(@PathVariable String id, Principal user) {
        if (tokens.find(id)
                .filter(token -> token.subject().equals(user.getName()))
                .isEmpty()) {
            return ResponseEntity.notFound().build();
        }
        tokens.revoke(id);
        return ResponseEntity.noContent().build();
    }

    @GetMapping("/api/resource")
    Map<String, String> resource(Principal user) {
        return Map.of("data", "Hello, " + user.getName() + "!");
    }
}
