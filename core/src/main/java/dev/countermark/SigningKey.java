package dev.countermark;

import dev.countermark.encoding.Base64Url;
import dev.countermark.mac.Hmac;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A secret that signs and verifies, with a name that may be shown.
 *
 * <p>The ordinary factories refuse what can be guessed: fewer than 32 bytes (RFC 2104 section 3 and RFC 7518 section
 * 3.2 ask for the length of the hash), repeated patterns, public keys, and texts that stand in tutorials and
 * templates. {@link #weak} and {@link #weakText} accept anything, for formats whose keys somebody else has chosen.
 *
 * <p>Immutable. Neither {@link #toString} nor any message shows the secret.
 */
public final class SigningKey {

    /** Fewest bytes of a key that is not {@linkplain #weak weak}. */
    public static final int MINIMUM_LENGTH = 32;

    private static final byte[] FINGERPRINT_MESSAGE = "countermark key fingerprint".getBytes(StandardCharsets.US_ASCII);

    private final byte[] secret;
    private final @Nullable String name;
    private final boolean weak;
    private final String fingerprint;

    private SigningKey(byte[] secret, @Nullable String name, boolean weak) {
        this.secret = secret;
        this.name = name;
        this.weak = weak;
        this.fingerprint = HexFormat.of().formatHex(Hmac.SHA256.withKey(secret).compute(FINGERPRINT_MESSAGE), 0, 8);
    }

    /** Makes a new key of 32 random bytes. */
    public static SigningKey generate() {
        var secret = new byte[MINIMUM_LENGTH];
        new SecureRandom().nextBytes(secret);
        return new SigningKey(secret, null, false);
    }

    /**
     * Reads a key from base64, in the standard or the URL-safe alphabet, with or without padding.
     *
     * @param base64 the text of at least 32 bytes, for instance from an environment variable; white space around it is
     *     ignored
     * @throws IllegalArgumentException if it is not base64 or the key is weak; the message says how to make a good one
     */
    public static SigningKey fromBase64(String base64) {
        Objects.requireNonNull(base64, "no key was given; make one with: countermark keygen");
        KeyPolicy.requireKey(base64);
        var text = base64.strip().replace('+', '-').replace('/', '_');
        byte[] secret;
        try {
            secret = Base64.getUrlDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            // The decoder's message quotes characters of the key.
            throw new IllegalArgumentException("the key is not base64; make one with: countermark keygen");
        }
        KeyPolicy.requireStrong(secret, text);
        return new SigningKey(secret, null, false);
    }

    /**
     * Makes a key of {@code secret}, which is copied.
     *
     * @param secret at least 32 bytes that nobody can guess
     * @throws IllegalArgumentException if the key is weak; the message says how to make a good one
     */
    public static SigningKey of(byte[] secret) {
        var copy = secret.clone();
        KeyPolicy.requireStrong(copy);
        return new SigningKey(copy, null, false);
    }

    /**
     * Makes a key of the UTF-8 bytes of {@code secret}.
     *
     * @param secret at least 32 bytes that nobody can guess; a text of base64 is for {@link #fromBase64}
     * @throws IllegalArgumentException if the key is weak or holds a lone surrogate
     */
    public static SigningKey ofText(String secret) {
        var bytes = utf8(secret);
        KeyPolicy.requireStrong(bytes);
        return new SigningKey(bytes, null, false);
    }

    /**
     * Makes a key of any bytes, even none, without asking whether it can be guessed.
     *
     * <p>For formats whose keys another program has chosen. Whoever guesses the key can sign anything.
     */
    public static SigningKey weak(byte[] secret) {
        return new SigningKey(secret.clone(), null, true);
    }

    /**
     * Makes a key of the UTF-8 bytes of any text, as {@link #weak} does.
     *
     * @throws IllegalArgumentException if the text holds a lone surrogate
     */
    public static SigningKey weakText(String secret) {
        return new SigningKey(utf8(secret), null, true);
    }

    private static byte[] utf8(String text) {
        // What an environment variable that is not set gives.
        Objects.requireNonNull(text, "no key was given");
        try {
            var buffer = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text));
            var bytes = new byte[buffer.remaining()];
            buffer.get(bytes);
            return bytes;
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException("the key holds a lone surrogate, which has no UTF-8 form");
        }
    }

    /**
     * The same key under a name of your choice, for instance {@code 2026-11}.
     *
     * @param name 1 to 64 characters of A–Z a–z 0–9 . _ - ; it is public
     * @throws IllegalArgumentException if it is no such name
     */
    public SigningKey named(String name) {
        if (name.isEmpty() || name.length() > 64 || !name.chars().allMatch(SigningKey::isNameCharacter)) {
            throw new IllegalArgumentException("a key's name has 1 to 64 characters of A-Z a-z 0-9 . _ -");
        }
        return new SigningKey(secret, name, weak);
    }

    private static boolean isNameCharacter(int c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '.' || c == '_' || c == '-';
    }

    /** The name, or the {@link #fingerprint} of a key without one. It is public. */
    public String id() {
        return name == null ? fingerprint() : name;
    }

    /** Whether the key has a name of its own. */
    public boolean isNamed() {
        return name != null;
    }

    /**
     * Sixteen hexadecimal digits that tell keys apart without telling the key.
     *
     * <p>A key that can be guessed can be found from its fingerprint; {@link #toString} leaves it out for a weak key.
     */
    public String fingerprint() {
        return fingerprint;
    }

    /** Whether the key was made without the check of its strength. */
    public boolean isWeak() {
        return weak;
    }

    /** Length of the secret in bytes. */
    public int length() {
        return secret.length;
    }

    /** A copy of the secret itself. Never log it or show it. */
    public byte[] revealSecret() {
        return secret.clone();
    }

    /** The secret as URL-safe base64, as {@link #fromBase64} reads it. Never log it or show it. */
    public String revealBase64() {
        return Base64Url.encode(secret);
    }

    byte[] secret() {
        return secret;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof SigningKey key
                && MessageDigest.isEqual(secret, key.secret)
                && Objects.equals(name, key.name)
                && weak == key.weak;
    }

    @Override
    public int hashCode() {
        return fingerprint.hashCode();
    }

    @Override
    public String toString() {
        return "SigningKey[" + (name != null ? name : weak ? "weak" : fingerprint) + "]";
    }
}
