package dev.countermark.frameworks;

import dev.countermark.Body;
import dev.countermark.Keyring;
import dev.countermark.SigningKey;
import dev.countermark.mac.Digest;
import dev.countermark.mac.MacFunction;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a use of {@code django.core.signing} is made of.
 *
 * @param keys primary: {@code SECRET_KEY}; accepted: {@code SECRET_KEY_FALLBACKS}
 * @param keyPrefix put before every key
 * @param salts without the suffix {@code signer}; the first signs
 * @param digests the first signs
 * @param separator between the parts
 * @param dated whether a timestamp stands in it
 * @param body how the value stands in it
 * @param lenient whether to read all that Django reads
 * @param clock with the fraction of a second that Django's age has
 */
record DjangoSettings(
        Keyring keys,
        String keyPrefix,
        List<String> salts,
        List<Digest> digests,
        String separator,
        boolean dated,
        Body body,
        boolean lenient,
        Clock clock) {

    /** A key that verifies: what it computes with, whose it is, and whether anything about it is no longer written. */
    record Verifier(MacFunction mac, SigningKey key, boolean old) {}

    static DjangoSettings of(Keyring keys, String salt) {
        return new DjangoSettings(keys, "", List.of(salt), List.of(), ":", true, Body.TEXT, false, Clock.systemUTC())
                .release(DjangoRelease.LATEST);
    }

    DjangoSettings release(DjangoRelease release) {
        return digests(release.digests());
    }

    DjangoSettings keyPrefix(String prefix) {
        return new DjangoSettings(keys, prefix, salts, digests, separator, dated, body, lenient, clock);
    }

    DjangoSettings salts(List<String> salts) {
        return new DjangoSettings(keys, keyPrefix, salts, digests, separator, dated, body, lenient, clock);
    }

    /** The same with another digest that signs; those of older releases are read as before. */
    DjangoSettings digest(Digest digest) {
        return digests(
                Stream.concat(Stream.of(digest), digests.stream().skip(1)).toList());
    }

    private DjangoSettings digests(List<Digest> digests) {
        return new DjangoSettings(keys, keyPrefix, salts, digests, separator, dated, body, lenient, clock);
    }

    /**
     * The same with another separator.
     *
     * @throws IllegalArgumentException if Django refuses it, because it can appear in a signature, or it holds a lone surrogate
     */
    DjangoSettings separator(String separator) {
        WellFormed.utf8(separator);
        // Python's $ also matches before a line feed at the end.
        var tested = separator.endsWith("\n") ? separator.substring(0, separator.length() - 1) : separator;
        if (tested.chars().allMatch(DjangoSettings::isUnsafe)) {
            throw new IllegalArgumentException("separator '" + separator
                    + "' can appear in a signature; choose one with a character outside A-Z a-z 0-9 - _ = [ ] \\ ^ `");
        }
        return new DjangoSettings(keys, keyPrefix, salts, digests, separator, dated, body, lenient, clock);
    }

    /** Django's {@code ^[A-z0-9-_=]*$}, whose {@code A-z} takes in what stands between the cases. */
    private static boolean isUnsafe(int c) {
        return c >= 'A' && c <= 'z' || c >= '0' && c <= '9' || c == '-' || c == '=';
    }

    DjangoSettings undated() {
        return new DjangoSettings(keys, keyPrefix, salts, digests, separator, false, body, lenient, clock);
    }

    DjangoSettings body(Body body) {
        return new DjangoSettings(keys, keyPrefix, salts, digests, separator, dated, body, lenient, clock);
    }

    DjangoSettings asLenient() {
        return new DjangoSettings(keys, keyPrefix, salts, digests, separator, dated, body, true, clock);
    }

    DjangoSettings clock(Clock clock) {
        return new DjangoSettings(keys, keyPrefix, salts, digests, separator, dated, body, lenient, clock);
    }

    /** All that verify, the one that signs first. */
    List<Verifier> verifiers() {
        var verifiers = new ArrayList<Verifier>();
        for (var salt : salts) {
            for (var key : keys.keys()) {
                for (var digest : digests) {
                    verifiers.add(new Verifier(
                            saltedHmac(digest, salt + "signer", keyPrefix, key), key, !verifiers.isEmpty()));
                }
            }
        }
        return verifiers;
    }

    /** {@code salted_hmac} of {@code django/utils/crypto.py}: HMAC under the hash of salt and key. */
    static MacFunction saltedHmac(Digest digest, String salt, String keyPrefix, SigningKey key) {
        var derived = digest.of(WellFormed.utf8(salt), WellFormed.utf8(keyPrefix), key.revealSecret());
        return digest.hmac().withKey(derived);
    }

    /** Ids of the keys and the form; no secret. */
    @Override
    public String toString() {
        return "Django[salt=" + salts.get(0) + ", dated=" + dated + ", body=" + body + ", keys=" + keys.keys() + "]";
    }
}
