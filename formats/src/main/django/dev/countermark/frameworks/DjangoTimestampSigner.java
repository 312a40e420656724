package dev.countermark.frameworks;

import dev.countermark.BadTokenException;
import dev.countermark.Codec;
import dev.countermark.DatedTokens;
import dev.countermark.ExpiredTokenException;
import dev.countermark.Keyring;
import dev.countermark.Limits;
import dev.countermark.Verdict;
import dev.countermark.mac.Digest;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/**
 * Django's {@code TimestampSigner}: a text with the time and a signature behind it, {@code my string:1r31eq:…}.
 *
 * <p>Keys: {@code SECRET_KEY}, accepting {@code SECRET_KEY_FALLBACKS}. Strictly, a timestamp has one spelling and is not
 * later than now. Source: Django 5.2, {@code core/signing.py}. Immutable and safe for many threads.
 */
public final class DjangoTimestampSigner {

    private static final String DEFAULT_SALT = "django.core.signing.TimestampSigner";

    private final DjangoSettings settings;
    private final Limits limits;
    private final DatedTokens<String> tokens;

    private DjangoTimestampSigner(DjangoSettings settings, Limits limits) {
        this.settings = settings;
        this.limits = limits;
        this.tokens = DatedTokens.of(new DjangoFormat(settings), Codec.text())
                .clock(settings.clock())
                .limits(limits);
    }

    /** {@code TimestampSigner()} of the latest release. */
    public static DjangoTimestampSigner of(Keyring keys) {
        return new DjangoTimestampSigner(DjangoSettings.of(keys, DEFAULT_SALT), Limits.DEFAULT);
    }

    /** The same of another release. */
    public DjangoTimestampSigner release(DjangoRelease release) {
        return new DjangoTimestampSigner(settings.release(release), limits);
    }

    /**
     * The same with {@code salt=…}; {@code django.core.signing.TimestampSigner} by default.
     *
     * @throws IllegalArgumentException if it holds a lone surrogate
     */
    public DjangoTimestampSigner salt(String salt) {
        return new DjangoTimestampSigner(settings.salts(List.of(salt)), limits);
    }

    /**
     * The same with {@code sep=…}; a colon by default.
     *
     * @throws IllegalArgumentException if it can appear in a signature, or holds a lone surrogate
     */
    public DjangoTimestampSigner separator(String separator) {
        return new DjangoTimestampSigner(settings.separator(separator), limits);
    }

    /** The same with {@code algorithm=…}; by default that of the release: SHA-256, before 3.1 SHA-1. */
    public DjangoTimestampSigner digest(Digest digest) {
        return new DjangoTimestampSigner(settings.digest(digest), limits);
    }

    /** The same, reading all that Django reads: dates to come, and dates in any spelling. */
    public DjangoTimestampSigner lenient() {
        return new DjangoTimestampSigner(settings.asLenient(), limits);
    }

    /** The same by another clock; the default is the system's. */
    public DjangoTimestampSigner clock(Clock clock) {
        return new DjangoTimestampSigner(settings.clock(clock), limits);
    }

    /** The same under other limits of size. */
    public DjangoTimestampSigner limits(Limits limits) {
        return new DjangoTimestampSigner(settings, limits);
    }

    /** {@code unsign} without a maximal age: valid or rejected, with the date. */
    public Verdict<String> check(String text) {
        return tokens.check(text);
    }

    /**
     * {@code unsign(…, max_age)}: expired when older.
     *
     * @param maxAge with its fraction of a second, which counts as in Django
     */
    public Verdict<String> check(String text, Duration maxAge) {
        return tokens.check(text, maxAge);
    }

    /**
     * The value, not older than {@code maxAge}.
     *
     * @throws ExpiredTokenException if it is older
     * @throws BadTokenException if no key made the signature, or the date cannot be read
     */
    public String read(String text, Duration maxAge) {
        return tokens.verify(text, maxAge);
    }

    /**
     * {@code sign}, dated now.
     *
     * @throws IllegalArgumentException if the value holds a lone surrogate or is too long for {@link #limits}
     */
    public String write(String value) {
        return tokens.sign(value);
    }

    @Override
    public String toString() {
        return "DjangoTimestampSigner[" + settings + "]";
    }
}
