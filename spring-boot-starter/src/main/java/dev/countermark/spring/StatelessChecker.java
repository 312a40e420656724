package dev.countermark.spring;

import dev.countermark.apitokens.ApiTokenVerdict;
import dev.countermark.apitokens.StatelessApiTokens;
import dev.countermark.apitokens.TokenEvents;

/** Checks tokens that only expire, and tells the listeners, as {@code ApiTokens} does by itself. */
record StatelessChecker(StatelessApiTokens tokens, String prefix, TokenEvents events) implements ApiTokenChecker {

    @Override
    public ApiTokenVerdict check(String text) {
        var verdict = tokens.check(text);
        try {
            events.checked(verdict);
        } catch (RuntimeException e) {
            // A listener's trouble is not the caller's: ApiTokens drops it too.
            return verdict;
        }
        return verdict;
    }
}
