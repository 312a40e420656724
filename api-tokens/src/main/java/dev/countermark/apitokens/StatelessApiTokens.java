package dev.countermark.apitokens;

import dev.countermark.BadTokenException;
import dev.countermark.ExpiredTokenException;
import dev.countermark.Keyring;
import dev.countermark.Reason;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Set;

/**
 * API tokens without a store: they are issued, checked and expire, and cannot be revoked or listed.
 *
 * <p>Signed for another purpose than the tokens of {@link ApiTokens}: neither kind accepts the other's. Immutable and
 * safe for many threads.
 */
public final class StatelessApiTokens {

    private final Keyring keyring;
    private final String prefix;
    private final Duration defaultLifetime;
    private final Duration maximumLifetime;
    private final Clock clock;
    private final SignedTokens texts;

    private StatelessApiTokens(
            Keyring keyring, String prefix, Duration defaultLifetime, Duration maximumLifetime, Clock clock) {
        this.keyring = keyring;
        this.prefix = prefix;
        this.defaultLifetime = defaultLifetime;
        this.maximumLifetime = maximumLifetime;
        this.clock = clock;
        this.texts = SignedTokens.stateless(keyring, prefix, clock);
    }

    /** Tokens with the default prefix and lifetimes, by the system clock. */
    public static StatelessApiTokens of(Keyring keyring) {
        var defaults = ApiTokenOptions.DEFAULT;
        return new StatelessApiTokens(
                keyring, defaults.prefix(), defaults.defaultLifetime(), defaults.maximumLifetime(), defaults.clock());
    }

    /**
     * The same tokens with another prefix: {@code [a-z][a-z0-9]{1,15}}.
     *
     * @throws IllegalArgumentException if it has another form
     */
    public StatelessApiTokens prefix(String prefix) {
        ApiTokenOptions.requirePrefix(prefix);
        return new StatelessApiTokens(keyring, prefix, defaultLifetime, maximumLifetime, clock);
    }

    /**
     * The same tokens under another policy of lifetimes, in the ranges of {@link ApiTokenOptions}.
     *
     * @throws IllegalArgumentException if one is out of its range
     */
    public StatelessApiTokens lifetimes(Duration byDefault, Duration maximum) {
        var checked = ApiTokenOptions.DEFAULT.lifetimes(byDefault, maximum);
        return new StatelessApiTokens(keyring, prefix, checked.defaultLifetime(), checked.maximumLifetime(), clock);
    }

    /** The same tokens by another clock. */
    public StatelessApiTokens clock(Clock clock) {
        return new StatelessApiTokens(keyring, prefix, defaultLifetime, maximumLifetime, clock);
    }

    /**
     * Issues a token of the default lifetime.
     *
     * @throws IllegalArgumentException as {@link #issue(String, Set, Duration)}
     */
    public String issue(String subject, Set<String> scopes) {
        return issue(subject, scopes, defaultLifetime);
    }

    /**
     * Issues a token.
     *
     * @param subject whom it speaks for: 1 to 255 characters, none of them a control character
     * @param scopes what it may do; not {@code countermark:…}, which needs a store
     * @param lifetime whole seconds, at most the policy's maximum
     * @throws IllegalArgumentException if something is out of its range
     */
    public String issue(String subject, Set<String> scopes, Duration lifetime) {
        var request = IssueRequest.forSubject(subject).scopes(scopes).lifetime(lifetime);
        if (lifetime.compareTo(maximumLifetime) > 0) {
            throw new IllegalArgumentException("a lifetime is at most " + ApiTokenOptions.shown(maximumLifetime));
        }
        var scope = Scopes.join(request.scopes());
        if (Scopes.hasReserved(scope)) {
            throw new IllegalArgumentException("a scope that begins with " + Scopes.RESERVED + " needs a store");
        }
        var now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        return texts.sign(
                new Claims(TokenId.random(), subject, scope, now.plus(lifetime).getEpochSecond(), 0), now);
    }

    /** Valid, expired or rejected; never revoked or unavailable. Never throws for a text. */
    public ApiTokenVerdict check(String text) {
        var reading = texts.read(text);
        if (reading.refused() != null) {
            return new ApiTokenVerdict.Rejected(reading.refused());
        }
        if (Instant.ofEpochMilli(clock.millis()).getEpochSecond()
                > reading.claims().expiresAt()) {
            return reading.expired();
        }
        if (Scopes.hasReserved(reading.claims().scope())) {
            return new ApiTokenVerdict.Rejected(Reason.CLAIM_MISMATCH);
        }
        return reading.valid();
    }

    /**
     * The token of a text.
     *
     * @throws ExpiredTokenException if it is too old
     * @throws BadTokenException if it is not ours
     */
    public ApiTokenVerdict.Valid verify(String text) {
        return check(text).orThrow();
    }

    @Override
    public String toString() {
        return "StatelessApiTokens[prefix=" + prefix + ", keys=" + keyring + "]";
    }
}
