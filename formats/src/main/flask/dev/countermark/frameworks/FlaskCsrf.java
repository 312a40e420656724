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
import dev.countermark.json.PythonJson;
import java.time.Clock;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.StringNode;

/**
 * The form token of Flask-WTF: field {@code csrf_token}, header {@code X-CSRFToken}.
 *
 * <p>It holds the forty digits that the session keeps as {@code csrf_token}, and counts only beside them: read those with
 * {@link FlaskSession}. Key: {@code WTF_CSRF_SECRET_KEY} or else {@code SECRET_KEY}. Expired after an hour unless
 * {@code WTF_CSRF_TIME_LIMIT} is set; then say {@link #maxAge}.
 *
 * <p>Source: Flask-WTF 1.2.2, {@code csrf.py}; the same since 0.14. Immutable and safe for many threads.
 */
public final class FlaskCsrf {

    private static final String SALT = "wtf-csrf-token";

    private final Keyring keys;
    private final ItsDangerous library;
    private final boolean lenient;
    private final Duration maxAge;
    private final Clock clock;
    private final Limits limits;

    private FlaskCsrf(
            Keyring keys, ItsDangerous library, boolean lenient, Duration maxAge, Clock clock, Limits limits) {
        if (maxAge.isNegative()) {
            throw new IllegalArgumentException("a maximal age is not negative");
        }
        this.keys = keys;
        this.library = library;
        this.lenient = lenient;
        this.maxAge = maxAge;
        this.clock = clock;
        this.limits = limits;
    }

    /** Form tokens of the latest release. */
    public static FlaskCsrf of(Keyring keys) {
        return new FlaskCsrf(
                keys, ItsDangerous.newest(), false, Duration.ofHours(1), Clock.systemUTC(), Limits.DEFAULT);
    }

    /**
     * The same with another {@code WTF_CSRF_TIME_LIMIT}; the default is an hour.
     *
     * @param maxAge in whole seconds
     * @throws IllegalArgumentException if it is negative
     */
    public FlaskCsrf maxAge(Duration maxAge) {
        return new FlaskCsrf(keys, library, lenient, maxAge, clock, limits);
    }

    /** The same beside another release of itsdangerous, which decides on future dates when lenient. */
    public FlaskCsrf itsDangerous(ItsDangerous library) {
        return new FlaskCsrf(keys, library, lenient, maxAge, clock, limits);
    }

    /** The same, reading all that Flask-WTF reads: other spellings of signature, date and body. */
    public FlaskCsrf lenient() {
        return new FlaskCsrf(keys, library, true, maxAge, clock, limits);
    }

    /** The same by another clock; the default is the system's. */
    public FlaskCsrf clock(Clock clock) {
        return new FlaskCsrf(keys, library, lenient, maxAge, clock, limits);
    }

    /** The same under other limits of size. */
    public FlaskCsrf limits(Limits limits) {
        return new FlaskCsrf(keys, library, lenient, maxAge, clock, limits);
    }

    private TimedTokens<String> tokens(@Nullable String sessionToken) {
        var python = library.keys(PythonKeys.of(keys)).salt(SALT);
        var format = (lenient ? python.lenient() : python).urlSafeTimedFormat();
        return DatedTokens.of(new FlaskCsrfFormat(format, sessionToken), new TextJson())
                .expiringAfter(maxAge)
                .clock(clock)
                .limits(limits);
    }

    /**
     * Valid for this session, expired or rejected.
     *
     * @param sessionToken what the session holds as {@code csrf_token}; null where it holds nothing, and then nothing counts
     */
    public Verdict<String> check(String token, @Nullable String sessionToken) {
        return tokens(sessionToken).check(token);
    }

    /**
     * Returns the session's token if this is a form token of that session.
     *
     * @param sessionToken what the session holds as {@code csrf_token}; null where it holds nothing, and then nothing counts
     * @throws ExpiredTokenException if it is too old
     * @throws BadTokenException if no key made the signature, or it belongs to another session
     */
    public String read(String token, @Nullable String sessionToken) {
        return tokens(sessionToken).verify(token);
    }

    /**
     * The form token of a session, dated now.
     *
     * @param sessionToken what the session holds as {@code csrf_token}: forty hexadecimal digits, random for each session
     * @throws IllegalArgumentException if it is not ASCII, which Flask-WTF cannot compare, or too long for {@link #limits}
     */
    public String write(String sessionToken) {
        if (!FlaskCsrfFormat.isAscii(sessionToken)) {
            throw new IllegalArgumentException(
                    "a session's CSRF token is ASCII text, for instance 40 hexadecimal digits");
        }
        return tokens(sessionToken).sign(sessionToken);
    }

    /** A text of whole characters, also when lenient: two texts with half of one make Flask-WTF end in a TypeError. */
    private record TextJson() implements Codec<String> {

        private static final PythonJson JSON = PythonJson.standard().compact().unescaped();

        @Override
        public byte[] encode(String value) {
            return JSON.encode(StringNode.valueOf(value));
        }

        @Override
        public String decode(byte[] bytes) {
            return JSON.decode(bytes).stringValue();
        }
    }

    @Override
    public String toString() {
        return "FlaskCsrf[keys=" + keys + "]";
    }
}
