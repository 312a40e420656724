package dev.countermark.jws;

import org.jspecify.annotations.Nullable;

/**
 * What a reader expects of a claim that says whom a token is from or for.
 *
 * @param text what it must say; null if there must be none
 * @param ignored whether it may say anything
 */
record Expectation(@Nullable String text, boolean ignored) {

    static final Expectation NONE = new Expectation(null, false);
    static final Expectation IGNORED = new Expectation(null, true);

    static Expectation of(String text) {
        if (text.isEmpty()) {
            throw new IllegalArgumentException("an issuer or audience is not empty");
        }
        return new Expectation(text, false);
    }
}
