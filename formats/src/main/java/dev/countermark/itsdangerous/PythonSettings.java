package dev.countermark.itsdangerous;

import dev.countermark.json.PythonJson;
import dev.countermark.mac.Digest;
import dev.countermark.mac.KeyDerivation;
import dev.countermark.mac.MacAlgorithm;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What was set of one release's classes, for the formats that go by it; {@link PythonTokens} has it from the user.
 *
 * @param salt the one that was set, or null; nobody writes into it
 * @param ownAlgorithm the one that was set, or null
 * @param fallbacks in Python's order
 * @param lenient whether to read what the release reads, and not only what it writes
 */
record PythonSettings(
        ItsDangerous release,
        PythonKeys keys,
        byte @Nullable [] salt,
        Separator separator,
        KeyDerivation keyDerivation,
        Digest digest,
        @Nullable MacAlgorithm ownAlgorithm,
        List<FallbackSigner> fallbacks,
        Epoch epoch,
        boolean lenient) {

    /** @throws IllegalArgumentException if the release refuses the separator */
    PythonSettings {
        separator = separator.checkedFor(release);
        fallbacks = List.copyOf(fallbacks);
    }

    /** A release's own. */
    static PythonSettings of(ItsDangerous release, PythonKeys keys) {
        return new PythonSettings(
                release,
                keys,
                null,
                Separator.DOT,
                KeyDerivation.DJANGO_CONCAT,
                release.defaultDigest(),
                null,
                release.defaultFallbackSigners(),
                release.epoch(),
                false);
    }

    /** Those of a signer that was told nothing but the salt. */
    PythonSettings withDefaults() {
        return new PythonSettings(
                release,
                keys,
                salt,
                Separator.DOT,
                KeyDerivation.DJANGO_CONCAT,
                release.defaultDigest(),
                null,
                List.of(),
                epoch,
                lenient);
    }

    PythonSettings with(PythonKeys keys) {
        return new PythonSettings(
                release, keys, salt, separator, keyDerivation, digest, ownAlgorithm, fallbacks, epoch, lenient);
    }

    PythonSettings with(byte[] salt) {
        return new PythonSettings(
                release, keys, salt, separator, keyDerivation, digest, ownAlgorithm, fallbacks, epoch, lenient);
    }

    PythonSettings with(Separator separator) {
        return new PythonSettings(
                release, keys, salt, separator, keyDerivation, digest, ownAlgorithm, fallbacks, epoch, lenient);
    }

    PythonSettings with(KeyDerivation keyDerivation) {
        return new PythonSettings(
                release, keys, salt, separator, keyDerivation, digest, ownAlgorithm, fallbacks, epoch, lenient);
    }

    PythonSettings with(Digest digest) {
        return new PythonSettings(
                release, keys, salt, separator, keyDerivation, digest, ownAlgorithm, fallbacks, epoch, lenient);
    }

    PythonSettings with(MacAlgorithm algorithm) {
        return new PythonSettings(
                release, keys, salt, separator, keyDerivation, digest, algorithm, fallbacks, epoch, lenient);
    }

    PythonSettings with(List<FallbackSigner> fallbacks) {
        return new PythonSettings(
                release, keys, salt, separator, keyDerivation, digest, ownAlgorithm, fallbacks, epoch, lenient);
    }

    PythonSettings with(Epoch epoch) {
        return new PythonSettings(
                release, keys, salt, separator, keyDerivation, digest, ownAlgorithm, fallbacks, epoch, lenient);
    }

    PythonSettings leniently() {
        return new PythonSettings(
                release, keys, salt, separator, keyDerivation, digest, ownAlgorithm, fallbacks, epoch, true);
    }

    byte[] saltFor(Kind kind) {
        return salt != null ? salt : kind.salt();
    }

    /** The one that signs. */
    MacAlgorithm algorithm() {
        return ownAlgorithm == null ? digest.hmac() : ownAlgorithm;
    }

    PythonJson json() {
        return lenient ? PythonJson.standard().lenient() : PythonJson.standard();
    }

    PythonJson compactJson() {
        var compact = json().compact();
        return release.compactJsonIsAscii() ? compact : compact.unescaped();
    }

    /** What a user sees of it: release and settings, and of the keys their ids. */
    @Override
    public String toString() {
        return "PythonTokens[" + release + ", " + keys + ", " + keyDerivation + ", "
                + algorithm().algorithmName() + (lenient ? ", lenient" : "") + "]";
    }
}
