package dev.countermark.encoding;

import java.util.Arrays;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/**
 * Whole zlib streams (RFC 1950) in memory, with a bound on what they inflate to.
 *
 * <p>Compression is {@link Deflater}'s default, level 6 and a 32 KiB window, which is also that of Python's
 * {@code zlib.compress}; the bytes are the same wherever both use the zlib library itself.
 */
public final class Zlib {

    private static final int SMALLEST_BUFFER = 256;

    /** No stream of so few bytes is shorter by two: header and checksum take six, the shortest block of 13 takes five. */
    private static final int NEVER_SHORTER = 12;

    /** Nor of so few, where nothing repeats that deflate could point back to. */
    private static final int NEVER_SHORTER_WITHOUT_REPEATS = 24;

    /** Deflate points back to three bytes or more (RFC 1951 section 3.2.5). */
    private static final int SHORTEST_REPEAT = 3;

    /** Six bytes, three for ten bits and a repeat, and the two that are to be saved. */
    private static final int FRAME_AND_ONE_REPEAT = 11;

    private static final int HASH_BITS = 10;
    private static final int HASHES = 1 << HASH_BITS;

    /** A new one takes 268 kilobytes of memory outside the heap and more time than most values need to be compressed. */
    private static final Spares<Deflater> DEFLATERS = new Spares<>(Deflater::new);

    private static final Spares<Inflater> INFLATERS = new Spares<>(Inflater::new);

    private Zlib() {}

    /** Compresses all of {@code bytes} into a new array. */
    public static byte[] compress(byte[] bytes) {
        var deflater = DEFLATERS.take();
        try {
            deflater.setInput(bytes);
            deflater.finish();
            // deflate never grows its input by more than five bytes a block, plus header and checksum
            var buffer = new byte[bytes.length + bytes.length / 1000 + 64];
            int length = 0;
            while (!deflater.finished()) {
                if (length == buffer.length) {
                    buffer = Arrays.copyOf(buffer, length * 2);
                }
                length += deflater.deflate(buffer, length, buffer.length - length);
            }
            return Arrays.copyOf(buffer, length);
        } finally {
            deflater.reset();
            if (!DEFLATERS.put(deflater)) {
                deflater.end();
            }
        }
    }

    /**
     * Compresses {@code bytes} where that saves two bytes or more, and answers null where it does not: what itsdangerous
     * and Django call shorter, as their compressed form has a mark of one byte.
     *
     * <p>Short bytes that cannot become shorter are not tried; the answer is the same.
     */
    public static byte @Nullable [] compressIfShorter(byte[] bytes) {
        if (bytes.length <= NEVER_SHORTER
                || bytes.length <= NEVER_SHORTER_WITHOUT_REPEATS && (variesTooMuch(bytes) || !repeats(bytes))) {
            return null;
        }
        var stream = compress(bytes);
        return stream.length < bytes.length - 1 ? stream : null;
    }

    /**
     * Whether so many different values stand in so few bytes that the others cannot save enough, were they one repeat.
     *
     * <p>A value's first place costs eight bits or more, a repeat twelve, the frame of both six bytes and ten bits. (Codes of the stream's
     * own are shorter, and cost more than they save in so few bytes.) Counts the lower six bits, and so never too many.
     */
    private static boolean variesTooMuch(byte[] bytes) {
        // 13 to 24 bytes. The last eight may have been counted before, which changes nothing.
        long seen =
                lowerSixBits(EightBytes.get(bytes, 0)) | lowerSixBits(EightBytes.get(bytes, bytes.length - Long.BYTES));
        if (bytes.length > 2 * Long.BYTES) {
            seen |= lowerSixBits(EightBytes.get(bytes, Long.BYTES));
        }
        return Long.bitCount(seen) > bytes.length - FRAME_AND_ONE_REPEAT;
    }

