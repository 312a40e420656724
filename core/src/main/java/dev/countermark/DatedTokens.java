package dev.countermark;

import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Signs values together with the time, and gets both back safe.
 *
 * <p>A dated token does not expire by itself: say {@link #expiringAfter}, or give a lifetime to {@link #verify(String,
 * Duration)}. Immutable and safe for many threads.
 *
 * @param <T> type of the value
 */
public final class DatedTokens<T> {

    private final Front<T> front;

    DatedTokens(Front<T> front) {
        this.front = front;
    }

    /** Dated tokens of a wire format. */
    public static <T> DatedTokens<T> of(WireFormat format, Codec<T> codec) {
        return new DatedTokens<>(Front.of(format, codec));
    }

    /**
     * The same tokens, valid until they are older than {@code lifetime}.
     *
     * @param lifetime compared in whole seconds; zero is what Python's {@code max_age=0} is: good within its second
     * @throws IllegalArgumentException if it is negative
     */
    public TimedTokens<T> expiringAfter(Duration lifetime) {
        return new TimedTokens<>(front.terms(front.terms().lifetime(lifetime)), lifetime, false);
    }

    /**
     * Signs a value, dated now.
     *
     * @throws IllegalArgumentException if the codec cannot write it, or readers would refuse its size
     */
    public String sign(T value) {
        return front.sign(value, null);
    }

    /**
     * Signs a value with a lifetime written into the token.
     *
     * @param lifetime at least a second; what is beyond whole seconds is left out
     * @throws IllegalArgumentException as {@link #sign(Object)}, or if the lifetime is shorter than a second or ends after the
     *     year 9999, or the format writes no expiry
     */
    public String sign(T value, Duration lifetime) {
        return front.sign(value, Objects.requireNonNull(lifetime, "lifetime"));
    }

    /**
     * Signs a value into bytes: the UTF-8 of what {@link #sign(Object)} writes, or a token that has no text.
     *
     * @throws IllegalArgumentException as {@link #sign(Object)}
     */
    public byte[] signToBytes(T value) {
        return front.signToBytes(value, null);
    }

    /**
     * Valid, expired (where an expiry is written in the token) or rejected, with the date. Throws nothing but
     * {@code NullPointerException} for null.
     */
    public Verdict<T> check(String token) {
        return front.check(token, null);
    }

    /**
     * As {@link #check(String)}, and expired when older than {@code lifetime}.
     *
     * @param lifetime for this token alone, in whole seconds; zero accepts what was signed within this second
     */
    public Verdict<T> check(String token, Duration lifetime) {
        return front.check(token, lifetime);
    }

    /**
     * The value of a valid token.
     *
     * @throws BadTokenException if it is not ours, or damaged
     * @throws ExpiredTokenException if it is ours, and too old
     */
    public T verify(String token) {
        return front.check(token, null).orThrow();
    }

    /** As {@link #verify(String)}, and too old when older than {@code lifetime}. */
    public T verify(String token, Duration lifetime) {
        return front.check(token, lifetime).orThrow();
    }

    /** What a token says, whoever wrote it. Never trust it. */
    public Unverified<T> unverified(String token) {
        return front.unverified(token);
    }

    /** As {@link #check(String)}, of a token as it came from the wire: the UTF-8 bytes of its text. */
    public Verdict<T> checkBytes(byte[] token) {
        return front.check(token, null);
    }

    /** As {@link #check(String, Duration)}, of a token as it came from the wire. */
    public Verdict<T> checkBytes(byte[] token, Duration lifetime) {
        return front.check(token, lifetime);
    }

    /** As {@link #unverified(String)}, of a token as it came from the wire. */
    public Unverified<T> unverifiedBytes(byte[] token) {
        return front.unverified(token);
    }

    /**
     * The same tokens over values of another type. Older formats added by {@link #alsoReading} do not follow.
     *
     * @throws IllegalStateException if they are bound to a state, which belongs to values of the old type
     */
    public <U> DatedTokens<U> as(Codec<U> codec) {
        return new DatedTokens<>(front.codec(codec));
    }

    /** The same tokens by another clock; the default is the system's. Older formats go by the same clock. */
    public DatedTokens<T> clock(Clock clock) {
        return new DatedTokens<>(front.clock(clock));
    }

    /** The same tokens under other limits of size, for signing and for reading. */
    public DatedTokens<T> limits(Limits limits) {
        return new DatedTokens<>(front.terms(front.terms().limits(limits)));
    }

    /**
     * The same tokens, accepted {@code leeway} longer than their expiry.
     *
     * @param leeway in whole seconds; zero is the default
     * @throws IllegalArgumentException if it is negative
     */
    public DatedTokens<T> leeway(Duration leeway) {
        return new DatedTokens<>(front.terms(front.terms().leeway(leeway)));
    }

    /**
     * The same tokens, accepted when signed up to {@code skew} from now.
     *
     * @param skew in whole seconds; 30 s is the default of our own format, and compatible formats have their own
     * @throws IllegalArgumentException if it is negative
     */
    public DatedTokens<T> clockSkew(Duration skew) {
        return new DatedTokens<>(front.terms(front.terms().skew(skew)));
    }

    /**
     * The same tokens with another signature scheme, part of the wire format.
     *
     * @throws IllegalStateException if these are tokens of a compatible format
     */
    public DatedTokens<T> scheme(Scheme scheme) {
        return new DatedTokens<>(front.format(front.ownFormat().scheme(scheme)));
    }

    /**
     * The same tokens with another separator in place of the dot.
     *
     * @throws IllegalArgumentException if it can appear in a signature or does not print
     * @throws IllegalStateException if these are tokens of a compatible format
     */
    public DatedTokens<T> separator(char separator) {
        return new DatedTokens<>(front.format(front.ownFormat().separator(separator)));
    }

    /**
     * The same tokens with another form of the body.
     *
     * @throws IllegalStateException if the format fixes it
     */
    public DatedTokens<T> body(Body body) {
        return new DatedTokens<>(front.format(front.format().body(body)));
    }

    /**
     * The same tokens, each bound to a state that its value names; see {@link TimedTokens#boundTo}.
     *
     * @throws IllegalStateException if these are tokens of a compatible format
     */
    public DatedTokens<T> boundTo(Function<? super T, ? extends @Nullable String> state) {
        return new DatedTokens<>(front.boundTo(state));
    }

    /**
     * The same tokens, also reading those of {@code older}, which are never written; a verdict on one of them says
     * {@link Valid#reissue}. A token that all refuse has the reason of the first under whose keys its signature holds, or,
     * where it holds under none, the one that it has here.
     */
    public DatedTokens<T> alsoReading(DatedTokens<T> older) {
        return new DatedTokens<>(front.alsoReading(older.front));
    }

    @Override
    public String toString() {
        return "DatedTokens[" + front.format() + "]";
    }
}
