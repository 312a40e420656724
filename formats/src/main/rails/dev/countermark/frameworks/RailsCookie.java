package dev.countermark.frameworks;

import dev.countermark.BadTokenException;
import dev.countermark.Codec;
import dev.countermark.ExpiredTokenException;
import dev.countermark.Keyring;
import dev.countermark.Limits;
import dev.countermark.Valid;
import dev.countermark.Verdict;
import dev.countermark.mac.Hmac;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * A signed cookie of Rails, {@code cookies.signed[:user_id]}, as it stands in the header.
 *
 * <pre>{@code
 * var cookie = RailsCookie.of(Keyring.of(SigningKey.weakText(secretKeyBase)), "user_id").digest(Hmac.SHA256);
 * JsonNode userId = cookie.read(header);
 * }</pre>
 *
 * <p>Keys: the application's {@code secret_key_base}, as text. What must agree: {@code signed_cookie_digest}, SHA-1 unless
 * set; {@code key_generator_hash_digest_class}, which comes with {@link #release}; {@code cookies_serializer}. The cookie's
 * name is its purpose, so one cookie is not good under another name. Session cookies of Rails are encrypted, and are not
 * this format.
 *
 * <p>Source: actionpack 6.0.3.7 to 8.1.3.1, {@code middleware/cookies.rb}. Immutable and safe for many threads.
 *
 * @param <T> type of the value: {@link JsonNode}, or {@code byte[]} for Marshal
 */
public final class RailsCookie<T> {

    private static final String SALT = "signed cookie";

    private final Keyring secrets;
    private final RailsKeyGenerator generator;
    private final RailsSettings settings;
    private final boolean purposeWritten;
    private final boolean purposeRequired;
    private final boolean decoded;
    private final Codec<T> codec;
    private final Limits limits;
    private final RailsMessageVerifier<T> named;
    private final RailsMessageVerifier<T> nameless;

    private RailsCookie(
            Keyring secrets,
            RailsKeyGenerator generator,
            RailsSettings settings,
            boolean purposeWritten,
            boolean purposeRequired,
            boolean decoded,
            Codec<T> codec,
            Limits limits) {
        this.secrets = secrets;
        this.generator = generator;
        this.settings = settings;
        this.purposeWritten = purposeWritten;
        this.purposeRequired = purposeRequired;
        this.decoded = decoded;
        this.codec = codec;
        this.limits = limits;
        this.named = new RailsMessageVerifier<>(settings, codec, limits, List.of());
        this.nameless = new RailsMessageVerifier<>(settings.purpose(null, false), codec, limits, List.of());
    }

    private static <T> RailsCookie<T> of(Keyring secrets, String name, RailsSerializer serializer, Codec<T> codec) {
        var generator = RailsKeyGenerator.of(RailsRelease.LATEST);
        var settings = RailsSettings.of(generator.keys(secrets, SALT), serializer)
                .purpose("cookie." + name, false)
                .takingFalsy();
        return new RailsCookie<>(secrets, generator, settings, true, true, false, codec, Limits.DEFAULT);
    }

    /**
     * Cookies over JSON: {@code cookies_serializer = :json}, or {@code :hybrid} once every cookie is JSON.
     *
     * @param secrets texts of {@code secret_key_base}, from which the keys are derived
     * @param name of the cookie, which is its purpose
     * @throws IllegalArgumentException if the name holds a lone surrogate
     */
    public static RailsCookie<JsonNode> of(Keyring secrets, String name) {
        return of(secrets, name, RailsSerializer.ACTIVE_SUPPORT, ForeignJson.ACTIVE_SUPPORT);
    }

    /** As {@link #of}, over the bytes of {@code Marshal.dump(value)}: {@code cookies_serializer = :marshal}. */
    public static RailsCookie<byte[]> ofMarshal(Keyring secrets, String name) {
        return of(secrets, name, RailsSerializer.MARSHAL, Codec.bytes());
    }

    private RailsCookie<T> with(RailsSettings settings) {
        return new RailsCookie<>(secrets, generator, settings, purposeWritten, purposeRequired, decoded, codec, limits);
    }

    private RailsCookie<T> with(RailsKeyGenerator generator, RailsRelease release) {
        var keys = generator.keys(secrets, SALT);
        return new RailsCookie<>(
                secrets,
                generator,
                settings.keys(keys).release(release),
                purposeWritten,
                purposeRequired,
                decoded,
                codec,
                limits);
    }

    /** The same of another release, with its {@code key_generator_hash_digest_class}. */
    public RailsCookie<T> release(RailsRelease release) {
        return with(generator.digest(release.keyDigest()), release);
    }

    /** The same with another {@code key_generator_hash_digest_class} than the release's. */
    public RailsCookie<T> keyDigest(Hmac hmac) {
        return with(generator.digest(hmac), settings.release());
    }

    /** The same with another {@code signed_cookie_digest}; the default is SHA-1. */
    public RailsCookie<T> digest(Hmac hmac) {
        return with(settings.digest(hmac));
    }

    /** The same, writing no purpose: {@code use_cookies_with_metadata = false}. Such a cookie is good under every name. */
    public RailsCookie<T> writingNoPurpose() {
        return new RailsCookie<>(secrets, generator, settings, false, false, decoded, codec, limits);
    }

    /** The same, also reading cookies without a purpose, as Rails does. Such a cookie is good under every name. */
    public RailsCookie<T> acceptingNoPurpose() {
        return new RailsCookie<>(secrets, generator, settings, purposeWritten, false, decoded, codec, limits);
    }

    /** The same for values that are percent-decoded when they come, and encoded after they go. */
    public RailsCookie<T> decoded() {
        return new RailsCookie<>(secrets, generator, settings, purposeWritten, purposeRequired, true, codec, limits);
    }

    /** The same, reading all that Rails reads; see {@link RailsMessageVerifier#lenient} and {@link #acceptingNoPurpose}. */
    public RailsCookie<T> lenient() {
        return with(settings.asLenient()).acceptingNoPurpose();
    }

    /** The same by another clock; the default is the system's. */
    public RailsCookie<T> clock(Clock clock) {
        return with(settings.clock(clock));
    }

    /** The same under other limits of size. */
    public RailsCookie<T> limits(Limits limits) {
        return new RailsCookie<>(secrets, generator, settings, purposeWritten, purposeRequired, decoded, codec, limits);
    }

    /** Valid, expired or rejected. */
    public Verdict<T> check(String cookie) {
        if (cookie.length() > limits.tokenLength()) {
            return named.check(cookie);
        }
        var message = decoded ? cookie : PercentCoding.RACK.decode(cookie);
        var verdict = named.check(message);
        return purposeRequired || verdict instanceof Valid ? verdict : without(message, verdict);
    }

    private Verdict<T> without(String message, Verdict<T> first) {
        var second = nameless.check(message);
        return second instanceof dev.countermark.Rejected ? first : second;
    }

    /**
     * The cookie's value.
     *
     * @throws ExpiredTokenException if it is too old
     * @throws BadTokenException if no key made the digest, it is another cookie, or cannot be read
     */
    public T read(String cookie) {
        return check(cookie).orThrow();
    }

    /**
     * The cookie's value, without an expiry.
     *
     * @throws IllegalArgumentException as {@link RailsMessageVerifier#write(Object)}
     */
    public String write(T value) {
        return encoded((purposeWritten ? named : nameless).write(value));
    }

    /**
     * As {@link #write(Object)}, good until {@code expiresAt}; give the cookie the same {@code Expires} or Max-Age.
     *
     * @param expiresAt in whole milliseconds, of the years 1970 to 9999
     * @throws IllegalArgumentException as {@link #write(Object)}, or if the expiry lies outside those years
     */
    public String write(T value, Instant expiresAt) {
        return encoded((purposeWritten ? named : nameless).write(value, expiresAt));
    }

    private String encoded(String message) {
        return decoded ? message : PercentCoding.RACK.encode(message);
    }

    @Override
    public String toString() {
        return "RailsCookie[" + settings + "]";
    }
}
