package dev.countermark.encoding;

/**
 * Whole seconds as they stand in a token: big-endian without leading zero bytes, in {@link Base64Url}.
 *
 * <p>Range 1 to 253402300799 (the end of the year 9999), at most five bytes, so two to seven characters. Source:
 * itsdangerous 2.2.0, {@code encoding.py}, {@code int_to_bytes}; zero, an empty text there, is refused here.
 */
public final class EpochSeconds {

    /** The last second of the year 9999, in seconds since 1970. */
    public static final long MAX = 253_402_300_799L;

    /** What {@link #decode} answers for a text that is no time. */
    public static final long INVALID = -1;

    /** Longest text, in characters. */
    public static final int LONGEST = 7;

    private EpochSeconds() {}

    /** Length of the text of {@code seconds}. */
    public static int encodedLength(long seconds) {
        return characters(byteLength(seconds));
    }

    /**
     * Writes the text of {@code seconds} into {@code target} from {@code at}.
     *
     * @param seconds 1 to {@link #MAX}
     * @return the index behind the last character written
     * @throws IllegalArgumentException if the seconds are out of range
     */
    public static int encode(long seconds, byte[] target, int at) {
        if (seconds <= 0 || seconds > MAX) {
            throw new IllegalArgumentException("a token cannot carry a time outside 1970-01-01T00:00:01Z to year 9999");
        }
        int bytes = byteLength(seconds);
        int length = characters(bytes);
        long bits = seconds << 6 * length - 8 * bytes;
        for (int i = length - 1; i >= 0; i--) {
            target[at + i] = Base64Url.character((int) bits & 63);
            bits >>>= 6;
        }
        return at + length;
    }

    /** Reads the characters {@code from} to {@code to}: 1 to {@link #MAX}, or {@link #INVALID}. */
    public static long decode(byte[] text, int from, int to) {
        int length = to - from;
        if (length < 2 || length > LONGEST) {
            return INVALID;
        }
        long bits = 0;
        int invalid = 0;
        for (int i = from; i < to; i++) {
            int sextet = Base64Url.sextet(text[i]);
            invalid |= sextet;
            bits = bits << 6 | sextet & 63;
        }
        int unused = 6 * length % 8;
        long seconds = bits >>> unused;
        // Zero has no text, so none of two characters or more is canonical for it.
        boolean canonical = invalid >= 0 && seconds << unused == bits && encodedLength(seconds) == length;
        return canonical && seconds <= MAX ? seconds : INVALID;
    }

    /** As {@link Base64Url#encodedLength}, of so few bytes that their number needs no more than an {@code int}. */
    private static int characters(int bytes) {
        return (bytes * 4 + 2) / 3;
    }

    private static int byteLength(long seconds) {
        return (64 - Long.numberOfLeadingZeros(seconds) + 7) / 8;
    }
}
