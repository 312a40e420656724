package dev.countermark.frameworks;

import dev.countermark.BadTokenException;
import dev.countermark.Codec;
import dev.countermark.ExpiredTokenException;
import dev.countermark.Keyring;
import dev.countermark.Limits;
import dev.countermark.TimedTokens;
import dev.countermark.Verdict;
import dev.countermark.itsdangerous.ItsDangerous;
import dev.countermark.itsdangerous.PythonKeys;
import dev.countermark.json.PythonJson;
import dev.countermark.python.LenientBase64;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import tools.jackson.databind.JsonNode;

/**
 * The session in the cookie {@code session} of Starlette's {@code SessionMiddleware}, which is also FastAPI's.
 *
 * <p>Key: the middleware's {@code secret_key}; it knows no others, so those that a keyring accepts are ours to read.
 * Expired after 14 days unless the middleware's {@code max_age} says otherwise; then say {@link #maxAge}. The signature is
 * made with all defaults of itsdangerous: any other use of its {@code TimestampSigner} with this key and no salt can make a
 * session.
 *
 * <p>Source: Starlette 0.47.3, {@code middleware/sessions.py}; the same from 0.14 to 1.9. Immutable and safe for many
 * threads.
 */
public final class StarletteSession {

    private final Keyring keys;
    private final ItsDangerous library;
    private final boolean lenient;
    private final Duration maxAge;
    private final Clock clock;
    private final Limits limits;
    private final TimedTokens<JsonNode> tokens;

    private StarletteSession(
            Keyring keys, ItsDangerous library, boolean lenient, Duration maxAge, Clock clock, Limits limits) {
        this.keys = keys;
        this.library = library;
        this.lenient = lenient;
        this.maxAge = maxAge;
        this.clock = clock;
        this.limits = limits;
        var python = library.keys(PythonKeys.of(keys));
        this.tokens = (lenient ? python.lenient() : python)
                .timestampSigner()
                .as(new Base64Json(lenient, limits.payloadLength()))
                .expiringAfter(maxAge)
                .clock(clock)
                .limits(limits.payloadLength(Base64Json.textLength(limits.payloadLength())));
    }

    /** Sessions of the latest release. */
    public static StarletteSession of(Keyring keys) {
        return new StarletteSession(
                keys, ItsDangerous.newest(), false, Duration.ofDays(14), Clock.systemUTC(), Limits.DEFAULT);
    }

    /**
     * The same with another {@code max_age}; the default is 14 days.
     *
     * @param maxAge in whole seconds
     * @throws IllegalArgumentException if it is negative
     */
    public StarletteSession maxAge(Duration maxAge) {
        return new StarletteSession(keys, library, lenient, maxAge, clock, limits);
    }

    /** The same beside another release of itsdangerous, which decides on future dates when lenient, and on messages. */
    public StarletteSession itsDangerous(ItsDangerous library) {
        return new StarletteSession(keys, library, lenient, maxAge, clock, limits);
    }

    /** The same, reading all that Starlette reads: other spellings of signature, date and body, lax JSON. */
    public StarletteSession lenient() {
        return new StarletteSession(keys, library, true, maxAge, clock, limits);
    }

    /** The same by another clock; the default is the system's. */
    public StarletteSession clock(Clock clock) {
        return new StarletteSession(keys, library, lenient, maxAge, clock, limits);
    }

    /** The same under other limits of size. */
    public StarletteSession limits(Limits limits) {
        return new StarletteSession(keys, library, lenient, maxAge, clock, limits);
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

    /** JSON in standard base64 with padding. */
    private record Base64Json(boolean lenient, int limit) implements Codec<JsonNode> {

        private static final PythonJson STRICT = PythonJson.standard();
        private static final PythonJson LENIENT = STRICT.lenient();

        static int textLength(int bytes) {
            return (int) Math.min(Integer.MAX_VALUE, (bytes + 2L) / 3 * 4);
        }

        @Override
        public byte[] encode(JsonNode session) {
            return Base64.getEncoder().encode((lenient ? LENIENT : STRICT).encode(session));
        }

        @Override
        public JsonNode decode(byte[] text) {
            var bytes = lenient
                    ? LenientBase64.standardOrNull(text, 0, text.length)
                    : Base64.getDecoder().decode(text);
            if (bytes == null || bytes.length > limit || !lenient && !isCanonical(bytes, text)) {
                throw new IllegalArgumentException("this is no session");
            }
            return lenient ? LENIENT.loads(DetectedText.of(bytes)) : STRICT.decode(bytes);
        }

        private static boolean isCanonical(byte[] bytes, byte[] text) {
            return Base64.getEncoder().encodeToString(bytes).equals(new String(text, StandardCharsets.US_ASCII));
        }
    }

    @Override
    public String toString() {
        return "StarletteSession[keys=" + keys + "]";
    }
}
