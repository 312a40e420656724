package dev.countermark.encoding;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * URL-safe base64 without padding (RFC 4648 section 5), strict: bytes have one text and a text has one value.
 *
 * <p>Refused when reading: padding, white space, the standard alphabet's {@code +} and {@code /}, a length of 1 mod 4,
 * and unused bits that are not zero (RFC 4648 section 3.5), all of which {@code java.util.Base64} accepts or some of
 * it.
 */
public final class Base64Url {

    private static final byte[] ALPHABET =
            "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] VALUES = values();
    private static final long ONES = 0x0101_0101_0101_0101L;

    /** Bytes of a code of HMAC-SHA-256, which most texts made here are of. */
    private static final int CODE = 32;

    /** The character of six bits, 0 to 63. */
    static byte character(int sextet) {
        return ALPHABET[sextet];
    }

    /** The six bits of a character, or a negative number. */
    static int sextet(byte character) {
        return VALUES[character & 0xff];
    }

    private Base64Url() {}

    private static byte[] values() {
        var values = new byte[256];
        Arrays.fill(values, (byte) -1);
        for (int i = 0; i < ALPHABET.length; i++) {
            values[ALPHABET[i]] = (byte) i;
        }
        return values;
    }

    /** Length of the text of {@code bytes} bytes. */
    public static int encodedLength(int bytes) {
        return (int) ((bytes * 4L + 2) / 3);
    }

    /** Encodes all of {@code bytes}. */
    public static String encode(byte[] bytes) {
        var text = new byte[encodedLength(bytes.length)];
        encode(bytes, text, 0);
        return new String(text, StandardCharsets.ISO_8859_1);
    }

    /**
     * Writes the text of {@code bytes} into {@code target} from {@code at}.
     *
     * @return the index behind the last character written
     * @throws ArrayIndexOutOfBoundsException if it does not fit
     */
    public static int encode(byte[] bytes, byte[] target, int at) {
        return encode(bytes, bytes.length, target, at);
    }

    /** As {@link #encode(byte[], byte[], int)}, for the first {@code length} bytes. */
    public static int encode(byte[] bytes, int length, byte[] target, int at) {
        return length < PlatformBase64.SHORTEST_TO_ENCODE
                ? encodeShort(bytes, length, target, at)
                : PlatformBase64.encode(bytes, length, target, at);
    }

    private static int encodeShort(byte[] bytes, int length, byte[] target, int at) {
        if (length == CODE) {
            return encodeCode(bytes, 0, target, at);
        }
        int i = 0;
        for (; i + Long.BYTES <= length; i += 6) {
            EightBytes.set(target, at, eightCharacters(EightBytes.get(bytes, i)));
            at += 8;
        }
        for (; i + 3 <= length; i += 3) {
            int bits = (bytes[i] & 0xff) << 16 | (bytes[i + 1] & 0xff) << 8 | bytes[i + 2] & 0xff;
            target[at] = ALPHABET[bits >>> 18];
            target[at + 1] = ALPHABET[bits >>> 12 & 63];
            target[at + 2] = ALPHABET[bits >>> 6 & 63];
            target[at + 3] = ALPHABET[bits & 63];
            at += 4;
        }
        if (length - i == 1) {
            int bits = bytes[i] & 0xff;
            target[at++] = ALPHABET[bits >>> 2];
            target[at++] = ALPHABET[bits << 4 & 63];
        } else if (length - i == 2) {
            int bits = (bytes[i] & 0xff) << 8 | bytes[i + 1] & 0xff;
            target[at++] = ALPHABET[bits >>> 10];
            target[at++] = ALPHABET[bits >>> 4 & 63];
            target[at++] = ALPHABET[bits << 2 & 63];
        }
        return at;
    }

    /** As {@link #encodeShort}, for as many bytes as most codes have: no loop, and all is read before anything is written. */
    private static int encodeCode(byte[] bytes, int from, byte[] target, int at) {
        long first = EightBytes.get(bytes, from);
        long second = EightBytes.get(bytes, from + 6);
        long third = EightBytes.get(bytes, from + 12);
        long fourth = EightBytes.get(bytes, from + 18);
        long fifth = EightBytes.get(bytes, from + 24);
        EightBytes.set(target, at, eightCharacters(first));
        EightBytes.set(target, at + 8, eightCharacters(second));
        EightBytes.set(target, at + 16, eightCharacters(third));
        EightBytes.set(target, at + 24, eightCharacters(fourth));
        EightBytes.set(target, at + 32, eightCharacters(fifth));
        int rest = (int) fifth & 0xffff;
        target[at + 40] = ALPHABET[rest >>> 10];
        target[at + 41] = ALPHABET[rest >>> 4 & 63];
        target[at + 42] = ALPHABET[rest << 2 & 63];
        return at + 43;
    }

