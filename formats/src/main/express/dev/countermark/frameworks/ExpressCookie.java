package dev.countermark.frameworks;

import dev.countermark.BadTokenException;
import dev.countermark.Codec;
import dev.countermark.Keyring;
import dev.countermark.Limits;
import dev.countermark.Tokens;
import dev.countermark.Verdict;

/**
 * A signed cookie of Express over a text, as it stands in the header: {@code s%3Atobi.DGDUkGlIkCzPz%2BC0B064…}.
 *
 * <p>What {@code res.cookie(name, value, {signed: true})} sets and {@code req.signedCookies} shows; also the cookie of
 * express-session, whose value is the session's id. Keys: the secrets given to {@code cookieParser(secrets)}, of which the
 * first signs. The signature covers neither the cookie's name nor a date, and a text that starts with {@code j:} reads in
 * Express as JSON: do not sign what users chose. An object is {@link ExpressJsonCookie}.
 *
 * <p>Source: cookie-parser 1.4.7, {@code index.js}; express 4 and 5, {@code lib/response.js}. Immutable and safe for many
 * threads.
 */
public final class ExpressCookie {

    private final ExpressCookieFormat format;
    private final Limits limits;
    private final Tokens<String> tokens;

    private ExpressCookie(ExpressCookieFormat format, Limits limits) {
        this.format = format;
        this.limits = limits;
        this.tokens = Tokens.of(format, Codec.text()).limits(limits);
    }

    /** Cookies signed with the primary key. */
    public static ExpressCookie of(Keyring keys) {
        return new ExpressCookie(ExpressCookieFormat.of(keys), Limits.DEFAULT);
    }

    /** The same for values that are percent-decoded when they come, and encoded after they go: {@code s:tobi.DGDU…}. */
    public ExpressCookie decoded() {
        return new ExpressCookie(format.decoded(), limits);
    }

    /** The same under other limits of size. */
    public ExpressCookie limits(Limits limits) {
        return new ExpressCookie(format, limits);
    }

    /**
     * Whether Express takes a cookie for a signed one, so that it shows in {@code req.signedCookies} or as {@code false}
     * there; says nothing of its signature.
     */
    public boolean isMarkedAsSigned(String cookie) {
        return cookie.length() <= limits.tokenLength() && format.isMarked(cookie);
    }

    /** Valid or rejected. */
    public Verdict<String> check(String cookie) {
        return tokens.check(cookie);
    }

    /**
     * The cookie's text.
     *
     * @throws BadTokenException if it is not a signed cookie, or no key made the signature
     */
    public String read(String cookie) {
        return tokens.verify(cookie);
    }

    /**
     * The cookie's value for a text.
     *
     * @throws IllegalArgumentException if it holds a lone surrogate, or is too long for {@link #limits}
     */
    public String write(String value) {
        return tokens.sign(value);
    }

    @Override
    public String toString() {
        return "ExpressCookie[" + format + "]";
    }
}
