package dev.countermark.apitokens;

import dev.countermark.DatedTokens;
import dev.countermark.Expired;
import dev.countermark.Keyring;
import dev.countermark.Limits;
import dev.countermark.Rejected;
import dev.countermark.SigningKey;
import dev.countermark.Tokens;
import dev.countermark.Valid;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;

/** The text of tokens of one kind: claims under a dated signature. Knows nothing of revocation. Immutable. */
final class SignedTokens {

    /** Longest text of a token, in characters. */
    static final int LONGEST = 2048;

    private static final String WITH_STORE = "api-token";
    private static final String STATELESS = "stateless-api-token";

    private final Keyring keyring;
    private final String purpose;
    private final String prefix;
    private final Clock clock;
    private final DatedTokens<Claims> tokens;
    private final DatedTokens<Claims> signing;

    private SignedTokens(Keyring keyring, String purpose, String prefix, Clock clock) {
        this.keyring = keyring;
        this.purpose = purpose;
        this.prefix = prefix;
        this.clock = clock;
        var dated = Tokens.of(keyring, purpose, new ClaimsCodec(prefix)).dated().clock(clock);
        this.tokens = dated.limits(Limits.DEFAULT.tokenLength(LONGEST));
        // Its length is looked at here: whoever asks for too many scopes has no limits to set.
        this.signing = dated.limits(new Limits(Integer.MAX_VALUE, Integer.MAX_VALUE));
    }

    static SignedTokens withStore(Keyring keyring, String prefix, Clock clock) {
        return new SignedTokens(keyring, WITH_STORE, prefix, clock);
    }

    static SignedTokens stateless(Keyring keyring, String prefix, Clock clock) {
        return new SignedTokens(keyring, STATELESS, prefix, clock);
    }

    /** The same tokens with another prefix. */
    SignedTokens withPrefix(String prefix) {
        return prefix.equals(this.prefix) ? this : new SignedTokens(keyring, purpose, prefix, clock);
    }

    Keyring keyring() {
        return keyring;
    }

    /**
     * Signs claims as of a time, with the primary key.
     *
     * @throws IllegalArgumentException if the text would be too long
     */
    String sign(Claims claims, Instant issuedAt) {
        return requireShort(signing.clock(Clock.fixed(issuedAt, ZoneOffset.UTC)).sign(claims));
    }

    private static String requireShort(String text) {
        if (text.length() > LONGEST) {
            throw new IllegalArgumentException("the token would have " + text.length() + " characters, of at most "
                    + LONGEST + "; give it fewer or shorter scopes");
        }
        return text;
    }

    /** Signs claims with another key of the keyring; empty when it has no such key. */
    Optional<String> sign(Claims claims, Instant issuedAt, String keyFingerprint) {
        if (keyring.primary().fingerprint().equals(keyFingerprint)) {
            return Optional.of(sign(claims, issuedAt));
        }
        return keyring.keys().stream()
                .filter(key -> key.fingerprint().equals(keyFingerprint))
                .findFirst()
                .map(key -> signWith(key, claims, issuedAt));
    }

    private String signWith(SigningKey key, Claims claims, Instant issuedAt) {
        var clock = Clock.fixed(issuedAt, ZoneOffset.UTC);
        return new SignedTokens(Keyring.of(key), purpose, prefix, clock).sign(claims, issuedAt);
    }

    /** What a text says, if it is ours. Says nothing of time but that it was not signed in the future. */
    Reading read(String text) {
        var verdict = tokens.check(text);
        if (verdict instanceof Valid<Claims> valid) {
            return new Reading(null, valid.value(), valid.signedAt().orElseThrow(), valid.reissue());
        }
        var reason = verdict instanceof Rejected<Claims> rejected ? rejected.reason() : null;
        if (reason == null) {
            throw new IllegalStateException(
                    "a token without a written lifetime does not expire: " + (Expired<?>) verdict);
        }
        return new Reading(reason, null, null, false);
    }
}
