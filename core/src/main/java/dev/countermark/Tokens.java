package dev.countermark;

import java.time.Clock;
import java.time.Duration;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Signs values that do not expire, and gets them back safe.
 *
 * <pre>{@code
 * Tokens<String> links = Tokens.of(keys, "download-link", Codec.text());
 * String link = links.sign("report-7.pdf");
 * String file = links.verify(link);
 * }</pre>
 *
 * <p>A token is not secret: whoever holds it can read the value. Immutable and safe for many threads.
 *
 * @param <T> type of the value
 */
public final class Tokens<T> {

    private final Front<T> front;

    Tokens(Front<T> front) {
        this.front = front;
    }

    /**
     * Tokens of our own format, signed with HMAC-SHA-256.
     *
     * @param keys which key signs and which verify; none of them weak
     * @param purpose what the token is for, for instance {@code download-link}; a token of one purpose is refused for
     *     every other. Not blank, no control characters. (itsdangerous calls it salt.)
     * @param codec how a value becomes bytes; it also chooses how they stand in the token
     * @throws IllegalArgumentException if a key is weak, or the purpose is none or holds a lone surrogate
     */
    public static <T> Tokens<T> of(Keyring keys, String purpose, Codec<T> codec) {
        return of(CompactFormat.of(keys, purpose, codec.body()), codec);
    }

    /** Tokens of another wire format, which has no date. */
    public static <T> Tokens<T> of(WireFormat format, Codec<T> codec) {
        return new Tokens<>(Front.of(format, codec));
    }

    /**
     * The same tokens with the date of signing written into them.
     *
     * @throws IllegalStateException if the wire format has no place for a date
     */
    public DatedTokens<T> dated() {
        return new DatedTokens<>(front.format(front.format().dated()));
    }

    /**
     * The same tokens with a date, valid until they are older than {@code lifetime}.
     *
     * @param lifetime compared in whole seconds; zero is what Python's {@code max_age=0} is: good within its second
     * @throws IllegalArgumentException if it is negative
     * @throws IllegalStateException if the wire format has no place for a date
     */
    public TimedTokens<T> expiringAfter(Duration lifetime) {
        return dated().expiringAfter(lifetime);
    }

    /**
     * Signs a value.
     *
     * @throws IllegalArgumentException if the codec cannot write it, or readers would refuse its size
     */
    public String sign(T value) {
        return front.sign(value, null);
    }

    /**
     * Signs a value into bytes: the UTF-8 of what {@link #sign(Object)} writes, or a token that has no text.
     *
     * @throws IllegalArgumentException as {@link #sign(Object)}
     */
    public byte[] signToBytes(T value) {
        return front.signToBytes(value, null);
    }

    /** Valid or rejected. Throws nothing but {@code NullPointerException} for null. */
    public Verdict<T> check(String token) {
        return front.check(token, null);
    }

    /**
     * The value of a valid token.
     *
     * @throws BadTokenException if it is not ours, or damaged
     */
    public T verify(String token) {
        return front.check(token, null).orThrow();
    }

    /** What a token says, whoever wrote it. Never trust it. */
    public Unverified<T> unverified(String token) {
        return front.unverified(token);
    }

    /** As {@link #check(String)}, of a token as it came from the wire: the UTF-8 bytes of its text. */
    public Verdict<T> checkBytes(byte[] token) {
        return front.check(token, null);
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
    public <U> Tokens<U> as(Codec<U> codec) {
        return new Tokens<>(front.codec(codec));
    }

    /** The same tokens by another clock; the default is the system's. Older formats go by the same clock. */
    public Tokens<T> clock(Clock clock) {
        return new Tokens<>(front.clock(clock));
    }

    /** The same tokens under other limits of size, for signing and for reading. */
    public Tokens<T> limits(Limits limits) {
        return new Tokens<>(front.terms(front.terms().limits(limits)));
    }

    /**
     * The same tokens with another signature scheme, part of the wire format.
     *
     * @throws IllegalStateException if these are tokens of a compatible format
     */
    public Tokens<T> scheme(Scheme scheme) {
        return new Tokens<>(front.format(front.ownFormat().scheme(scheme)));
    }

    /**
     * The same tokens with another separator in place of the dot.
     *
     * @throws IllegalArgumentException if it can appear in a signature or does not print
     * @throws IllegalStateException if these are tokens of a compatible format
     */
    public Tokens<T> separator(char separator) {
        return new Tokens<>(front.format(front.ownFormat().separator(separator)));
    }

    /**
     * The same tokens with another form of the body.
     *
     * @throws IllegalStateException if the format fixes it
     */
    public Tokens<T> body(Body body) {
        return new Tokens<>(front.format(front.format().body(body)));
    }

    /**
     * The same tokens, each bound to a state that its value names; see {@link TimedTokens#boundTo}.
     *
     * @throws IllegalStateException if these are tokens of a compatible format
     */
    public Tokens<T> boundTo(Function<? super T, ? extends @Nullable String> state) {
        return new Tokens<>(front.boundTo(state));
    }

    /**
     * The same tokens, also reading those of {@code older}, which are never written; a verdict on one of them says
     * {@link Valid#reissue}. A token that all refuse has the reason of the first under whose keys its signature holds, or,
     * where it holds under none, the one that it has here.
     */
    public Tokens<T> alsoReading(Tokens<T> older) {
        return new Tokens<>(front.alsoReading(older.front));
    }

    @Override
    public String toString() {
        return "Tokens[" + front.format() + "]";
    }
}
