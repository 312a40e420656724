package dev.countermark.spring;

import dev.countermark.apitokens.ApiTokenVerdict;
import dev.countermark.apitokens.ApiTokens;

/** Checks tokens that can be revoked. */
record CheckerWithStore(ApiTokens tokens) implements ApiTokenChecker {

    @Override
    public String prefix() {
        return tokens.options().prefix();
    }

    @Override
    public ApiTokenVerdict check(String text) {
        return tokens.check(text);
    }
}