    /**
     * The characters of the first six of eight bytes, without a table: for each of the eight at once, how far it lies from its
     * six bits.
     */
    private static long eightCharacters(long bytes) {
        long bits = bytes >>> 16;
        long halves = bits << 8 & 0x00ff_ffff_0000_0000L | bits & 0xff_ffffL;
        long quarters = halves << 4 & 0x0fff_0000_0fff_0000L | halves & 0x0000_0fff_0000_0fffL;
        long sextets = quarters << 2 & 0x3f00_3f00_3f00_3f00L | quarters & 0x003f_003f_003f_003fL;
        long lastTwo = reaching(62, sextets);
        return sextets
                + 'A' * ONES
                + ('a' - 'Z' - 1) * reaching(26, sextets)
                - ('z' - '0' + 1) * reaching(52, sextets)
                - ('9' - '-' + 1) * lastTwo
                + ('_' - '-' - 1) * (lastTwo & sextets);
    }

    /** In each byte 1 where that of {@code sextets}, which is below 64, is {@code least} or more, else 0. */
    private static long reaching(int least, long sextets) {
        return sextets + (0x80 - least) * ONES >>> 7 & ONES;
    }

    /**
     * Turns the {@code length} bytes at {@code from} into their text, which begins at the same place.
     *
     * @return the index behind the last character
     * @throws ArrayIndexOutOfBoundsException if the text does not fit
     */
    public static int encodeInPlace(byte[] array, int from, int length) {
        if (length == CODE) {
            return encodeCode(array, from, array, from);
        }
        int end = from + encodedLength(length);
        int at = end;
        int i = from + length;
        // Backwards: a character never overwrites a byte that is still to be read.
        if (length % 3 == 1) {
            int bits = array[--i] & 0xff;
            array[--at] = ALPHABET[bits << 4 & 63];
            array[--at] = ALPHABET[bits >>> 2];
        } else if (length % 3 == 2) {
            int bits = array[--i] & 0xff | (array[--i] & 0xff) << 8;
            array[--at] = ALPHABET[bits << 2 & 63];
            array[--at] = ALPHABET[bits >>> 4 & 63];
            array[--at] = ALPHABET[bits >>> 10];
        }
        while (i >= from + 6) {
            i -= 6;
            at -= 8;
            EightBytes.set(array, at, eightCharacters(EightBytes.get(array, i)));
        }
        if (i > from) {
            int bits = (array[from] & 0xff) << 16 | (array[from + 1] & 0xff) << 8 | array[from + 2] & 0xff;
            array[from + 3] = ALPHABET[bits & 63];
            array[from + 2] = ALPHABET[bits >>> 6 & 63];
            array[from + 1] = ALPHABET[bits >>> 12 & 63];
            array[from] = ALPHABET[bits >>> 18];
        }
        return end;
    }

    /** Decodes a text, or answers null where it is not the text of any bytes. */
    public static byte @Nullable [] decodeOrNull(String text) {
        var ascii = text.getBytes(StandardCharsets.UTF_8);
        return decodeOrNull(ascii, 0, ascii.length);
    }

    /** Decodes the characters {@code from} (inclusive) to {@code to} (exclusive), or answers null. */
    public static byte @Nullable [] decodeOrNull(byte[] text, int from, int to) {
        int length = to - from;
        int rest = length & 3;
        if (rest == 1) {
            return null;
        }
        if (length >= PlatformBase64.SHORTEST_TO_DECODE) {
            return isCanonicalEnd(text, to, rest) ? PlatformBase64.decodeOrNull(text, from, to) : null;
        }
        var bytes = new byte[(int) (length * 3L / 4)];
        int at = 0;
        int invalid = 0;
        int whole = to - rest;
        for (int i = from; i < whole; i += 4) {
            int bits = VALUES[text[i] & 0xff] << 18
                    | VALUES[text[i + 1] & 0xff] << 12
                    | VALUES[text[i + 2] & 0xff] << 6
                    | VALUES[text[i + 3] & 0xff];
            invalid |= bits;
            bytes[at] = (byte) (bits >>> 16);
            bytes[at + 1] = (byte) (bits >>> 8);
            bytes[at + 2] = (byte) bits;
            at += 3;
        }
        if (rest == 2) {
            int bits = VALUES[text[whole] & 0xff] << 6 | VALUES[text[whole + 1] & 0xff];
            invalid |= (bits & 0xf) == 0 ? bits : -1;
            bytes[at] = (byte) (bits >>> 4);
        } else if (rest == 3) {
            int bits = VALUES[text[whole] & 0xff] << 12
                    | VALUES[text[whole + 1] & 0xff] << 6
                    | VALUES[text[whole + 2] & 0xff];
            invalid |= (bits & 0x3) == 0 ? bits : -1;
            bytes[at] = (byte) (bits >>> 10);
            bytes[at + 1] = (byte) (bits >>> 2);
        }
        return invalid < 0 ? null : bytes;
    }

