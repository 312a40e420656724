package dev.countermark.server.forward;

import dev.countermark.apitokens.ApiTokenVerdict;
import dev.countermark.server.http.FormParameters;
import org.jspecify.annotations.Nullable;

/**
 * The scopes that a query asks for: every {@code scope=…} in it, each with one name or several separated by spaces.
 *
 * <p>All of them are needed. A name that cannot be decoded, and no name at all, is a scope that no token has, so a
 * slip in a proxy's configuration lets nobody in. Other parameters say nothing: some proxies append the client's.
 */
final class RequiredScopes {

    private RequiredScopes() {}

    static boolean areHeldBy(ApiTokenVerdict.Valid token, @Nullable String query) {
        if (query == null) {
            return true;
        }
        for (var parameter : FormParameters.parse(query)) {
            if (parameter.name().equals("scope")
                    && !parameter.value().map(names -> hasAll(token, names)).orElse(false)) {
                return false;
            }
        }
        return true;
    }

    private static boolean hasAll(ApiTokenVerdict.Valid token, String names) {
        int from = 0;
        while (true) {
            int space = names.indexOf(' ', from);
            if (!token.hasScope(names.substring(from, space < 0 ? names.length() : space))) {
                return false;
            }
            if (space < 0) {
                return true;
            }
            from = space + 1;
        }
    }
}
