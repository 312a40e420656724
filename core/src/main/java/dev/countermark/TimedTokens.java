package dev.countermark;

import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Signs values that expire, and gets them back safe and in time.
 *
 * <pre>{@code
 * TimedTokens<Login> logins = Tokens.of(keys, "login", Json.of(Login.class)).expiringAfter(Duration.ofHours(1));
 * String token = logins.sign(new Login("foobar"));
 * Login login = logins.verify(token);
 * }</pre>
 *
 * <p>Immutable and safe for many threads.
 *
 * @param <T> type of the value
 */
public final class TimedTokens<T> {

    private final Front<T> front;
    private final Duration lifetime;
    private final boolean writing;

    TimedTokens(Front<T> front, Duration lifetime, boolean writing) {
        if (lifetime.isNegative()) {
            throw new IllegalArgumentException("a lifetime is not negative");
        }
        this.front = front;
        this.lifetime = lifetime;
        this.writing = writing;
    }

    /**
     * Tokens of a wire format that writes the expiry into each of them.
     *
     * @param lifetime from signing to the written expiry; reading goes by what is written. Signing is refused where that would
     *     lie after the year 9999
     * @throws IllegalArgumentException if it is negative
     */
    public static <T> TimedTokens<T> of(WireFormat format, Codec<T> codec, Duration lifetime) {
        return new TimedTokens<>(Front.of(format, codec), lifetime, true);
    }

    /** How long a token is valid. */
    public Duration lifetime() {
        return lifetime;
    }

    /**
     * The same tokens with their expiry also written into each, so that any reader knows it.
     *
     * <p>A token keeps the expiry it was given when the lifetime here changes; both must hold.
     */
    public TimedTokens<T> writingExpiry() {
        return new TimedTokens<>(front, lifetime, true);
    }

    /**
     * Signs a value, dated now.
     *
     * @throws IllegalArgumentException if the codec cannot write it, readers would refuse its size, or a written expiry would
     *     lie after the year 9999
     */
    public String sign(T value) {
        return front.sign(value, writing ? lifetime : null);
    }

    /**
     * Signs a value with a lifetime of its own, written into the token.
     *
     * @param lifetime at least a second; where it is longer than {@link #lifetime}, that still holds
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
        return front.signToBytes(value, writing ? lifetime : null);
    }

    /** Valid, expired or rejected. Throws nothing but {@code NullPointerException} for null. */
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
    public <U> TimedTokens<U> as(Codec<U> codec) {
        return new TimedTokens<>(front.codec(codec), lifetime, writing);
    }

    /** The same tokens by another clock; the default is the system's. Older formats go by the same clock. */
    public TimedTokens<T> clock(Clock clock) {
        return new TimedTokens<>(front.clock(clock), lifetime, writing);
    }

    /** The same tokens under other limits of size, for signing and for reading. */
    public TimedTokens<T> limits(Limits limits) {
        return new TimedTokens<>(front.terms(front.terms().limits(limits)), lifetime, writing);
    }

    /**
     * The same tokens, accepted {@code leeway} longer than their expiry.
     *
     * @param leeway in whole seconds; zero is the default
     * @throws IllegalArgumentException if it is negative
     */
    public TimedTokens<T> leeway(Duration leeway) {
        return new TimedTokens<>(front.terms(front.terms().leeway(leeway)), lifetime, writing);
    }

    /**
     * The same tokens, accepted when signed up to {@code skew} from now.
     *
     * @param skew in whole seconds; 30 s is the default of our own format, and compatible formats have their own
     * @throws IllegalArgumentException if it is negative
     */
    public TimedTokens<T> clockSkew(Duration skew) {
        return new TimedTokens<>(front.terms(front.terms().skew(skew)), lifetime, writing);
    }

    /**
     * The same tokens with another signature scheme, part of the wire format.
     *
     * @throws IllegalStateException if these are tokens of a compatible format
     */
    public TimedTokens<T> scheme(Scheme scheme) {
        return new TimedTokens<>(front.format(front.ownFormat().scheme(scheme)), lifetime, writing);
    }

    /**
     * The same tokens with another separator in place of the dot.
     *
     * @throws IllegalArgumentException if it can appear in a signature or does not print
     * @throws IllegalStateException if these are tokens of a compatible format
     */
    public TimedTokens<T> separator(char separator) {
        return new TimedTokens<>(front.format(front.ownFormat().separator(separator)), lifetime, writing);
    }

    /**
     * The same tokens with another form of the body.
     *
     * @throws IllegalStateException if the format fixes it
     */
    public TimedTokens<T> body(Body body) {
        return new TimedTokens<>(front.format(front.format().body(body)), lifetime, writing);
    }

    /**
     * The same tokens, each bound to a state that its value names: a token counts only while {@code state} says of the
     * value what it said at signing. A password reset bound to the password's hash dies when the password changes.
     *
     * <pre>{@code
     * TimedTokens<String> resets = Tokens.of(keys, "password-reset", Codec.text())
     *         .expiringAfter(Duration.ofHours(1))
     *         .boundTo(user -> users.passwordHash(user));
     * }</pre>
     *
     * <p>The token shows nothing of the state. At verification the state is asked for last, of a token that is ours and in
     * time; one that changed is {@link Reason#STATE_CHANGED}. Bound and unbound tokens of a purpose are refused as one
     * another.
     *
     * @param state what the token depends on, or null where there is nothing any more. It may read a database: what it
     *     throws comes out of {@code sign}, {@code check} and {@code verify} as it is. {@code sign} refuses null, and
     *     a lone surrogate, with an {@code IllegalArgumentException}.
     * @throws IllegalStateException if these are tokens of a compatible format
     */
    public TimedTokens<T> boundTo(Function<? super T, ? extends @Nullable String> state) {
        return new TimedTokens<>(front.boundTo(state), lifetime, writing);
    }

    /**
     * The same tokens, also reading those of {@code older}, which are never written; a verdict on one of them says
     * {@link Valid#reissue}. A token that all refuse has the reason of the first under whose keys its signature holds, or,
     * where it holds under none, the one that it has here.
     */
    public TimedTokens<T> alsoReading(TimedTokens<T> older) {
        return new TimedTokens<>(front.alsoReading(older.front), lifetime, writing);
    }

    @Override
    public String toString() {
        return "TimedTokens[" + front.format() + "]";
    }
}