    /** Whether the last character is one of the alphabet, and those of its bits that stand for nothing are zero. */
    private static boolean isCanonicalEnd(byte[] text, int to, int rest) {
        int last = VALUES[text[to - 1] & 0xff];
        return last >= 0 && (rest == 0 || (last & (rest == 2 ? 0xf : 0x3)) == 0);
    }

    /**
     * Whether the characters {@code from} to {@code to} are the text of {@code bytes}, in time that depends on the
     * lengths alone.
     */
    public static boolean isTextOf(byte[] bytes, byte[] text, int from, int to) {
        return maskOfText(bytes, text, from, to) != 0;
    }

    /**
     * As {@link #isTextOf}, for those who go on without a branch: all bits where it is the text, none where it is not.
     *
     * <p>Among several keys, a branch at the one that matches takes measurably longer at the last than at the first.
     */
    public static int maskOfText(byte[] bytes, byte[] text, int from, int to) {
        int length = bytes.length;
        if (to - from != encodedLength(length)) {
            return 0;
        }
        if (length == CODE) {
            return maskOfCode(bytes, text, from);
        }
        long differences = 0;
        int i = 0;
        int at = from;
        for (; i + Long.BYTES <= length; i += 6) {
            differences |= EightBytes.get(text, at) ^ eightCharacters(EightBytes.get(bytes, i));
            at += 8;
        }
        int difference = (int) (differences | differences >>> 32);
        for (; i + 3 <= length; i += 3) {
            int bits = (bytes[i] & 0xff) << 16 | (bytes[i + 1] & 0xff) << 8 | bytes[i + 2] & 0xff;
            difference |= text[at] ^ ALPHABET[bits >>> 18];
            difference |= text[at + 1] ^ ALPHABET[bits >>> 12 & 63];
            difference |= text[at + 2] ^ ALPHABET[bits >>> 6 & 63];
            difference |= text[at + 3] ^ ALPHABET[bits & 63];
            at += 4;
        }
        if (length - i == 1) {
            int bits = bytes[i] & 0xff;
            difference |= text[at] ^ ALPHABET[bits >>> 2];
            difference |= text[at + 1] ^ ALPHABET[bits << 4 & 63];
        } else if (length - i == 2) {
            int bits = (bytes[i] & 0xff) << 8 | bytes[i + 1] & 0xff;
            difference |= text[at] ^ ALPHABET[bits >>> 10];
            difference |= text[at + 1] ^ ALPHABET[bits >>> 4 & 63];
            difference |= text[at + 2] ^ ALPHABET[bits << 2 & 63];
        }
        return ~((difference | -difference) >> 31);
    }

    /** As {@link #maskOfText}, for as many bytes as most codes have, without a loop. */
    private static int maskOfCode(byte[] code, byte[] text, int at) {
        long last = EightBytes.get(code, 24);
        long differences = EightBytes.get(text, at) ^ eightCharacters(EightBytes.get(code, 0))
                | EightBytes.get(text, at + 8) ^ eightCharacters(EightBytes.get(code, 6))
                | EightBytes.get(text, at + 16) ^ eightCharacters(EightBytes.get(code, 12))
                | EightBytes.get(text, at + 24) ^ eightCharacters(EightBytes.get(code, 18))
                | EightBytes.get(text, at + 32) ^ eightCharacters(last);
        int rest = (int) last & 0xffff;
        int difference = (int) (differences | differences >>> 32)
                | text[at + 40] ^ ALPHABET[rest >>> 10]
                | text[at + 41] ^ ALPHABET[rest >>> 4 & 63]
                | text[at + 42] ^ ALPHABET[rest << 2 & 63];
        return ~((difference | -difference) >> 31);
    }
}
