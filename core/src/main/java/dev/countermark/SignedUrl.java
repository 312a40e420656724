package dev.countermark;

import dev.countermark.encoding.EpochSeconds;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Signs links, and knows them when they come back: downloads, unsubscribing, confirming an address.
 *
 * <pre>{@code
 * SignedUrl downloads = SignedUrl.of(keys, "download", Duration.ofDays(7));
 * String link = downloads.sign("https://files.example/report?id=7");   // …?id=7&expires=1700604800&signature=q8…
 * String target = downloads.verify("/report?id=7&expires=1700604800&signature=q8…");   // /report?id=7
 * }</pre>
 *
 * <p>The signature covers the path, every parameter of the query, and the expiry; the host where {@link #coveringHost}
 * says so. It covers neither scheme nor method nor body. When reading, parameters may come in any order, but equal names
 * keep theirs; escapes may be spelled in any way that RFC 3986 section 6.2.2 calls equivalent. Everything else that was
 * added, removed or changed is refused, and so are links that programs read differently: with dot segments, fragments,
 * two slashes in front of the path, raw semicolons in the query, empty parameters, more than a thousand parameters.
 *
 * <p>Give {@link #check} the request target as it came over the wire (in a servlet: {@code getRequestURI()} and
 * {@code getQueryString()}), not a decoded form of it. A link is not secret, and anybody who has it can use it until it
 * expires. Immutable and safe for many threads.
 */
public final class SignedUrl {

    private static final String KEY_SUFFIX = "\0url";

    private final PurposeKeys keys;
    private final @Nullable Duration lifetime;
    private final LinkCoverage coverage;
    private final Clock clock;
    private final Limits limits;

    private SignedUrl(
            PurposeKeys keys, @Nullable Duration lifetime, LinkCoverage coverage, Clock clock, Limits limits) {
        this.keys = keys;
        this.lifetime = lifetime;
        this.coverage = coverage;
        this.clock = Objects.requireNonNull(clock, "clock");
        this.limits = Objects.requireNonNull(limits, "limits");
    }

    /**
     * Links that expire {@code lifetime} after they were signed. A link without an expiry is refused.
     *
     * @param keys which key signs and which verify; none of them weak
     * @param purpose what the links are for; a link of one purpose is refused for every other
     * @param lifetime at least a second
     * @throws IllegalArgumentException if a key is weak, the purpose is none or holds a lone surrogate, or the lifetime is shorter
     *     than a second
     */
    public static SignedUrl of(Keyring keys, String purpose, Duration lifetime) {
        return of(keys, purpose).lifetime(requireSecond(lifetime));
    }

    /**
     * Links that never expire, as in {@link #of}; those signed with a lifetime of their own do.
     *
     * @throws IllegalArgumentException if a key is weak, or the purpose is none or holds a lone surrogate
     */
    public static SignedUrl withoutExpiry(Keyring keys, String purpose) {
        return of(keys, purpose);
    }

    private static SignedUrl of(Keyring keys, String purpose) {
        PurposeKeys.require(keys, purpose);
        var derived = PurposeKeys.derive(keys, Scheme.HMAC_SHA256, purpose + KEY_SUFFIX);
        return new SignedUrl(derived, null, LinkCoverage.DEFAULT, Clock.systemUTC(), Limits.DEFAULT);
    }

    private SignedUrl lifetime(Duration lifetime) {
        return new SignedUrl(keys, lifetime, coverage, clock, limits);
    }

    private static Duration requireSecond(Duration lifetime) {
        if (lifetime.toSeconds() <= 0 || lifetime.toSeconds() > EpochSeconds.MAX) {
            throw new IllegalArgumentException("a link's lifetime is at least one second, at most 8000 years");
        }
        return lifetime;
    }

    /** The same links, good at one host (and port) only; both ways they then start with {@code https://} or {@code http://}. */
    public SignedUrl coveringHost() {
        return new SignedUrl(keys, lifetime, coverage.withHost(), clock, limits);
    }

    /**
     * The same links, checked behind a proxy that takes {@code prefix} off their paths.
     *
     * <p>Links are signed as the world sees them, with the prefix; those that come to {@link #check} lack it.
     *
     * @param prefix for instance {@code /shop}
     * @throws IllegalArgumentException if it is not a path, or ends with a slash
     */
    public SignedUrl behind(String prefix) {
        return new SignedUrl(keys, lifetime, coverage.behind(prefix), clock, limits);
    }

    /**
     * The same links, with parameters of these names left out of the signature: others may add, change or remove them.
     *
     * @param names for instance {@code utm_source}; decoded, of A–Z a–z 0–9 . _ ~ - only
     * @throws IllegalArgumentException if a name has other characters, or is one of our own
     */
    public SignedUrl allowingUnsigned(String... names) {
        return new SignedUrl(keys, lifetime, coverage.without(names), clock, limits);
    }

    /** The same links by another clock; the default is the system's. */
    public SignedUrl clock(Clock clock) {
        return new SignedUrl(keys, lifetime, coverage, clock, limits);
    }

    /** The same links under another longest length, {@link Limits#tokenLength}. */
    public SignedUrl limits(Limits limits) {
        return new SignedUrl(keys, lifetime, coverage, clock, limits);
    }

    /**
     * Signs a link: the same text with {@code expires} (where it does) and {@code signature} added to its query.
     *
     * @param link from its path on, or with {@code http://} or {@code https://}; percent-encoded, without a fragment
     * @throws IllegalArgumentException if it is no such link, or cannot be told apart from others; the message says why
     */
    public String sign(String link) {
        return sign(link, lifetime == null ? "" : expiry(lifetime));
    }

    /**
     * As {@link #sign(String)}, with a lifetime of its own.
     *
     * @param lifetime in whole seconds, at least one
     * @throws IllegalArgumentException as {@link #sign(String)}, or if the lifetime is shorter than a second
     */
    public String sign(String link, Duration lifetime) {
        return sign(link, expiry(requireSecond(lifetime)));
    }

    private String expiry(Duration lifetime) {
        long end = Math.floorDiv(clock.millis(), 1000L) + lifetime.toSeconds();
        if (end > EpochSeconds.MAX) {
            throw new IllegalArgumentException("a link expires before the year 10000");
        }
        return Long.toString(end);
    }

    private String sign(String link, String expires) {
        return new LinkSigner(keys, coverage, limits).sign(link, expires);
    }

    /**
     * The path and query that were signed, in one spelling, without expiry, signature and unsigned parameters.
     *
     * @throws ExpiredTokenException if the link is ours, and too old
     * @throws BadTokenException if it is not ours, or changed
     */
    public String verify(String link) {
        return check(link).orThrow();
    }

    /** As {@link #verify}, without exceptions. Throws nothing but {@code NullPointerException} for null. */
    public Verdict<String> check(String link) {
        return new LinkReader(keys, coverage, lifetime != null, limits).check(link, clock);
    }

    @Override
    public String toString() {
        return "SignedUrl[" + keys.keyring() + "]";
    }
}
