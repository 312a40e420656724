package dev.countermark;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How a value's bytes, its dates and its signature become one text, and back. For those who add a format; everybody
 * else meets {@link Tokens}, {@link DatedTokens} and {@link TimedTokens}, which are fronts of it.
 *
 * <p>Implementations are immutable, safe for many threads, and hold their keys. Reading goes in wire order: size,
 * split, signature, dates, payload; nothing is parsed or inflated before the signature holds.
 */
public interface WireFormat {

    /**
     * Writes a token.
     *
     * @param payload bytes of the value
     * @param now time of signing, in seconds since 1970
     * @param lifetime until when to write an expiry into the token; null to write none
     * @throws IllegalArgumentException if the format cannot carry this payload, time or lifetime
     */
    String write(byte[] payload, long now, @Nullable Duration lifetime);

    /**
     * Reads a token. Never throws.
     *
     * @param now seconds since 1970
     */
    Reading read(String token, long now, Terms terms);

    /** Whether writing and reading look at the time. Where they do not, the clock is not asked, and they are given 0. */
    default boolean usesClock() {
        return true;
    }

    /**
     * Writes a token as bytes; other bytes than the UTF-8 of {@link #write} only where that has no text to give.
     *
     * @throws IllegalArgumentException as {@link #write}
     */
    default byte[] writeBytes(byte[] payload, long now, @Nullable Duration lifetime) {
        return write(payload, now, lifetime).getBytes(StandardCharsets.UTF_8);
    }

    /** Reads a token given as bytes, by default the UTF-8 of its text and nothing else. Never throws. */
    default Reading read(byte[] token, long now, Terms terms) {
        if (token.length > terms.limits().tokenLength()) {
            return Reading.refused(Reason.TOO_LONG);
        }
        var text = StrictUtf8.textOrNull(token, token.length);
        return text == null ? Reading.refused(Reason.MALFORMED) : read(text, now, terms);
    }

    /** As {@link #parts(String, Limits)}, of a token given as bytes. */
    default @Nullable TokenParts parts(byte[] token, Limits limits) {
        var text = token.length > limits.tokenLength() ? null : StrictUtf8.textOrNull(token, token.length);
        return text == null ? null : parts(text, limits);
    }

    /**
     * Takes a token apart without looking at its signature: lazy and bounded. By default nothing is shown that is not verified.
     *
     * @return the parts, or null where the text has not the form of such a token
     */
    default @Nullable TokenParts parts(String token, Limits limits) {
        return null;
    }

    /**
     * The same format with a date in the token.
     *
     * @throws IllegalStateException if there is none
     */
    default WireFormat dated() {
        throw new IllegalStateException("this format has no form with a date; choose one that has");
    }

    /**
     * The same format with another form of the body.
     *
     * @throws IllegalStateException if its body is fixed
     */
    default WireFormat body(Body body) {
        throw new IllegalStateException("this format fixes the form of its body");
    }

    /** What to say of an accepted or expired token whose payload the codec refuses; null for nothing. */
    default @Nullable Detail payloadRefused(Reading reading) {
        return reading.detail();
    }
}
