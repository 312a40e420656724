package dev.countermark.apitokens;

import java.util.regex.Pattern;

/**
 * The regular expression that finds API tokens in leaked text: logs, commits, pastes.
 *
 * <p>It needs no boundary around a token, and works in every engine that has {@code {n,m}}: Java, PCRE, RE2, Python,
 * {@code grep -E}. A match has the shape of a token; only a check says whether it is one.
 */
public final class LeakedTokens {

    private LeakedTokens() {}

    /**
     * The expression for tokens of a prefix: {@code <prefix>_}, the claims, the date and the signature.
     *
     * <p>Claims begin with <code>{"id":"</code>, hence {@code eyJpZCI6I}; the last character of a signature carries four
     * bits.
     *
     * @param prefix {@code [a-z][a-z0-9]{1,15}}
     * @throws IllegalArgumentException if it is none
     */
    public static Pattern pattern(String prefix) {
        return Pattern.compile(ApiTokenOptions.requirePrefix(prefix)
                + "_eyJpZCI6I[A-Za-z0-9_-]{90,1990}\\.[A-Za-z0-9_-]{6,7}\\.[A-Za-z0-9_-]{42}[AEIMQUYcgkosw048]");
    }
}
