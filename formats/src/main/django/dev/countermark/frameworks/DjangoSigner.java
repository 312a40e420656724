package dev.countermark.frameworks;

import dev.countermark.BadTokenException;
import dev.countermark.Codec;
import dev.countermark.Keyring;
import dev.countermark.Limits;
import dev.countermark.Tokens;
import dev.countermark.Verdict;
import dev.countermark.mac.Digest;
import java.util.List;

/**
 * Django's {@code Signer}: a text with a signature behind it, {@code my string:…}. There is no date in it.
 *
 * <p>Keys: {@code SECRET_KEY}, accepting {@code SECRET_KEY_FALLBACKS}. Source: Django 5.2, {@code core/signing.py}.
 * Immutable and safe for many threads.
 */
public final class DjangoSigner {

    private static final String DEFAULT_SALT = "django.core.signing.Signer";

    private final DjangoSettings settings;
    private final Limits limits;
    private final Tokens<String> tokens;

    private DjangoSigner(DjangoSettings settings, Limits limits) {
        this.settings = settings;
        this.limits = limits;
        this.tokens = Tokens.of(new DjangoFormat(settings), Codec.text()).limits(limits);
    }

    /** {@code Signer()} of the latest release. */
    public static DjangoSigner of(Keyring keys) {
        return new DjangoSigner(DjangoSettings.of(keys, DEFAULT_SALT).undated(), Limits.DEFAULT);
    }

    /** The same of another release. */
    public DjangoSigner release(DjangoRelease release) {
        return new DjangoSigner(settings.release(release), limits);
    }

    /**
     * The same with {@code salt=…}; {@code django.core.signing.Signer} by default.
     *
     * @throws IllegalArgumentException if it holds a lone surrogate
     */
    public DjangoSigner salt(String salt) {
        return new DjangoSigner(settings.salts(List.of(salt)), limits);
    }

    /**
     * The same with {@code sep=…}; a colon by default.
     *
     * @throws IllegalArgumentException if it can appear in a signature, or holds a lone surrogate
     */
    public DjangoSigner separator(String separator) {
        return new DjangoSigner(settings.separator(separator), limits);
    }

    /** The same with {@code algorithm=…}; by default that of the release: SHA-256, before 3.1 SHA-1. */
    public DjangoSigner digest(Digest digest) {
        return new DjangoSigner(settings.digest(digest), limits);
    }

    /** The same under other limits of size. */
    public DjangoSigner limits(Limits limits) {
        return new DjangoSigner(settings, limits);
    }

    /** {@code unsign}: valid or rejected. */
    public Verdict<String> check(String text) {
        return tokens.check(text);
    }

    /**
     * {@code unsign}: the value.
     *
     * @throws BadTokenException if no key made the signature
     */
    public String read(String text) {
        return tokens.verify(text);
    }

    /**
     * {@code sign}.
     *
     * @throws IllegalArgumentException if the value holds a lone surrogate or is too long for {@link #limits}
     */
    public String write(String value) {
        return tokens.sign(value);
    }

    @Override
    public String toString() {
        return "DjangoSigner[" + settings + "]";
    }
}
