package dev.countermark.frameworks;

import dev.countermark.BadTokenException;
import dev.countermark.Codec;
import dev.countermark.Keyring;
import dev.countermark.Limits;
import dev.countermark.Tokens;
import dev.countermark.Verdict;
import dev.countermark.mac.Hmac;

/**
 * A signature of npm's {@code keygrip}, which stands apart from what it signs; the {@code cookies} of Koa and Express keep
 * it in a second cookie, {@code NAME.sig}, over {@code NAME=value}.
 *
 * <p>Keys: the list given to {@code new Keygrip(keys)}, of which the first signs. HMAC-SHA-1 unless told otherwise, as
 * there.
 *
 * <p>Source: keygrip 1.1.0, {@code index.js}. Immutable and safe for many threads.
 */
public final class Keygrip {

    private final Keyring keys;
    private final KeygripFormat format;
    private final Limits limits;
    private final Tokens<String> tokens;

    private Keygrip(Keyring keys, KeygripFormat format, Limits limits) {
        this.keys = keys;
        this.format = format;
        this.limits = limits;
        this.tokens = Tokens.of(format, Codec.text()).limits(limits);
    }

    /** Signatures of HMAC-SHA-1. */
    public static Keygrip of(Keyring keys) {
        return new Keygrip(keys, new KeygripFormat(keys, Hmac.SHA1), Limits.DEFAULT);
    }

    /** The same with another algorithm: {@code new Keygrip(keys, "sha256")}. */
    public Keygrip digest(Hmac hmac) {
        return new Keygrip(keys, format.digest(hmac), limits);
    }

    /** The same under other limits of size. */
    public Keygrip limits(Limits limits) {
        return new Keygrip(keys, format, limits);
    }

    /**
     * The data if the signature is one of it, else rejected.
     *
     * @param signature 27 characters of URL-safe base64 for HMAC-SHA-1, 43 for HMAC-SHA-256, 86 for HMAC-SHA-512
     */
    public Verdict<String> check(String data, String signature) {
        return tokens.check(format.join(signature, data));
    }

    /** Place of the key that made the signature, the primary one at 0; -1 if none did. */
    public int index(String data, String signature) {
        return format.index(signature, data, limits);
    }

    /**
     * The data.
     *
     * @throws BadTokenException if no key made the signature
     */
    public String read(String data, String signature) {
        return check(data, signature).orThrow();
    }

    /**
     * The signature of a text.
     *
     * @throws IllegalArgumentException if it holds a lone surrogate, or is too long for {@link #limits}
     */
    public String write(String data) {
        return KeygripFormat.requireShort(tokens.sign(data), data, limits);
    }

    @Override
    public String toString() {
        return format.toString();
    }
}
