package dev.countermark.frameworks;

import dev.countermark.Detail;
import dev.countermark.Reading;
import dev.countermark.Reason;
import dev.countermark.Terms;
import dev.countermark.WireFormat;
import dev.countermark.itsdangerous.PythonError;
import dev.countermark.json.PythonJson;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * itsdangerous' format for one session: a token whose value is not the session's is refused.
 *
 * <p>Source: Flask-WTF 1.2.2, {@code csrf.py}, {@code validate_csrf}.
 */
record FlaskCsrfFormat(WireFormat format, @Nullable String sessionToken) implements WireFormat {

    private static final FrameworkError EXPIRED = error("The CSRF token has expired.");
    private static final PythonJson JSON = PythonJson.standard().lenient();

    @Override
    public String write(byte[] payload, long now, @Nullable Duration lifetime) {
        return format.write(payload, now, lifetime);
    }

    @Override
    public Reading read(String token, long now, Terms terms) {
        if (token.isEmpty()) {
            return Reading.refused(Reason.MALFORMED, error("The CSRF token is missing."));
        }
        if (sessionToken == null) {
            return Reading.refused(Reason.CLAIM_MISMATCH, error("The CSRF session token is missing."));
        }
        var reading = format.read(token, now, terms);
        if (reading.reason() == Reason.EXPIRED) {
            return reading.detail(EXPIRED);
        }
        if (reading.reason() != null) {
            return reading.detail(Invalid.orNull(reading.detail()));
        }
        var value = textOrNull(reading.payload());
        if (value == null) {
            return reading; // the codec refuses it
        }
        // Python's compare_digest knows ASCII only, and Flask-WTF ends in its TypeError.
        if (!isAscii(sessionToken)) {
            return Reading.refused(Reason.CLAIM_MISMATCH);
        }
        return MessageDigest.isEqual(
                        value.getBytes(StandardCharsets.UTF_8), sessionToken.getBytes(StandardCharsets.UTF_8))
                ? reading
                : Reading.refused(Reason.CLAIM_MISMATCH, error("The CSRF tokens do not match."));
    }

    private static @Nullable String textOrNull(byte[] payload) {
        try {
            return JSON.decode(payload).stringValue(null);
        } catch (RuntimeException e) {
            return null;
        }
    }

    static boolean isAscii(String text) {
        return text.chars().allMatch(c -> c < 0x80);
    }

    @Override
    public @Nullable Detail payloadRefused(Reading reading) {
        return reading.reason() == Reason.EXPIRED ? reading.detail() : Invalid.orNull(format.payloadRefused(reading));
    }

    private static FrameworkError error(String message) {
        return new FrameworkError("ValidationError", message);
    }

    /** Refused by Flask-WTF too, if Python has an error for it. */
    private record Invalid(Detail python) implements Detail {

        static @Nullable Detail orNull(@Nullable Detail python) {
            return python == null ? null : new Invalid(python);
        }

        @Override
        public Optional<Detail> resolved() {
            return python.resolved()
                    .map(found -> found instanceof PythonError error
                                    && error.className().equals("SignatureExpired")
                            ? EXPIRED
                            : error("The CSRF token is invalid."));
        }
    }
}
