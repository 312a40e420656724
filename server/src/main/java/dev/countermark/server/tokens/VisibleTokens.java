package dev.countermark.server.tokens;

import dev.countermark.apitokens.ApiToken;
import dev.countermark.apitokens.ApiTokens;
import dev.countermark.apitokens.Page;
import dev.countermark.apitokens.TokenQuery;
import dev.countermark.spring.security.ApiTokenPrincipal;
import java.util.List;
import java.util.Optional;

/**
 * The tokens as one caller sees them: all for an admin token, those of its subject for any other. What a caller does not
 * see is not there.
 */
record VisibleTokens(ApiTokens tokens, ApiTokenPrincipal caller) {

    boolean all() {
        return caller.hasScope(ApiTokens.ADMIN_SCOPE);
    }

    Page<ApiToken> list(TokenQuery query) {
        if (all()) {
            return tokens.list(query);
        }
        var subject = query.subject().orElse(caller.subject());
        return subject.equals(caller.subject())
                ? tokens.list(query.subject(subject))
                : new Page<>(List.of(), Optional.empty());
    }

    Optional<ApiToken> find(String id) {
        return tokens.find(id).filter(token -> all() || token.subject().equals(caller.subject()));
    }
}
