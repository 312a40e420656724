package dev.countermark.frameworks;

import dev.countermark.BadTokenException;
import dev.countermark.Codec;
import dev.countermark.Keyring;
import dev.countermark.Limits;
import dev.countermark.SigningKey;
import dev.countermark.Tokens;
import dev.countermark.Verdict;
import dev.countermark.mac.Digest;
import java.nio.charset.StandardCharsets;

/**
 * The cookie {@code remember_token} of Flask-Login: a user's id with a signature behind it, {@code 42|…}.
 *
 * <p>The key is {@code SECRET_KEY}, whose text counts as Latin-1: make it with {@link #key}. There is neither salt nor
 * date: such a cookie is good until the key changes, and anything else that signs with {@code HMAC-SHA-512} under the bare
 * key can make one.
 *
 * <p>Source: Flask-Login 0.6.3, {@code utils.py}, {@code encode_cookie} and {@code decode_cookie}. Immutable and safe for
 * many threads.
 */
public final class FlaskLogin {

    private final Keyring keys;
    private final Digest digest;
    private final Tokens<String> tokens;
    private final Limits limits;

    private FlaskLogin(Keyring keys, Digest digest, Limits limits) {
        this.keys = keys;
        this.digest = digest;
        this.limits = limits;
        this.tokens =
                Tokens.of(new FlaskLoginFormat(keys, digest), Codec.text()).limits(limits);
    }

    /** Cookies of 0.3.0 and later. */
    public static FlaskLogin of(Keyring keys) {
        return new FlaskLogin(keys, Digest.SHA512, Limits.DEFAULT);
    }

    /**
     * A key from the text of {@code SECRET_KEY}, of any strength.
     *
     * @throws IllegalArgumentException if a character is not of Latin-1, which Flask-Login refuses as well
     */
    public static SigningKey key(String secret) {
        if (!secret.chars().allMatch(c -> c < 0x100)) {
            throw new IllegalArgumentException(
                    "Flask-Login takes keys of Latin-1 characters only; give bytes to SigningKey.weak instead");
        }
        return SigningKey.weak(secret.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** The same with another hash function: SHA-1 for 0.2.11 and earlier. */
    public FlaskLogin digest(Digest digest) {
        return new FlaskLogin(keys, digest, limits);
    }

    /** The same under other limits of size. */
    public FlaskLogin limits(Limits limits) {
        return new FlaskLogin(keys, digest, limits);
    }

    /** The user's id, or rejected. */
    public Verdict<String> check(String cookie) {
        return tokens.check(cookie);
    }

    /**
     * The user's id.
     *
     * @throws BadTokenException if no key made the signature
     */
    public String read(String cookie) {
        return tokens.verify(cookie);
    }

    /**
     * The cookie's value.
     *
     * @throws IllegalArgumentException if the id holds a lone surrogate or is too long for {@link #limits}
     */
    public String write(String userId) {
        return tokens.sign(userId);
    }

    @Override
    public String toString() {
        return "FlaskLogin[" + digest + ", keys=" + keys + "]";
    }
}
