package dev.countermark.server.scopes;

import dev.countermark.apitokens.ApiTokens;
import java.util.Collection;
import java.util.Set;

/**
 * Scopes that begin with {@code countermark:}. Two of them are for an administrator to give. The others are the service's
 * own, as that of a session of the page, or may mean something one day: whoever could issue a session's token could act
 * in another administrator's name.
 */
public final class ReservedScopes {

    /** Scope of a service that may ask about the tokens of others, and do nothing else with them. */
    public static final String INTROSPECT = "countermark:introspect";

    private static final String PREFIX = "countermark:";
    private static final Set<String> GIVEN = Set.of(ApiTokens.ADMIN_SCOPE, INTROSPECT);

    private ReservedScopes() {}

    /** Whether a scope begins as the reserved ones do. */
    public static boolean isReserved(String scope) {
        return scope.startsWith(PREFIX);
    }

    /** Whether one of these is reserved and for nobody to give. */
    public static boolean anyWithheld(Collection<String> scopes) {
        return scopes.stream().anyMatch(scope -> isReserved(scope) && !GIVEN.contains(scope));
    }
}
