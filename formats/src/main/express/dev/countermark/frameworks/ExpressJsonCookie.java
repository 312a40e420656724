package dev.countermark.frameworks;

import dev.countermark.BadTokenException;
import dev.countermark.Codec;
import dev.countermark.Keyring;
import dev.countermark.Limits;
import dev.countermark.Tokens;
import dev.countermark.Verdict;
import java.nio.charset.StandardCharsets;
import tools.jackson.databind.JsonNode;

/**
 * A signed cookie of Express over an object, an array or null: {@code j:} and its JSON, signed as {@link ExpressCookie}.
 *
 * <p>Keys: the secrets given to {@code cookieParser(secrets)}, of which the first signs. A cookie over a text is refused
 * here. Numbers are written as JavaScript writes its doubles: digits beyond the seventeenth are lost.
 *
 * <p>Source: cookie-parser 1.4.7, {@code index.js}, {@code JSONCookie}; express 4 and 5, {@code lib/response.js}. Immutable
 * and safe for many threads.
 */
public final class ExpressJsonCookie {

    private final ExpressCookieFormat format;
    private final Limits limits;
    private final Tokens<JsonNode> tokens;

    private ExpressJsonCookie(ExpressCookieFormat format, Limits limits) {
        this.format = format;
        this.limits = limits;
        this.tokens = Tokens.of(format, Prefixed.JSON).limits(limits);
    }

    /** Cookies signed with the primary key. */
    public static ExpressJsonCookie of(Keyring keys) {
        return new ExpressJsonCookie(ExpressCookieFormat.of(keys), Limits.DEFAULT);
    }

    /** The same for values that are percent-decoded when they come, and encoded after they go: {@code s:j:{"id":7}.Di12…}. */
    public ExpressJsonCookie decoded() {
        return new ExpressJsonCookie(format.decoded(), limits);
    }

    /** The same under other limits of size. */
    public ExpressJsonCookie limits(Limits limits) {
        return new ExpressJsonCookie(format, limits);
    }

    /** Valid or rejected. */
    public Verdict<JsonNode> check(String cookie) {
        return tokens.check(cookie);
    }

    /**
     * The cookie's value.
     *
     * @throws BadTokenException if it is not a signed cookie over JSON, or no key made the signature
     */
    public JsonNode read(String cookie) {
        return tokens.verify(cookie);
    }

    /**
     * The cookie's value for an object, an array or null.
     *
     * @throws IllegalArgumentException if it is another value, which Express writes without the mark of JSON, or has no
     *     JSON, or is too long for {@link #limits}
     */
    public String write(JsonNode value) {
        return tokens.sign(value);
    }

    @Override
    public String toString() {
        return "ExpressJsonCookie[" + format + "]";
    }

    private enum Prefixed implements Codec<JsonNode> {
        JSON;

        private static final String MARK = "j:";

        @Override
        public byte[] encode(JsonNode value) {
            if (!value.isContainer() && !value.isNull()) {
                throw new IllegalArgumentException(
                        "Express writes an object, an array or null as JSON; sign it as a text");
            }
            var json = new String(ForeignJson.JAVASCRIPT.encode(value), StandardCharsets.UTF_8);
            return (MARK + json).getBytes(StandardCharsets.UTF_8);
        }

        @Override
        public JsonNode decode(byte[] bytes) {
            var text = Codec.text().decode(bytes);
            if (!text.startsWith(MARK)) {
                throw new IllegalArgumentException("not JSON but a text");
            }
            return ForeignJson.JAVASCRIPT.decode(text.substring(MARK.length()).getBytes(StandardCharsets.UTF_8));
        }
    }
}
