package dev.countermark.frameworks;

import dev.countermark.BadTokenException;
import dev.countermark.Codec;
import dev.countermark.ExpiredTokenException;
import dev.countermark.Keyring;
import dev.countermark.Limits;
import dev.countermark.Tokens;
import dev.countermark.Verdict;
import dev.countermark.mac.Hmac;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * What {@code ActiveSupport::MessageVerifier} of Rails signs: {@code eyJpZCI6N30=--c313103d01551179…}.
 *
 * <pre>{@code
 * var verifier = RailsMessageVerifier.of(keys).digest(Hmac.SHA256).purpose("login");
 * JsonNode value = verifier.read(message);      // verifier.verify(message, purpose: "login")
 * }</pre>
 *
 * <p>Keys: the secret given to {@code MessageVerifier.new}, or what {@link RailsKeyGenerator} derives for
 * {@code Rails.application.message_verifier(name)}, whose name is the salt. The algorithm is HMAC-SHA-1 unless told
 * otherwise, as in Rails. Both envelopes are read; the old one, which every release reads, is written around a purpose or
 * an expiry unless {@link #newEnvelope} says otherwise. A purpose and its absence must match.
 *
 * <p>Marshal is opaque: its bytes come out as they are, and no Ruby object is made of them. {@code :message_pack} is not
 * supported. Source: activesupport 6.0.3.7 to 8.1.3.1, {@code message_verifier.rb} and {@code messages/}. Immutable and safe
 * for many threads.
 *
 * @param <T> type of the value: {@link JsonNode}, or {@code byte[]} for Marshal and texts
 */
public final class RailsMessageVerifier<T> {

    private final RailsSettings settings;
    private final Codec<T> codec;
    private final Limits limits;
    private final List<RailsMessageVerifier<T>> rotations;
    private final RailsFormat format;
    private final Tokens<T> tokens;

    RailsMessageVerifier(
            RailsSettings settings, Codec<T> codec, Limits limits, List<RailsMessageVerifier<T>> rotations) {
        this.settings = settings;
        this.codec = codec;
        this.limits = limits;
        this.rotations = rotations;
        this.format = new RailsFormat(settings);
        var tokens = Tokens.of(format, codec).limits(limits);
        // One verifier after the other, as in Rails: each has another digest or serializer, and ends elsewhere in the
        // text.
        for (var rotation : rotations) {
            var older = rotation.settings
                    .purpose(settings.purpose(), settings.symbol())
                    .clock(settings.clock());
            tokens = tokens.alsoReading(
                    Tokens.of(new RailsFormat(older), rotation.codec).limits(limits));
        }
        this.tokens = tokens;
    }

    private static <T> RailsMessageVerifier<T> of(Keyring keys, RailsSerializer serializer, Codec<T> codec) {
        return new RailsMessageVerifier<>(RailsSettings.of(keys, serializer), codec, Limits.DEFAULT, List.of());
    }

    /** JSON as {@code serializer: :json} and {@code :json_allow_marshal} write it, the default of load_defaults 7.1. */
    public static RailsMessageVerifier<JsonNode> of(Keyring keys) {
        return of(keys, RailsSerializer.ACTIVE_SUPPORT, ForeignJson.ACTIVE_SUPPORT);
    }

    /** JSON as {@code serializer: JSON} writes it, without escapes of {@code <}, {@code >} and {@code &}. */
    public static RailsMessageVerifier<JsonNode> ofPlainJson(Keyring keys) {
        return of(keys, RailsSerializer.JSON, ForeignJson.RUBY);
    }

    /** The bytes of {@code Marshal.dump(value)}, the default up to load_defaults 7.0, as they are. */
    public static RailsMessageVerifier<byte[]> ofMarshal(Keyring keys) {
        return of(keys, RailsSerializer.MARSHAL, Codec.bytes());
    }

    /** Bytes that nothing serializes: {@code serializer: ActiveSupport::MessageEncryptor::NullSerializer}. */
    public static RailsMessageVerifier<byte[]> ofBytes(Keyring keys) {
        return of(keys, RailsSerializer.NONE, Codec.bytes());
    }

    private RailsMessageVerifier<T> with(RailsSettings settings) {
        return new RailsMessageVerifier<>(settings, codec, limits, rotations);
    }

    /** The same of another release; the default is the latest here. */
    public RailsMessageVerifier<T> release(RailsRelease release) {
        return with(settings.release(release));
    }

    /** The same with another algorithm: {@code digest: "SHA256"}; SHA-1 by default. */
    public RailsMessageVerifier<T> digest(Hmac hmac) {
        return with(settings.digest(hmac));
    }

    /** The same, writing base64 for links: {@code url_safe: true}, since 7.1. */
    public RailsMessageVerifier<T> urlSafe() {
        return with(settings.asUrlSafe(true));
    }

    /**
     * The same, writing the envelope of {@code use_message_serializer_for_metadata}, which load_defaults 7.1 switches on;
     * {@link #ofBytes} always has the old one.
     */
    public RailsMessageVerifier<T> newEnvelope() {
        return with(settings.withNewEnvelope());
    }

    /**
     * The same for one purpose: {@code purpose: "login"}.
     *
     * @throws IllegalArgumentException if it holds a lone surrogate
     */
    public RailsMessageVerifier<T> purpose(String purpose) {
        return with(settings.purpose(purpose, false));
    }

    /**
     * The same for a purpose given as a symbol, {@code purpose: :login}; its bytes differ in the new envelope of Marshal.
     *
     * @throws IllegalArgumentException if it holds a lone surrogate
     */
    public RailsMessageVerifier<T> purposeSymbol(String purpose) {
        return with(settings.purpose(purpose, true));
    }

    /** The same, also reading what {@code older} reads, under the purpose of this one: {@code rotate}. */
    public RailsMessageVerifier<T> alsoReading(RailsMessageVerifier<T> older) {
        return new RailsMessageVerifier<>(
                settings,
                codec,
                limits,
                Stream.of(rotations.stream(), Stream.of(older), older.rotations.stream())
                        .flatMap(each -> each)
                        .toList());
    }

    /**
     * The same, reading all that Rails reads: in 6.x a digest with something behind it, envelopes with members that Rails
     * does not write or without a value.
     */
    public RailsMessageVerifier<T> lenient() {
        return with(settings.asLenient());
    }

    /** The same by another clock; the default is the system's. */
    public RailsMessageVerifier<T> clock(Clock clock) {
        return with(settings.clock(clock));
    }

    /** The same under other limits of size. */
    public RailsMessageVerifier<T> limits(Limits limits) {
        return new RailsMessageVerifier<>(settings, codec, limits, rotations);
    }

    /** Valid, expired or rejected. */
    public Verdict<T> check(String message) {
        return tokens.check(message);
    }

    /**
     * The value.
     *
     * @throws ExpiredTokenException if it is too old
     * @throws BadTokenException if no key made the digest, it has another purpose, or cannot be read
     */
    public T read(String message) {
        return tokens.verify(message);
    }

    /**
     * The message for a value, without an expiry.
     *
     * @throws IllegalArgumentException if it has no JSON, is not Marshal, is nested deeper than readers follow, looks like the
     *     envelope around another value, or is too long for {@link #limits}
     */
    public String write(T value) {
        return tokens.sign(value);
    }

    /**
     * As {@link #write(Object)}, good until {@code expiresAt}.
     *
     * @param expiresAt in whole milliseconds, of the years 1970 to 9999
     * @throws IllegalArgumentException as {@link #write(Object)}, or if the expiry lies outside those years
     */
    public String write(T value, Instant expiresAt) {
        return write(value, format.expiringAt(expiresAt));
    }

    /**
     * As {@link #write(Object)}, good for so long: {@code expires_in:}.
     *
     * @param lifetime in whole milliseconds; where it is not positive, the message is too old when it is written
     * @throws IllegalArgumentException as {@link #write(Object, Instant)}
     */
    public String write(T value, Duration lifetime) {
        return write(value, format.expiringAfter(lifetime));
    }

    private String write(T value, RailsFormat expiring) {
        return Tokens.of(expiring, codec).limits(limits).sign(value);
    }

    @Override
    public String toString() {
        return "RailsMessageVerifier[" + settings + "]";
    }
}
