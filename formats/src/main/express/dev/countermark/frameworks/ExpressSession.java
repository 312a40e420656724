package dev.countermark.frameworks;

import dev.countermark.BadTokenException;
import dev.countermark.Codec;
import dev.countermark.Keyring;
import dev.countermark.Limits;
import dev.countermark.Tokens;
import dev.countermark.Verdict;
import dev.countermark.mac.Hmac;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Objects;
import tools.jackson.databind.JsonNode;

/**
 * The session of npm's {@code cookie-session}: JSON in base64 in one cookie, its signature in a second, {@code NAME.sig}.
 *
 * <p>Keys: the option {@code keys} (or {@code secret}), of which the first signs; the name is the option {@code name}. It
 * carries no date: whoever keeps both cookies can send them again for as long as the key is accepted.
 *
 * <p>Source: cookie-session 2.1.1, {@code index.js}; cookies 0.9.2; keygrip 1.1.0. Immutable and safe for many threads.
 */
public final class ExpressSession {

    private final String name;
    private final KeygripFormat format;
    private final Limits limits;
    private final Tokens<JsonNode> tokens;

    /**
     * Both cookies of a session.
     *
     * @param value of the cookie {@code NAME}
     * @param signature of the cookie {@code NAME.sig}
     */
    public record Cookies(String value, String signature) {

        /** Without the session. */
        @Override
        public String toString() {
            return "Cookies[]";
        }
    }

    private ExpressSession(String name, KeygripFormat format, Limits limits) {
        this.name = name;
        this.format = format;
        this.limits = limits;
        this.tokens = Tokens.of(format, new NamedSession(name)).limits(limits);
    }

    /**
     * Sessions in the cookies {@code name} and {@code name.sig}.
     *
     * @param name {@code session}, unless the option {@code name} says otherwise ({@code express:sess} up to 1.x)
     * @throws IllegalArgumentException if the name holds a lone surrogate
     */
    public static ExpressSession of(Keyring keys, String name) {
        WellFormed.utf8(name);
        return new ExpressSession(name, new KeygripFormat(keys, Hmac.SHA1), Limits.DEFAULT);
    }

    /** The same with another algorithm than HMAC-SHA-1, where {@code keys} is a {@code Keygrip} of its own. */
    public ExpressSession digest(Hmac hmac) {
        return new ExpressSession(name, format.digest(hmac), limits);
    }

    /** The same under other limits of size. */
    public ExpressSession limits(Limits limits) {
        return new ExpressSession(name, format, limits);
    }

    /** Valid or rejected. */
    public Verdict<JsonNode> check(String value, String signature) {
        return tokens.check(format.join(signature, name + "=" + Objects.requireNonNull(value)));
    }

    /**
     * The session, a JSON object.
     *
     * @throws BadTokenException if no key made the signature, or the session cannot be read
     */
    public JsonNode read(String value, String signature) {
        return check(value, signature).orThrow();
    }

    /**
     * Both cookies for a session.
     *
     * @throws IllegalArgumentException if it is no object, or has no JSON, or is too long for {@link #limits}
     */
    public Cookies write(JsonNode session) {
        var data = new NamedSession(name).encode(session);
        var signed = new String(data, StandardCharsets.UTF_8);
        var signature = KeygripFormat.requireShort(tokens.sign(session), signed, limits);
        return new Cookies(signed.substring(name.length() + 1), signature);
    }

    @Override
    public String toString() {
        return "ExpressSession[" + name + ", " + format + "]";
    }

    /** A session as the text that is signed: {@code NAME=base64}. */
    private record NamedSession(String name) implements Codec<JsonNode> {

        @Override
        public byte[] encode(JsonNode session) {
            requireObject(session);
            var value = Base64.getEncoder().encodeToString(ForeignJson.JAVASCRIPT.encode(session));
            return (name + "=" + value).getBytes(StandardCharsets.UTF_8);
        }

        @Override
        public JsonNode decode(byte[] bytes) {
            int valueAt = name.getBytes(StandardCharsets.UTF_8).length + 1;
            var json = StrictBase64.decodeOrNull(bytes, valueAt, bytes.length, false, false);
            if (json == null) {
                throw new IllegalArgumentException("not base64 as cookie-session writes it");
            }
            var session = ForeignJson.JAVASCRIPT.decode(json);
            requireObject(session);
            return session;
        }

        private static void requireObject(JsonNode session) {
            if (!session.isObject()) {
                throw new IllegalArgumentException("a session is a JSON object");
            }
        }
    }
}
