package dev.countermark.frameworks;

import dev.countermark.BadTokenException;
import dev.countermark.Body;
import dev.countermark.Codec;
import dev.countermark.DatedTokens;
import dev.countermark.Keyring;
import dev.countermark.Limits;
import dev.countermark.Tokens;
import dev.countermark.Valid;
import dev.countermark.Verdict;
import java.time.Clock;
import tools.jackson.databind.JsonNode;

/**
 * The text of a session in Django's database: column {@code session_data} of the table {@code django_session}, where a
 * Java service meets Django most often. Cache and file stores that keep text hold the same.
 *
 * <p>Keys: {@code SECRET_KEY}, accepting {@code SECRET_KEY_FALLBACKS}. Nothing expires here: the column
 * {@code expire_date} says until when the row counts. Releases before 3.1 wrote another layout; 3.1 and 3.2 read both.
 *
 * <p>Source: Django 5.2 and 2.2, {@code contrib/sessions/backends/base.py}. Immutable and safe for many threads.
 */
public final class DjangoSessionData {

    private static final String SALT = "django.contrib.sessions.SessionStore";

    private final DjangoSettings settings;
    private final DjangoRelease release;
    private final Limits limits;
    private final Tokens<JsonNode> legacy;
    private final DatedTokens<JsonNode> dated;

    private DjangoSessionData(DjangoSettings settings, DjangoRelease release, Limits limits) {
        this.settings = settings;
        this.release = release;
        this.limits = limits;
        Codec<JsonNode> json = settings.lenient() ? LatinJson.LENIENT : LatinJson.STRICT;
        this.legacy = Tokens.of(new DjangoLegacySession(settings.keys(), settings.lenient()), json)
                .limits(limits);
        this.dated = DatedTokens.of(new DjangoFormat(settings.release(release)), json)
                .clock(settings.clock())
                .limits(limits);
    }

    /** Session texts of the latest release. */
    public static DjangoSessionData of(Keyring keys) {
        var settings = DjangoSettings.of(keys, SALT).body(Body.URL_SAFE_COMPRESSED);
        return new DjangoSessionData(settings, DjangoRelease.LATEST, Limits.DEFAULT);
    }

    /** The same of another release. */
    public DjangoSessionData release(DjangoRelease release) {
        return new DjangoSessionData(settings, release, limits);
    }

    /** The same, reading all that Django reads: other spellings of body and date, dates to come, lax JSON. */
    public DjangoSessionData lenient() {
        return new DjangoSessionData(settings.asLenient(), release, limits);
    }

    /** The same by another clock; the default is the system's. */
    public DjangoSessionData clock(Clock clock) {
        return new DjangoSessionData(settings.clock(clock), release, limits);
    }

    /** The same under other limits of size. */
    public DjangoSessionData limits(Limits limits) {
        return new DjangoSessionData(settings, release, limits);
    }

    /** Valid or rejected. */
    public Verdict<JsonNode> check(String sessionData) {
        boolean between = release == DjangoRelease.V3_1;
        if (release == DjangoRelease.V2_2 || between && sessionData.indexOf(':') < 0) {
            return legacy.check(sessionData);
        }
        var verdict = dated.check(sessionData);
        // Django tries one layout after the other, and in the old one its base64 passes over a colon.
        return between
                        && settings.lenient()
                        && !(verdict instanceof Valid)
                        && legacy.check(sessionData) instanceof Valid<JsonNode> old
                ? old
                : verdict;
    }

    /**
     * The session, a JSON object.
     *
     * @throws BadTokenException if no key made the signature, or the session cannot be read
     */
    public JsonNode read(String sessionData) {
        return check(sessionData).orThrow();
    }

    /**
     * The text of a session.
     *
     * @throws IllegalArgumentException if JSON has no form for it, or it is too long for {@link #limits}
     */
    public String write(JsonNode session) {
        return release == DjangoRelease.V2_2 ? legacy.sign(session) : dated.sign(session);
    }

    @Override
    public String toString() {
        return "DjangoSessionData[" + settings + ", release=" + release + "]";
    }
}
