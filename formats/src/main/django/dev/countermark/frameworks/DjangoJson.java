package dev.countermark.frameworks;

import dev.countermark.BadTokenException;
import dev.countermark.Body;
import dev.countermark.DatedTokens;
import dev.countermark.ExpiredTokenException;
import dev.countermark.Keyring;
import dev.countermark.Limits;
import dev.countermark.Verdict;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * A JSON value as {@code django.core.signing.dumps} writes it and {@code loads} reads it.
 *
 * <p>Keys: {@code SECRET_KEY}, accepting {@code SECRET_KEY_FALLBACKS}. The JSON is compact ASCII, and read as Latin-1.
 * Source: Django 5.2, {@code core/signing.py}. Immutable and safe for many threads.
 */
public final class DjangoJson {

    private static final String DEFAULT_SALT = "django.core.signing";

    private final DjangoSettings settings;
    private final Limits limits;
    private final DatedTokens<JsonNode> tokens;

    private DjangoJson(DjangoSettings settings, Limits limits) {
        this.settings = settings;
        this.limits = limits;
        this.tokens = DatedTokens.of(
                        new DjangoFormat(settings), settings.lenient() ? LatinJson.LENIENT : LatinJson.STRICT)
                .clock(settings.clock())
                .limits(limits);
    }

    /** {@code dumps(value)} of the latest release. */
    public static DjangoJson of(Keyring keys) {
        return new DjangoJson(DjangoSettings.of(keys, DEFAULT_SALT).body(Body.URL_SAFE), Limits.DEFAULT);
    }

    /** The same of another release. */
    public DjangoJson release(DjangoRelease release) {
        return new DjangoJson(settings.release(release), limits);
    }

    /**
     * The same with {@code salt=…}; {@code django.core.signing} by default.
     *
     * @throws IllegalArgumentException if it holds a lone surrogate
     */
    public DjangoJson salt(String salt) {
        return new DjangoJson(settings.salts(List.of(salt)), limits);
    }

    /** The same with {@code compress=True}: compressed where that is shorter. Reading takes both in any case. */
    public DjangoJson compressed() {
        return new DjangoJson(settings.body(Body.URL_SAFE_COMPRESSED), limits);
    }

    /** The same, reading all that Django reads: other spellings of body and date, dates to come, lax JSON. */
    public DjangoJson lenient() {
        return new DjangoJson(settings.asLenient(), limits);
    }

    /** The same by another clock; the default is the system's. */
    public DjangoJson clock(Clock clock) {
        return new DjangoJson(settings.clock(clock), limits);
    }

    /** The same under other limits of size. */
    public DjangoJson limits(Limits limits) {
        return new DjangoJson(settings, limits);
    }

    /** {@code loads} without a maximal age: valid or rejected, with the date. */
    public Verdict<JsonNode> check(String text) {
        return tokens.check(text);
    }

    /**
     * {@code loads(…, max_age)}: expired when older.
     *
     * @param maxAge with its fraction of a second, which counts as in Django
     */
    public Verdict<JsonNode> check(String text, Duration maxAge) {
        return tokens.check(text, maxAge);
    }

    /**
     * The value, not older than {@code maxAge}.
     *
     * @throws ExpiredTokenException if it is older
     * @throws BadTokenException if no key made the signature, or date or value cannot be read
     */
    public JsonNode read(String text, Duration maxAge) {
        return tokens.verify(text, maxAge);
    }

    /**
     * {@code dumps}, dated now.
     *
     * @throws IllegalArgumentException if JSON has no form for the value, or it is too long for {@link #limits}
     */
    public String write(JsonNode value) {
        return tokens.sign(value);
    }

    @Override
    public String toString() {
        return "DjangoJson[" + settings + "]";
    }
}
