package dev.countermark.frameworks;

import dev.countermark.BadTokenException;
import dev.countermark.Body;
import dev.countermark.DatedTokens;
import dev.countermark.ExpiredTokenException;
import dev.countermark.Keyring;
import dev.countermark.Limits;
import dev.countermark.TimedTokens;
import dev.countermark.Verdict;
import java.time.Clock;
import java.time.Duration;
import tools.jackson.databind.JsonNode;

/**
 * The session in the cookie {@code sessionid} of a Django that keeps sessions in cookies
 * ({@code SESSION_ENGINE = "django.contrib.sessions.backends.signed_cookies"}).
 *
 * <p>Keys: {@code SECRET_KEY}, accepting {@code SECRET_KEY_FALLBACKS}. Expired after 14 days unless
 * {@code SESSION_COOKIE_AGE} is set; then say {@link #maxAge}. Sessions in the database are {@link DjangoSessionData}.
 *
 * <p>Source: Django 5.2, {@code contrib/sessions/backends/signed_cookies.py}. Immutable and safe for many threads.
 */
public final class DjangoSession {

    private static final String SALT = "django.contrib.sessions.backends.signed_cookies";

    private final DjangoSettings settings;
    private final Duration maxAge;
    private final Limits limits;
    private final TimedTokens<JsonNode> tokens;

    private DjangoSession(DjangoSettings settings, Duration maxAge, Limits limits) {
        this.settings = settings;
        this.maxAge = maxAge;
        this.limits = limits;
        this.tokens = DatedTokens.of(
                        new DjangoFormat(settings), settings.lenient() ? LatinJson.LENIENT : LatinJson.STRICT)
                .expiringAfter(maxAge)
                .clock(settings.clock())
                .limits(limits);
    }

    /** Sessions of the latest release. */
    public static DjangoSession of(Keyring keys) {
        var settings = DjangoSettings.of(keys, SALT).body(Body.URL_SAFE_COMPRESSED);
        return new DjangoSession(settings, Duration.ofDays(14), Limits.DEFAULT);
    }

    /** The same of another release. */
    public DjangoSession release(DjangoRelease release) {
        return new DjangoSession(settings.release(release), maxAge, limits);
    }

    /**
     * The same with another {@code SESSION_COOKIE_AGE}; the default is 14 days.
     *
     * @throws IllegalArgumentException if it is negative
     */
    public DjangoSession maxAge(Duration maxAge) {
        return new DjangoSession(settings, maxAge, limits);
    }

    /** The same, reading all that Django reads: other spellings of body and date, dates to come, lax JSON. */
    public DjangoSession lenient() {
        return new DjangoSession(settings.asLenient(), maxAge, limits);
    }

    /** The same by another clock; the default is the system's. */
    public DjangoSession clock(Clock clock) {
        return new DjangoSession(settings.clock(clock), maxAge, limits);
    }

    /** The same under other limits of size. */
    public DjangoSession limits(Limits limits) {
        return new DjangoSession(settings, maxAge, limits);
    }

    /** Valid, expired or rejected. */
    public Verdict<JsonNode> check(String cookie) {
        return tokens.check(cookie);
    }

    /**
     * The session, a JSON object.
     *
     * @throws ExpiredTokenException if it is too old
     * @throws BadTokenException if no key made the signature, or date or session cannot be read
     */
    public JsonNode read(String cookie) {
        return tokens.verify(cookie);
    }

    /**
     * The cookie's value for a session, dated now.
     *
     * @throws IllegalArgumentException if JSON has no form for it, or it is too long for {@link #limits}
     */
    public String write(JsonNode session) {
        return tokens.sign(session);
    }

    @Override
    public String toString() {
        return "DjangoSession[" + settings + "]";
    }
}
