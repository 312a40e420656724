package dev.countermark.itsdangerous;

import dev.countermark.encoding.EpochSeconds;
import dev.countermark.python.LenientBase64;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/**
 * The date in a token: seconds, big-endian without leading zeros, in base64.
 *
 * <p>Source: itsdangerous 2.2.0, {@code encoding.py}, {@code int_to_bytes}; 0.24, {@code itsdangerous.py}.
 */
final class Timestamp {

    private static final BigInteger LATEST = BigInteger.valueOf(EpochSeconds.MAX);

    private Timestamp() {}

    /**
     * The text of a time, as the release writes it: empty for the start of its epoch.
     *
     * @throws IllegalArgumentException if it is before that, or after the year 9999
     */
    static byte[] write(ItsDangerous release, long now) {
        long number = release.epoch() == Epoch.YEAR_2011 ? now - Epoch.START_OF_2011 : now;
        if (number < 0 || now > EpochSeconds.MAX) {
            throw new IllegalArgumentException("this release dates tokens from "
                    + (release.epoch() == Epoch.YEAR_2011 ? 2011 : 1970) + " to the year 9999");
        }
        if (number == 0) {
            return new byte[0];
        }
        var text = new byte[EpochSeconds.encodedLength(number)];
        EpochSeconds.encode(number, text, 0);
        return text;
    }

    /** Seconds since 1970 of a text that a release writes, or {@link EpochSeconds#INVALID}. */
    static long read(Epoch epoch, byte[] text, int from, int to) {
        long number = EpochSeconds.decode(text, from, to);
        long seconds = number == EpochSeconds.INVALID ? number : epoch.toUnix(number);
        return seconds <= EpochSeconds.MAX ? seconds : EpochSeconds.INVALID;
    }

    /** The number that the release finds in any text, or null where it finds none. */
    static @Nullable BigInteger readLeniently(ItsDangerous release, byte[] text, int from, int to) {
        var bytes = LenientBase64.urlSafeOrNull(text, from, to);
        return bytes == null || release.boundsTimestamp() && bytes.length > Long.BYTES
                ? null
                : new BigInteger(1, bytes);
    }

    /** Seconds since 1970 of a number, or {@link EpochSeconds#INVALID} after the year 9999. */
    static long seconds(Epoch epoch, BigInteger number) {
        long seconds = number.compareTo(LATEST) > 0 ? EpochSeconds.INVALID : epoch.toUnix(number.longValueExact());
        return seconds <= EpochSeconds.MAX ? seconds : EpochSeconds.INVALID;
    }
}
