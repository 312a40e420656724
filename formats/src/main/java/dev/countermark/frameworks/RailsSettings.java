package dev.countermark.frameworks;

import dev.countermark.Keyring;
import dev.countermark.mac.Hmac;
import java.time.Clock;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a Rails verifier is made of.
 *
 * @param keys the first signs
 * @param release decides what is read, and how a refusal is told
 * @param digest of the signature
 * @param serializer how a value becomes bytes
 * @param urlSafe whether to write base64 of the URL-safe alphabet, without padding
 * @param newEnvelope whether to write the envelope of 7.1 around a purpose or expiry
 * @param purpose the reader asks for exactly this; null for none
 * @param symbol whether the purpose is a Ruby symbol
 * @param expiresAt what to write; null for no expiry
 * @param falsy whether null and false are values even before 7.1
 * @param lenient whether to read all that Rails reads
 * @param clock with its fraction of a second, which counts
 */
record RailsSettings(
        Keyring keys,
        RailsRelease release,
        Hmac digest,
        RailsSerializer serializer,
        boolean urlSafe,
        boolean newEnvelope,
        @Nullable String purpose,
        boolean symbol,
        @Nullable Instant expiresAt,
        boolean falsy,
        boolean lenient,
        Clock clock) {

    static RailsSettings of(Keyring keys, RailsSerializer serializer) {
        return new RailsSettings(
                keys,
                RailsRelease.LATEST,
                Hmac.SHA1,
                serializer,
                false,
                false,
                null,
                false,
                null,
                false,
                false,
                Clock.systemUTC());
    }

    RailsSettings keys(Keyring keys) {
        return new RailsSettings(
                keys,
                release,
                digest,
                serializer,
                urlSafe,
                newEnvelope,
                purpose,
                symbol,
                expiresAt,
                falsy,
                lenient,
                clock);
    }

    RailsSettings release(RailsRelease release) {
        return new RailsSettings(
                keys,
                release,
                digest,
                serializer,
                urlSafe,
                newEnvelope,
                purpose,
                symbol,
                expiresAt,
                falsy,
                lenient,
                clock);
    }

    RailsSettings digest(Hmac digest) {
        return new RailsSettings(
                keys,
                release,
                digest,
                serializer,
                urlSafe,
                newEnvelope,
                purpose,
                symbol,
                expiresAt,
                falsy,
                lenient,
                clock);
    }

    RailsSettings asUrlSafe(boolean urlSafe) {
        return new RailsSettings(
                keys,
                release,
                digest,
                serializer,
                urlSafe,
                newEnvelope,
                purpose,
                symbol,
                expiresAt,
                falsy,
                lenient,
                clock);
    }

    RailsSettings withNewEnvelope() {
        return new RailsSettings(
                keys, release, digest, serializer, urlSafe, true, purpose, symbol, expiresAt, falsy, lenient, clock);
    }

    RailsSettings purpose(@Nullable String purpose, boolean symbol) {
        return new RailsSettings(
                keys,
                release,
                digest,
                serializer,
                urlSafe,
                newEnvelope,
                purpose,
                symbol,
                expiresAt,
                falsy,
                lenient,
                clock);
    }

    RailsSettings expiresAt(@Nullable Instant expiresAt) {
        return new RailsSettings(
                keys,
                release,
                digest,
                serializer,
                urlSafe,
                newEnvelope,
                purpose,
                symbol,
                expiresAt,
                falsy,
                lenient,
                clock);
    }

    RailsSettings takingFalsy() {
        return new RailsSettings(
                keys,
                release,
                digest,
                serializer,
                urlSafe,
                newEnvelope,
                purpose,
                symbol,
                expiresAt,
                true,
                lenient,
                clock);
    }

    RailsSettings asLenient() {
        return new RailsSettings(
                keys,
                release,
                digest,
                serializer,
                urlSafe,
                newEnvelope,
                purpose,
                symbol,
                expiresAt,
                falsy,
                true,
                clock);
    }

    RailsSettings clock(Clock clock) {
        return new RailsSettings(
                keys,
                release,
                digest,
                serializer,
                urlSafe,
                newEnvelope,
                purpose,
                symbol,
                expiresAt,
                falsy,
                lenient,
                clock);
    }

    /** Whether the value stands in the new envelope where it has a purpose or an expiry. */
    boolean writesNewEnvelope() {
        return newEnvelope && release.isTelling() && serializer != RailsSerializer.NONE;
    }

    /** Ids of the keys and the form; no secret. */
    @Override
    public String toString() {
        return "Rails[release=" + release + ", " + digest.algorithmName() + ", serializer=" + serializer + ", purpose="
                + purpose + ", keys=" + keys.keys() + "]";
    }
}
