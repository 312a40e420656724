package dev.countermark.frameworks;

import dev.countermark.BadTokenException;
import dev.countermark.Codec;
import dev.countermark.DatedTokens;
import dev.countermark.ExpiredTokenException;
import dev.countermark.Keyring;
import dev.countermark.Limits;
import dev.countermark.TimedTokens;
import dev.countermark.Verdict;
import dev.countermark.itsdangerous.ItsDangerous;
import dev.countermark.itsdangerous.PythonKeys;
import dev.countermark.mac.KeyDerivation;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The session in Flask's cookie {@code session}, of Flask 0.10 and later and of Quart.
 *
 * <pre>{@code
 * var sessions = FlaskSession.of(Keyring.of(SigningKey.weakText(secretKey)));
 * Map<String, Object> session = sessions.read(cookie);
 * }</pre>
 *
 * <p>Keys: {@code SECRET_KEY}, accepting {@code SECRET_KEY_FALLBACKS} in their order. Expired after 31 days unless
 * {@code PERMANENT_SESSION_LIFETIME} is set; then say {@link #maxAge}.
 *
 * <p>Values are null, {@link Boolean}, {@link String}, {@link Integer}, {@link Long}, {@link java.math.BigInteger},
 * {@link Double}, {@link List}, {@link Map}, and of Flask's own kinds {@link Tuple}, {@code byte[]}, {@link Markup},
 * {@link UUID} and {@link OffsetDateTime}. Also written, but read back as one of these: {@link Instant},
 * {@link ZonedDateTime} and {@link LocalDateTime}, which counts as UTC, as dates to the second; {@link LocalDate} and
 * {@link java.math.BigDecimal} as text.
 *
 * <p>Source: Flask 3.1.3, {@code sessions.py} and {@code json/tag.py}. Immutable and safe for many threads.
 */
public final class FlaskSession {

    private static final String SALT = "cookie-session";

    private final Keyring keys;
    private final boolean signsWithLastFallback;
    private final ItsDangerous library;
    private final boolean lenient;
    private final Duration maxAge;
    private final Clock clock;
    private final Limits limits;
    private final TimedTokens<Object> values;
    private final TimedTokens<Map<String, @Nullable Object>> sessions;

    /**
     * A Python tuple: a list that does not change.
     *
     * @param items any values that a session holds
     */
    public record Tuple(List<? extends @Nullable Object> items) {

        /** Copies the items. */
        public Tuple {
            items = Collections.unmodifiableList(new ArrayList<>(items));
        }

        /** A tuple of these items. */
        public static Tuple of(@Nullable Object... items) {
            return new Tuple(Arrays.asList(items));
        }
    }

    /**
     * Text that is HTML and needs no escaping.
     *
     * @param html of the text
     */
    public record Markup(String html) {}

    private FlaskSession(
            Keyring keys,
            boolean signsWithLastFallback,
            ItsDangerous library,
            boolean lenient,
            Duration maxAge,
            Clock clock,
            Limits limits) {
        this.keys = keys;
        this.signsWithLastFallback = signsWithLastFallback;
        this.library = library;
        this.lenient = lenient;
        this.maxAge = maxAge;
        this.clock = clock;
        this.limits = limits;
        var python = library.keys(signsWithLastFallback ? PythonKeys.oldestFirst(keys.keys()) : PythonKeys.of(keys))
                .salt(SALT)
                .keyDerivation(KeyDerivation.HMAC);
        var format = new FlaskFormat((lenient ? python.lenient() : python).urlSafeTimedFormat(), library);
        var json = lenient ? TaggedJson.LENIENT : TaggedJson.STRICT;
        this.values =
                DatedTokens.of(format, json).expiringAfter(maxAge).clock(clock).limits(limits);
        this.sessions = values.as(new SessionCodec(json));
    }

    /** Sessions of the latest release. */
    public static FlaskSession of(Keyring keys) {
        return new FlaskSession(
                keys, false, ItsDangerous.newest(), false, Duration.ofDays(31), Clock.systemUTC(), Limits.DEFAULT);
    }

    /**
     * The same with another {@code PERMANENT_SESSION_LIFETIME}; the default is 31 days.
     *
     * @param maxAge in whole seconds
     * @throws IllegalArgumentException if it is negative
     */
    public FlaskSession maxAge(Duration maxAge) {
        return new FlaskSession(keys, signsWithLastFallback, library, lenient, maxAge, clock, limits);
    }

    /** The same beside another release of itsdangerous, which decides on future dates when lenient, and on messages. */
    public FlaskSession itsDangerous(ItsDangerous library) {
        return new FlaskSession(keys, signsWithLastFallback, library, lenient, maxAge, clock, limits);
    }

    /**
     * The same as Flask 3.1.0 has it, which signs with the last fallback (CVE-2025-47278). Reading is no different; upgrade
     * the application rather than write such cookies.
     */
    public FlaskSession signingWithLastFallback() {
        return new FlaskSession(keys, true, library, lenient, maxAge, clock, limits);
    }

    /** The same, reading all that Flask reads: other spellings, lax JSON, tags with values that Flask makes do with. */
    public FlaskSession lenient() {
        return new FlaskSession(keys, signsWithLastFallback, library, true, maxAge, clock, limits);
    }

    /** The same by another clock; the default is the system's. */
    public FlaskSession clock(Clock clock) {
        return new FlaskSession(keys, signsWithLastFallback, library, lenient, maxAge, clock, limits);
    }

    /** The same under other limits of size. */
    public FlaskSession limits(Limits limits) {
        return new FlaskSession(keys, signsWithLastFallback, library, lenient, maxAge, clock, limits);
    }

    /** Valid, expired or rejected. */
    public Verdict<Map<String, @Nullable Object>> check(String cookie) {
        return sessions.check(cookie);
    }

    /**
     * The session, its members in the order in which they stand there.
     *
     * @throws ExpiredTokenException if it is too old
     * @throws BadTokenException if no key made the signature, or date or session cannot be read
     */
    public Map<String, @Nullable Object> read(String cookie) {
        return sessions.verify(cookie);
    }

    /**
     * The cookie's value for a session, dated now.
     *
     * @throws IllegalArgumentException if Flask has no form for a value, or the session is too long for {@link #limits}
     */
    public String write(Map<String, ? extends @Nullable Object> session) {
        return values.sign(session);
    }

    /**
     * The tokens underneath, over any value that a session can hold: for cookies whose value is no dictionary. JSON's null,
     * when it is all there is, is Jackson's {@code NullNode}.
     */
    public TimedTokens<Object> values() {
        return values;
    }

    /**
     * Flask's JSON of a session's values, on its own: strict, sorted, ASCII, for instance {@code {"a":{" t":[1,2]}}} for a
     * tuple.
     */
    public static Codec<Object> taggedJson() {
        return TaggedJson.STRICT;
    }

    private record SessionCodec(TaggedJson json) implements Codec<Map<String, @Nullable Object>> {

        @Override
        public byte[] encode(Map<String, @Nullable Object> session) {
            return json.encode(session);
        }

        @Override
        @SuppressWarnings("unchecked") // names in JSON are texts
        public Map<String, @Nullable Object> decode(byte[] bytes) {
            if (json.decode(bytes) instanceof Map<?, ?> session) {
                return (Map<String, @Nullable Object>) session;
            }
            throw new IllegalArgumentException("a session is a dictionary");
        }
    }

    @Override
    public String toString() {
        return "FlaskSession[keys=" + keys + "]";
    }
}