    /** A bit for each value of the lower six bits of eight bytes: those are what a shift looks at. */
    private static long lowerSixBits(long bytes) {
        return 1L << bytes
                | 1L << (bytes >>> 8)
                | 1L << (bytes >>> 16)
                | 1L << (bytes >>> 24)
                | 1L << (bytes >>> 32)
                | 1L << (bytes >>> 40)
                | 1L << (bytes >>> 48)
                | 1L << (bytes >>> 56);
    }

    /** Whether three bytes stand in {@code bytes} twice. */
    private static boolean repeats(byte[] bytes) {
        var seen = new long[HASHES / Long.SIZE];
        int three = (bytes[0] & 0xff) << 8 | bytes[1] & 0xff;
        for (int i = 0; i + SHORTEST_REPEAT <= bytes.length; i++) {
            three = three << 8 | bytes[i + 2] & 0xff;
            // three bytes moved to the upper end, so that the fourth falls out
            int hash = (three << 8) * 0x9E3779B1 >>> 32 - HASH_BITS;
            long bit = 1L << hash;
            if ((seen[hash >>> 6] & bit) != 0 && repeatsBefore(bytes, i)) {
                return true;
            }
            seen[hash >>> 6] |= bit;
        }
        return false;
    }

    private static boolean repeatsBefore(byte[] bytes, int at) {
        for (int i = 0; i < at; i++) {
            if (bytes[i] == bytes[at] && bytes[i + 1] == bytes[at + 1] && bytes[i + 2] == bytes[at + 2]) {
                return true;
            }
        }
        return false;
    }

    /** Why a stream has no bytes to give. */
    public enum Failure {
        /** Not a whole zlib stream, or one that needs a preset dictionary. */
        MALFORMED,
        /** It inflates to more than the limit. */
        TOO_LARGE
    }

    /**
     * Result of {@link #inflate}: exactly one of {@code bytes} and {@code failure} is null.
     *
     * @param bytes what the stream inflated to
     * @param failure why there are no bytes
     * @param unread bytes of the input behind the end of the stream
     */
    public record Inflated(
            byte @Nullable [] bytes, @Nullable Failure failure, int unread) {}

    /**
     * Inflates the stream at {@code from} (inclusive) to {@code to} (exclusive).
     *
     * <p>Never holds more than twice {@code limit} bytes, whatever the stream says.
     *
     * @param limit largest result, in bytes
     */
    public static Inflated inflate(byte[] stream, int from, int to, int limit) {
        var inflater = INFLATERS.take();
        try {
            inflater.setInput(stream, from, to - from);
            var buffer = new byte[(int) Math.min(limit, Math.max(SMALLEST_BUFFER, 4L * (to - from)))];
            int length = 0;
            while (true) {
                length += inflater.inflate(buffer, length, buffer.length - length);
                if (inflater.finished()) {
                    var bytes = length == buffer.length ? buffer : Arrays.copyOf(buffer, length);
                    return new Inflated(bytes, null, inflater.getRemaining());
                }
                if (length == buffer.length) {
                    if (length == limit) {
                        return ending(inflater, buffer);
                    }
                    buffer = Arrays.copyOf(buffer, (int) Math.min(limit, 2L * length));
                } else if (inflater.needsInput() || inflater.needsDictionary()) {
                    return new Inflated(null, Failure.MALFORMED, 0);
                }
            }
        } catch (DataFormatException e) {
            return new Inflated(null, Failure.MALFORMED, 0);
        } finally {
            inflater.reset();
            if (!INFLATERS.put(inflater)) {
                inflater.end();
            }
        }
    }

    /** The buffer is full at the limit: either only the checksum is still to come, or the stream is too large. */
    private static Inflated ending(Inflater inflater, byte[] full) throws DataFormatException {
        int more = inflater.inflate(new byte[1]);
        if (more > 0) {
            return new Inflated(null, Failure.TOO_LARGE, 0);
        }
        return inflater.finished()
                ? new Inflated(full, null, inflater.getRemaining())
                : new Inflated(null, Failure.MALFORMED, 0);
    }
}
