package dev.countermark.frameworks;

import dev.countermark.BadTokenException;
import dev.countermark.Codec;
import dev.countermark.DatedTokens;
import dev.countermark.ExpiredTokenException;
import dev.countermark.Keyring;
import dev.countermark.Limits;
import dev.countermark.Verdict;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/**
 * The value of a signed cookie, as {@code response.set_signed_cookie} writes it and {@code request.get_signed_cookie}
 * reads it.
 *
 * <p>Keys: {@code SECRET_KEY}, accepting {@code SECRET_KEY_FALLBACKS}. Cookie name and salt argument go into the
 * signature; how, changed with 5.2.15 and 6.0.6 (CVE-2026-6873), so a writer must know the patch level of the readers:
 * say {@link #release}. The older salt, in which the cookie {@code session} with salt {@code id} is the cookie
 * {@code sessio} with salt {@code nid}, is read by the latest release only after {@link #acceptingLegacySalt}.
 *
 * <p>Source: Django 5.2.17, {@code http/request.py}, {@code http/response.py}. Immutable and safe for many threads.
 */
public final class DjangoCookie {

    static final String KEY_PREFIX = "django.http.cookies";

    private final DjangoSettings settings;
    private final DjangoRelease release;
    private final String name;
    private final String salt;
    private final boolean acceptsLegacy;
    private final Limits limits;
    private final DatedTokens<String> tokens;

    private DjangoCookie(
            DjangoSettings settings,
            DjangoRelease release,
            String name,
            String salt,
            boolean acceptsLegacy,
            Limits limits) {
        this.settings = settings;
        this.release = release;
        this.name = name;
        this.salt = salt;
        this.acceptsLegacy = acceptsLegacy;
        this.limits = limits;
        var format = new DjangoFormat(settings.release(release).salts(salts(release, name, salt, acceptsLegacy)));
        this.tokens =
                DatedTokens.of(format, Codec.text()).clock(settings.clock()).limits(limits);
    }

    private static List<String> salts(DjangoRelease release, String name, String salt, boolean acceptsLegacy) {
        // Each by itself: the halves of a pair would join.
        WellFormed.utf8(name);
        WellFormed.utf8(salt);
        var joined = name + salt;
        if (release.joinsCookieSalts()) {
            return List.of(joined);
        }
        // Python counts characters, not UTF-16 units.
        var separate = "django.http.cookies.v2:" + salt.codePointCount(0, salt.length()) + ":" + salt + name;
        return acceptsLegacy ? List.of(separate, joined) : List.of(separate);
    }

    /**
     * The cookie of a name, without a salt, of the latest release.
     *
     * @param keys of any strength
     * @param name of the cookie, which is signed with it
     * @throws IllegalArgumentException if the name holds a lone surrogate
     */
    public static DjangoCookie of(Keyring keys, String name) {
        var settings = DjangoSettings.of(keys, name).keyPrefix(KEY_PREFIX);
        return new DjangoCookie(settings, DjangoRelease.LATEST, name, "", false, Limits.DEFAULT);
    }

    /** The same of another release; the default is the latest. Say which one reads what you write. */
    public DjangoCookie release(DjangoRelease release) {
        return new DjangoCookie(settings, release, name, salt, acceptsLegacy, limits);
    }

    /**
     * The same with {@code salt=…}; none by default.
     *
     * @throws IllegalArgumentException if it holds a lone surrogate
     */
    public DjangoCookie salt(String salt) {
        return new DjangoCookie(settings, release, name, salt, acceptsLegacy, limits);
    }

    /**
     * The same, also reading what releases before 5.2.15 and 6.0.6 wrote, as Django does while
     * {@code SIGNED_COOKIE_LEGACY_SALT_FALLBACK} is true. Whoever can choose parts of cookie names can then move a value
     * from one cookie to another.
     */
    public DjangoCookie acceptingLegacySalt() {
        return new DjangoCookie(settings, release, name, salt, true, limits);
    }

    /** The same, reading all that Django reads: dates to come, and dates in any spelling. */
    public DjangoCookie lenient() {
        return new DjangoCookie(settings.asLenient(), release, name, salt, acceptsLegacy, limits);
    }

    /** The same by another clock; the default is the system's. */
    public DjangoCookie clock(Clock clock) {
        return new DjangoCookie(settings.clock(clock), release, name, salt, acceptsLegacy, limits);
    }

    /** The same under other limits of size. */
    public DjangoCookie limits(Limits limits) {
        return new DjangoCookie(settings, release, name, salt, acceptsLegacy, limits);
    }

    /** {@code get_signed_cookie} without a maximal age: valid or rejected, with the date. */
    public Verdict<String> check(String cookie) {
        return tokens.check(cookie);
    }

    /**
     * {@code get_signed_cookie(…, max_age)}: expired when older.
     *
     * @param maxAge with its fraction of a second, which counts as in Django
     */
    public Verdict<String> check(String cookie, Duration maxAge) {
        return tokens.check(cookie, maxAge);
    }

    /**
     * The value, not older than {@code maxAge}.
     *
     * @throws ExpiredTokenException if it is older
     * @throws BadTokenException if no key made the signature for this cookie, or the date cannot be read
     */
    public String read(String cookie, Duration maxAge) {
        return tokens.verify(cookie, maxAge);
    }

    /**
     * {@code set_signed_cookie}, dated now: the bare value, not yet quoted for a header.
     *
     * @throws IllegalArgumentException if the value holds a lone surrogate or is too long for {@link #limits}
     */
    public String write(String value) {
        return tokens.sign(value);
    }

    @Override
    public String toString() {
        return "DjangoCookie[" + name + ", release=" + release + "]";
    }
}
