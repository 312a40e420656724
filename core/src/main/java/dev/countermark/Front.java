package dev.countermark;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the three front types share: a format, a codec, a clock, terms, and readers of older formats.
 *
 * @param <T> type of the value
 */
record Front<T>(WireFormat format, Codec<T> codec, Clock clock, Terms terms, List<Front<T>> older) {

    Front {
        Objects.requireNonNull(format);
        Objects.requireNonNull(codec);
        Objects.requireNonNull(clock);
        older = List.copyOf(older);
    }

    static <T> Front<T> of(WireFormat format, Codec<T> codec) {
        return new Front<>(format, codec, Clock.systemUTC(), Terms.DEFAULT, List.of());
    }

    Front<T> format(WireFormat format) {
        return new Front<>(format, codec, clock, terms, older);
    }

    /** Older readers do not follow: theirs is another codec. */
    <U> Front<U> codec(Codec<U> codec) {
        return new Front<>(format, codec, clock, terms, List.of());
    }

    Front<T> clock(Clock clock) {
        return new Front<>(format, codec, clock, terms, older);
    }

    Front<T> terms(Terms terms) {
        return new Front<>(format, codec, clock, terms, older);
    }

    Front<T> alsoReading(Front<T> other) {
        return new Front<>(
                format,
                codec,
                clock,
                terms,
                Stream.concat(older.stream(), Stream.of(other)).toList());
    }

    private long now() {
        return Math.floorDiv(clock.millis(), 1000L);
    }

    String sign(T value, @Nullable Duration lifetime) {
        var token = format.write(payload(value, lifetime), now(), lifetime);
        requireShort(token.length());
        return token;
    }

    byte[] signToBytes(T value, @Nullable Duration lifetime) {
        var token = format.writeBytes(payload(value, lifetime), now(), lifetime);
        requireShort(token.length);
        return token;
    }

    private byte[] payload(T value, @Nullable Duration lifetime) {
        Objects.requireNonNull(value, "value");
        if (lifetime != null && lifetime.toSeconds() <= 0) {
            throw new IllegalArgumentException("a written lifetime is at least one second");
        }
        var payload = codec.encode(value);
        if (payload.length > terms.limits().payloadLength()) {
            throw tooLarge("payload", payload.length, terms.limits().payloadLength());
        }
        return payload;
    }

    private void requireShort(int tokenLength) {
        if (tokenLength > terms.limits().tokenLength()) {
            throw tooLarge("token", tokenLength, terms.limits().tokenLength());
        }
    }

    private static IllegalArgumentException tooLarge(String what, int length, int limit) {
        return new IllegalArgumentException(
                "the " + what + " would have " + length + " bytes and readers accept " + limit + "; see limits(…)");
    }

    /** @param lifetime one more bound on the age, or null */
    Verdict<T> check(String token, @Nullable Duration lifetime) {
        Objects.requireNonNull(token, "token");
        return check(token, now(), lifetime);
    }

    private Verdict<T> check(String token, long now, @Nullable Duration lifetime) {
        var verdict = verdict(format.read(token, now, terms.within(lifetime)));
        if (verdict instanceof Rejected) {
            for (var reader : older) {
                var second = reader.check(token, now, lifetime);
                if (!(second instanceof Rejected)) {
                    return reissue(second);
                }
            }
        }
        return verdict;
    }

    /** As {@link #check(String, Duration)}, of a token given as bytes. */
    Verdict<T> check(byte[] token, @Nullable Duration lifetime) {
        Objects.requireNonNull(token, "token");
        return check(token, now(), lifetime);
    }

    private Verdict<T> check(byte[] token, long now, @Nullable Duration lifetime) {
        var verdict = verdict(format.read(token, now, terms.within(lifetime)));
        if (verdict instanceof Rejected) {
            for (var reader : older) {
                var second = reader.check(token, now, lifetime);
                if (!(second instanceof Rejected)) {
                    return reissue(second);
                }
            }
        }
        return verdict;
    }

    private static <T> Verdict<T> reissue(Verdict<T> verdict) {
        return verdict instanceof Valid<T> valid ? valid.asReissue() : verdict;
    }

    private Verdict<T> verdict(Reading reading) {
        var reason = reading.reason();
        if (reason != null && reason != Reason.EXPIRED) {
            return new Rejected<>(reason, reading.detail());
        }
        T value;
        try {
            value = reading.decode(codec);
        } catch (RuntimeException | StackOverflowError e) {
            return new Rejected<>(Reason.PAYLOAD_MALFORMED, format.payloadRefused(reading));
        }
        return reason == null ? new Valid<>(value, reading, reading.oldKey()) : new Expired<>(value, reading);
    }

    Unverified<T> unverified(String token) {
        return new Unverified<>(format.parts(Objects.requireNonNull(token, "token"), terms.limits()), codec);
    }

    Unverified<T> unverified(byte[] token) {
        return new Unverified<>(format.parts(Objects.requireNonNull(token, "token"), terms.limits()), codec);
    }

    CompactFormat ownFormat() {
        if (format instanceof CompactFormat own) {
            return own;
        }
        throw new IllegalStateException("a compatible format fixes this; set it where the format is made");
    }
}
