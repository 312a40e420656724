package dev.countermark.server.forward;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countermark.apitokens.ApiTokenVerdict;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequiredScopesTest {

    private static final ApiTokenVerdict.Valid TOKEN = new ApiTokenVerdict.Valid(
            "0123456789abcdef0123456789abcdef",
            "ada",
            "a+b orders:read orders:write",
            Instant.EPOCH,
            Instant.MAX,
            false);

    @Test
    void without_a_query_nothing_is_asked_for() {
        assertThat(RequiredScopes.areHeldBy(TOKEN, null)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "scope=orders:read",
                "scope=orders%3Aread",
                "%73cope=orders:read",
                "scope=orders:read+orders:write",
                "scope=orders:read%20orders:write",
                "scope=orders:read&scope=orders:write",
                "scope=a%2Bb",
                "original=/orders?page=2&sort=%zz&=&&x",
                "scopes=admin",
            })
    void what_the_token_has_is_enough(String query) {
        assertThat(RequiredScopes.areHeldBy(TOKEN, query)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "scope=orders:delete",
                "scope=orders",
                "scope=read",
                "scope=ORDERS:READ",
                "%73cope=orders:delete",
                "scope=orders:read+orders:delete",
                "scope=orders:read&scope=orders:delete",
                "scope=orders:delete&scope=orders:read",
                "scope=orders:read&original=/x?y=1&scope=orders:delete",
                // A slip in the configuration lets nobody in.
                "scope=",
                "scope",
                "scope=%zz",
                "scope=%",
                "scope=orders:read++orders:write",
                "scope=orders:read+",
                "scope=a+b",
                "scope=orders:read,orders:write",
                "scope=orders:read%00",
                "scope=%C3%A9",
            })
    void everything_else_is_missing(String query) {
        assertThat(RequiredScopes.areHeldBy(TOKEN, query)).isFalse();
    }
}
