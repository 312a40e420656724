package dev.countermark;

import java.time.Instant;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a {@link WireFormat} found in a token: accepted, expired or refused. For those who write a wire format.
 *
 * <p>The payload is still bytes; whoever asked decodes it.
 */
public sealed class Reading permits LargeReading {

    /** Stands for a date that the token does not carry. */
    public static final long NO_TIME = Long.MIN_VALUE;

    private static final byte[] NOTHING = {};
    private static final SigningKey NO_KEY = SigningKey.weak(NOTHING).named("none");
    private static final Map<Reason, Reading> REFUSED = Arrays.stream(Reason.values())
            .collect(Collectors.toMap(
                    reason -> reason,
                    reason -> refused(reason, null),
                    (one, other) -> one,
                    () -> new EnumMap<>(Reason.class)));

    private final @Nullable Reason reason;
    private final byte[] payload;
    private final int payloadLength;
    private final long issuedAt;
    private final long expiresAt;
    private final SigningKey key;
    private final boolean oldKey;
    private final byte[] text;
    private final int signedLength;
    private final @Nullable Detail detail;

    private Reading(
            @Nullable Reason reason,
            byte[] payload,
            int payloadLength,
            long issuedAt,
            long expiresAt,
            SigningKey key,
            boolean oldKey,
            byte[] text,
            int signedLength,
            @Nullable Detail detail) {
        this.reason = reason;
        this.payload = payload;
        this.payloadLength = payloadLength;
        this.issuedAt = issuedAt;
        this.expiresAt = expiresAt;
        this.key = key;
        this.oldKey = oldKey;
        this.text = text;
        this.signedLength = signedLength;
        this.detail = detail;
    }

    /** Of the same facts. */
    Reading(Reading other) {
        this(
                other.reason,
                other.payload,
                other.payloadLength,
                other.issuedAt,
                other.expiresAt,
                other.key,
                other.oldKey,
                other.text,
                other.signedLength,
                other.detail);
    }

    /**
     * A token whose signature and dates hold.
     *
     * @param payload bytes of the value, decoded and inflated
     * @param issuedAt seconds since 1970, or {@link #NO_TIME}
     * @param expiresAt last valid second since 1970 that is written in the token, or {@link #NO_TIME}
     * @param key the key that made the signature
     * @param oldKey whether that key verifies only
     * @param text an array that begins with the signed bytes; kept, not copied
     * @param signedLength number of the signed bytes
     */
    public static Reading accepted(
            byte[] payload,
            long issuedAt,
            long expiresAt,
            SigningKey key,
            boolean oldKey,
            byte[] text,
            int signedLength) {
        return new Reading(null, payload, payload.length, issuedAt, expiresAt, key, oldKey, text, signedLength, null);
    }

    /** As {@link #accepted}, for a payload that stands in the first bytes of the token. */
    static Reading acceptedInPlace(
            int payloadLength,
            long issuedAt,
            long expiresAt,
            SigningKey key,
            boolean oldKey,
            byte[] text,
            int signedLength) {
        return new Reading(null, text, payloadLength, issuedAt, expiresAt, key, oldKey, text, signedLength, null);
    }

    /** A text that is not a token of this format and these keys. Allocates nothing. */
    public static Reading refused(Reason reason) {
        return Objects.requireNonNull(REFUSED.get(reason));
    }

    /** As {@link #refused(Reason)}, with more to say. */
    public static Reading refused(Reason reason, @Nullable Detail detail) {
        Objects.requireNonNull(reason);
        return new Reading(reason, NOTHING, 0, NO_TIME, NO_TIME, NO_KEY, false, NOTHING, 0, detail);
    }

    /** The same token, accepted but for its age. */
    public Reading expired() {
        return new Reading(
                Reason.EXPIRED, payload, payloadLength, issuedAt, expiresAt, key, oldKey, text, signedLength, detail);
    }

    /** The same reading with something to add. */
    public Reading detail(@Nullable Detail detail) {
        return new Reading(
                reason, payload, payloadLength, issuedAt, expiresAt, key, oldKey, text, signedLength, detail);
    }

    /** Null for an accepted token, {@link Reason#EXPIRED} for one that is only too old, else why it is refused. */
    public @Nullable Reason reason() {
        return reason;
    }

    /** Bytes of the value of an accepted or expired token. */
    public byte[] payload() {
        return payloadLength == payload.length ? payload : Arrays.copyOf(payload, payloadLength);
    }

    int payloadLength() {
        return payloadLength;
    }

    /** The value of the first {@code length} bytes of the payload. */
    <T> T decode(Codec<T> codec, int length) {
        return codec.decode(payload, length);
    }

    /** Seconds since 1970, or {@link #NO_TIME}. */
    public long issuedAt() {
        return issuedAt;
    }

    /** Last valid second since 1970, or {@link #NO_TIME}. */
    public long expiresAt() {
        return expiresAt;
    }

    /** What the format adds, or null. */
    public @Nullable Detail detail() {
        return detail;
    }

    SigningKey key() {
        return key;
    }

    boolean oldKey() {
        return oldKey;
    }

    byte[] text() {
        return text;
    }

    int signedLength() {
        return signedLength;
    }

    static Optional<Instant> instant(long seconds) {
        return seconds == NO_TIME ? Optional.empty() : Optional.of(Instant.ofEpochSecond(seconds));
    }

    @Override
    public String toString() {
        return "Reading[" + (reason == null ? "accepted" : reason) + "]";
    }
}
