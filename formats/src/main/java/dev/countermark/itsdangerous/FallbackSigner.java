package dev.countermark.itsdangerous;

import dev.countermark.mac.Digest;
import dev.countermark.mac.KeyDerivation;
import org.jspecify.annotations.Nullable;

/**
 * Another way in which a token may be signed: one entry of Python's {@code fallback_signers}. It never signs.
 *
 * <p>Source: itsdangerous 2.2.0, {@code serializer.py}, {@code Serializer.iter_unsigners}; since 1.1.0. Immutable.
 */
public final class FallbackSigner {

    private final boolean inherits;
    private final @Nullable Digest digest;
    private final @Nullable KeyDerivation derivation;
    private final @Nullable Separator separator;

    private FallbackSigner(
            boolean inherits,
            @Nullable Digest digest,
            @Nullable KeyDerivation derivation,
            @Nullable Separator separator) {
        this.inherits = inherits;
        this.digest = digest;
        this.derivation = derivation;
        this.separator = separator;
    }

    /** An entry that is a dictionary or a tuple: what is not set here is the release's default, not the serializer's. */
    public static FallbackSigner defaults() {
        return new FallbackSigner(false, null, null, null);
    }

    /** An entry that is a class: it signs with the serializer's settings. */
    public static FallbackSigner sameSettings() {
        return new FallbackSigner(true, null, null, null);
    }

    /** The same with another hash function, for derivation and signature: {@code digest_method}. */
    public FallbackSigner digest(Digest digest) {
        return new FallbackSigner(inherits, digest, derivation, separator);
    }

    /** The same with another derivation: {@code key_derivation}. */
    public FallbackSigner keyDerivation(KeyDerivation derivation) {
        return new FallbackSigner(inherits, digest, derivation, separator);
    }

    /**
     * The same with another separator: {@code sep}. Whether the release takes it is asked where a class is taken from
     * {@link PythonTokens}.
     *
     * @throws IllegalArgumentException if it holds a lone surrogate
     */
    public FallbackSigner separator(String separator) {
        return new FallbackSigner(inherits, digest, derivation, Separator.ofText(separator));
    }

    /** The settings of this signer beside a serializer's. */
    PythonSettings settings(PythonSettings serializer) {
        var settings = inherits ? serializer : serializer.withDefaults();
        settings = digest == null ? settings : settings.with(digest);
        settings = derivation == null ? settings : settings.with(derivation);
        return separator == null ? settings : settings.with(separator);
    }
}
