package dev.countermark.frameworks;

import dev.countermark.Keyring;
import dev.countermark.Reading;
import dev.countermark.Reason;
import dev.countermark.Terms;
import dev.countermark.WireFormat;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * {@link ExpressFormat} behind {@code s:}, percent-encoded for the header unless somebody has decoded it already.
 *
 * <p>Source: cookie-parser 1.4.7, {@code index.js}, {@code signedCookie}; express 4 and 5, {@code lib/response.js},
 * {@code res.cookie}.
 */
final class ExpressCookieFormat implements WireFormat {

    private static final String MARK = "s:";

    private final ExpressFormat signed;
    private final boolean decoded;

    private ExpressCookieFormat(ExpressFormat signed, boolean decoded) {
        this.signed = signed;
        this.decoded = decoded;
    }

    static ExpressCookieFormat of(Keyring keys) {
        return new ExpressCookieFormat(new ExpressFormat(keys), false);
    }

    ExpressCookieFormat decoded() {
        return new ExpressCookieFormat(signed, true);
    }

    @Override
    public String write(byte[] payload, long now, @Nullable Duration lifetime) {
        var value = MARK + signed.write(payload, now, lifetime);
        return decoded ? value : PercentCoding.JAVASCRIPT.encode(value);
    }

    @Override
    public Reading read(String token, long now, Terms terms) {
        if (token.length() > terms.limits().tokenLength()) {
            return Reading.refused(Reason.TOO_LONG);
        }
        var value = value(token);
        return value.startsWith(MARK)
                ? signed.read(value.substring(MARK.length()), now, terms)
                : Reading.refused(Reason.MALFORMED);
    }

    /** Whether cookie-parser takes a cookie for a signed one; escapes that are those of no text stay as they are. */
    boolean isMarked(String token) {
        return value(token).startsWith(MARK);
    }

    private String value(String token) {
        return decoded ? token : PercentCoding.JAVASCRIPT.decode(token);
    }

    @Override
    public String toString() {
        return signed.toString();
    }
}
