package dev.countermark;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the three front types share: a format, a codec, a state that tokens may be bound to, a clock, terms, and readers
 * of older formats.
 *
 * @param <T> type of the value
 */
record Front<T>(
        WireFormat format,
        Codec<T> codec,
        @Nullable StateBinding<T> binding,
        Clock clock,
        Terms terms,
        List<Front<T>> older) {

    Front {
        Objects.requireNonNull(format, "format");
        Objects.requireNonNull(codec, "codec");
        Objects.requireNonNull(clock, "clock");
        older = List.copyOf(older);
    }

    static <T> Front<T> of(WireFormat format, Codec<T> codec) {
        return new Front<>(format, codec, null, Clock.systemUTC(), Terms.DEFAULT, List.of());
    }

    Front<T> format(WireFormat format) {
        var followed = binding != null && format instanceof CompactFormat own ? binding.under(own) : binding;
        return new Front<>(format, codec, followed, clock, terms, older);
    }

    /** Older readers do not follow: theirs is another codec. */
    <U> Front<U> codec(Codec<U> codec) {
        if (binding != null) {
            throw new IllegalStateException("the state belongs to values of the old type; say boundTo after as");
        }
        return new Front<>(format, codec, null, clock, terms, List.of());
    }

    Front<T> boundTo(Function<? super T, ? extends @Nullable String> state) {
        var bound = ownFormat().bound();
        return new Front<>(bound, codec, StateBinding.of(state, bound), clock, terms, older);
    }

    Front<T> clock(Clock clock) {
        return new Front<>(format, codec, binding, clock, terms, older);
    }

    Front<T> terms(Terms terms) {
        return new Front<>(format, codec, binding, clock, terms, older);
    }

    Front<T> alsoReading(Front<T> other) {
        return new Front<>(
                format,
                codec,
                binding,
                clock,
                terms,
                Stream.concat(older.stream(), Stream.of(other)).toList());
    }

    /** Seconds since 1970, or 0 where nobody looks at them: the clock takes a twelfth of the time of a short JWS. */
    private long now() {
        return format.usesClock() || !older.isEmpty() ? Math.floorDiv(clock.millis(), 1000L) : 0;
    }

    String sign(T value, @Nullable Duration lifetime) {
        var large = value instanceof String text && LargeText.isLarge(text) ? largeOrNull(text, lifetime) : null;
        var token = large == null ? format.write(payload(value, lifetime), now(), lifetime) : large;
        requireShort(token.length());
        return token;
    }

    /** A token of a long text that is its own payload, or null. */
    private @Nullable String largeOrNull(String text, @Nullable Duration lifetime) {
        return codec instanceof TextCodec
                        && binding == null
                        && format instanceof CompactFormat own
                        && (lifetime == null || lifetime.toSeconds() > 0)
                ? own.writeLarge(text, now(), lifetime, terms.limits().payloadLength())
                : null;
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
        var encoded = codec.encode(value);
        var payload = binding == null ? encoded : binding.bind(value, encoded);
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
                verdict = moreTelling(verdict, second);
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
                verdict = moreTelling(verdict, second);
            }
        }
        return verdict;
    }

    /** What the reader of the token's own format says: the one under whose keys its signature holds. */
    private static <T> Verdict<T> moreTelling(Verdict<T> first, Verdict<T> second) {
        return isWellSigned(second) && !isWellSigned(first) ? second : first;
    }

    private static boolean isWellSigned(Verdict<?> verdict) {
        return verdict instanceof Rejected<?> rejected && rejected.reason().isWellSigned();
    }

    private static <T> Verdict<T> reissue(Verdict<T> verdict) {
        return verdict instanceof Valid<T> valid ? valid.asReissue() : verdict;
    }

    private Verdict<T> verdict(Reading reading) {
        var reason = reading.reason();
        if (reason != null && reason != Reason.EXPIRED) {
            return new Rejected<>(reason, reading.detail());
        }
        int length = binding == null ? reading.payloadLength() : StateBinding.valueLength(reading.payloadLength());
        if (length < 0) {
            return new Rejected<>(Reason.PAYLOAD_MALFORMED, reading.detail());
        }
        T value;
        try {
            // A codec written elsewhere may answer null, which would pass for whatever null means to the caller.
            value = Objects.requireNonNull(reading.decode(codec, length));
        } catch (RuntimeException | StackOverflowError e) {
            return new Rejected<>(Reason.PAYLOAD_MALFORMED, format.payloadRefused(reading));
        }
        if (reason != null) {
            return new Expired<>(value, reading);
        }
        // Outside the try: when the state cannot be found out, the caller hears why, and it is no verdict.
        if (binding != null && !binding.holds(value, reading.payload(), reading.key())) {
            return new Rejected<>(Reason.STATE_CHANGED, reading.detail());
        }
        return new Valid<>(value, reading, reading.oldKey());
    }

    Unverified<T> unverified(String token) {
        return unverified(format.parts(Objects.requireNonNull(token, "token"), terms.limits()));
    }

    Unverified<T> unverified(byte[] token) {
        return unverified(format.parts(Objects.requireNonNull(token, "token"), terms.limits()));
    }

    private Unverified<T> unverified(@Nullable TokenParts parts) {
        return new Unverified<>(parts == null || binding == null ? parts : StateBinding.withoutTag(parts), codec);
    }

    CompactFormat ownFormat() {
        if (format instanceof CompactFormat own) {
            return own;
        }
        throw new IllegalStateException("a compatible format fixes this; set it where the format is made");
    }
}
