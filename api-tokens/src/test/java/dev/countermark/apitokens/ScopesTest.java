package dev.countermark.apitokens;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScopesTest {

    private static ApiTokenVerdict.Valid token(String scope) {
        return new ApiTokenVerdict.Valid(
                "0123456789abcdef0123456789abcdef", "ada", scope, Instant.EPOCH, Instant.EPOCH, false);
    }

    /** It once was searched for without end. */
    @ParameterizedTest
    @ValueSource(strings = {"", "read", "read write"})
    @Timeout(value = 10, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void no_token_has_the_scope_without_a_name(String scope) {
        assertThat(token(scope).hasScope("")).isFalse();
    }

    @Test
    void a_scope_is_had_whole_or_not_at_all() {
        var token = token("a a:b b:a:b");
        assertThat(token.hasScope("a")).isTrue();
        assertThat(token.hasScope("a:b")).isTrue();
        assertThat(token.hasScope("b:a:b")).isTrue();
        assertThat(token.hasScope("b")).isFalse();
        assertThat(token.hasScope("a a:b ")).isFalse();
        assertThat(token.hasScope(" a")).isFalse();
        assertThat(token.hasScope(" ")).isFalse();
    }
}
