package dev.countermark.spring.security;

import dev.countermark.apitokens.ApiTokens;
import java.util.Map;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** What an application might have. */
@RestController
class Endpoints {

    private final ObjectProvider<ApiTokens> tokens;

    Endpoints(ObjectProvider<ApiTokens> tokens) {
        this.tokens = tokens;
    }

    @GetMapping("/me")
    Map<String, Object> me(@AuthenticationPrincipal ApiTokenPrincipal token) {
        return Map.of("id", token.id(), "subject", token.subject(), "scopes", token.scopes());
    }

    @GetMapping("/name")
    String name(Authentication authentication) {
        return authentication.getName();
    }

    @GetMapping("/orders")
    @PreAuthorize("hasAuthority('SCOPE_orders:read')")
    String orders() {
        return "orders";
    }

    @PostMapping("/orders")
    String order() {
        return "ordered";
    }

    /** Checks a token by itself, as a controller may. */
    @GetMapping("/open/verify")
    String verify(String text) {
        return tokens.getObject().verify(text).subject();
    }
}
