package dev.countermark.frameworks;

import dev.countermark.Keyring;
import dev.countermark.mac.Hmac;
import java.time.Clock;
import java.time.Instant;
import java.util.function.Consumer;
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
        return with(draft -> draft.keys = keys);
    }

    RailsSettings release(RailsRelease release) {
        return with(draft -> draft.release = release);
    }

    RailsSettings digest(Hmac digest) {
        return with(draft -> draft.digest = digest);
    }

    RailsSettings asUrlSafe(boolean urlSafe) {
        return with(draft -> draft.urlSafe = urlSafe);
    }

    RailsSettings withNewEnvelope() {
        return with(draft -> draft.newEnvelope = true);
    }

    /** @throws IllegalArgumentException if the purpose holds a lone surrogate */
    RailsSettings purpose(@Nullable String purpose, boolean symbol) {
        if (purpose != null) {
            WellFormed.utf8(purpose);
        }
        return with(draft -> {
            draft.purpose = purpose;
            draft.symbol = symbol;
        });
    }

    RailsSettings expiresAt(@Nullable Instant expiresAt) {
        return with(draft -> draft.expiresAt = expiresAt);
    }

    RailsSettings takingFalsy() {
        return with(draft -> draft.falsy = true);
    }

    RailsSettings asLenient() {
        return with(draft -> draft.lenient = true);
    }

    RailsSettings clock(Clock clock) {
        return with(draft -> draft.clock = clock);
    }

    private RailsSettings with(Consumer<Draft> change) {
        var draft = new Draft(this);
        change.accept(draft);
        return draft.settings();
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

    /** Settings while one of them changes. */
    private static final class Draft {

        private Keyring keys;
        private RailsRelease release;
        private Hmac digest;
        private RailsSerializer serializer;
        private boolean urlSafe;
        private boolean newEnvelope;
        private @Nullable String purpose;
        private boolean symbol;
        private @Nullable Instant expiresAt;
        private boolean falsy;
        private boolean lenient;
        private Clock clock;

        Draft(RailsSettings settings) {
            keys = settings.keys;
            release = settings.release;
            digest = settings.digest;
            serializer = settings.serializer;
            urlSafe = settings.urlSafe;
            newEnvelope = settings.newEnvelope;
            purpose = settings.purpose;
            symbol = settings.symbol;
            expiresAt = settings.expiresAt;
            falsy = settings.falsy;
            lenient = settings.lenient;
            clock = settings.clock;
        }

        RailsSettings settings() {
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
    }
}
