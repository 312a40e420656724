package dev.countermark;

import dev.countermark.encoding.Base64Url;
import dev.countermark.encoding.EpochSeconds;

/**
 * Where the parts of a token of {@link CompactFormat} stand: {@code body [~ expiry] [. time] . signature}.
 *
 * @param dated whether there is a time
 * @param separator stands before time and signature
 * @param codeLength bytes of the code that the signature is the text of
 * @param signatureLength characters of that text
 */
record CompactLayout(boolean dated, byte separator, int codeLength, int signatureLength) {

    static final char DEFAULT_SEPARATOR = '.';

    /** Stands for no expiry where one is written. */
    static final long NO_EXPIRY = 0;

    private static final byte EXPIRY_MARK = '~';

    static CompactLayout of(Scheme scheme) {
        return of(false, (byte) DEFAULT_SEPARATOR, scheme.mac().length());
    }

    private static CompactLayout of(boolean dated, byte separator, int codeLength) {
        return new CompactLayout(dated, separator, codeLength, Base64Url.encodedLength(codeLength));
    }

    CompactLayout withTime() {
        return of(true, separator, codeLength);
    }

    CompactLayout under(Scheme scheme) {
        return of(dated, separator, scheme.mac().length());
    }

    CompactLayout separatedBy(char separator) {
        boolean printable = separator > ' ' && separator < 0x7f;
        if (!printable || isBase64(separator) || separator == EXPIRY_MARK || separator == '=') {
            throw new IllegalArgumentException("separator '" + separator
                    + "' can appear in a signature; choose one printable character outside A-Z a-z 0-9 - _ = ~");
        }
        return of(dated, (byte) separator, codeLength);
    }

    /** Length of all that stands behind a body. */
    int tailLength(long expiry, long time) {
        return (expiry == NO_EXPIRY ? 0 : 1 + EpochSeconds.encodedLength(expiry))
                + (dated ? 1 + EpochSeconds.encodedLength(time) : 0)
                + 1
                + signatureLength;
    }

    /**
     * Writes all that stands between body and signature, and the separator behind it.
     *
     * @param at where the body ends
     * @return where the signature begins
     */
    int writeDates(long expiry, long time, byte[] target, int at) {
        int end = at;
        if (expiry != NO_EXPIRY) {
            target[end] = EXPIRY_MARK;
            end = EpochSeconds.encode(expiry, target, end + 1);
        }
        if (dated) {
            target[end] = separator;
            end = EpochSeconds.encode(time, target, end + 1);
        }
        target[end] = separator;
        return end + 1;
    }

    /** Number of bytes before the last separator, or -1 where what follows is not as long as a signature. */
    int signedLength(byte[] text) {
        int length = text.length - 1 - signatureLength;
        return length >= 0 && text[length] == separator ? length : -1;
    }

    /** Where the separator of the time stands, -1 where there is none; the end of what is signed in a token without one. */
    int timeAt(byte[] text, int signedLength) {
        if (!dated) {
            return signedLength;
        }
        int i = signedLength - 1;
        while (i >= 0 && text[i] != separator) {
            i--;
        }
        return i;
    }

    /** Where the mark of an expiry stands before {@code timeAt}, or -1. */
    int expiryAt(byte[] text, int timeAt) {
        int first = Math.max(0, timeAt - 1 - EpochSeconds.LONGEST);
        for (int i = timeAt - 1; i >= first; i--) {
            if (text[i] == EXPIRY_MARK) {
                return isBase64(text, i + 1, timeAt) ? i : -1;
            }
        }
        return -1;
    }

    /** Seconds since 1970, {@link EpochSeconds#INVALID}, or {@link Reading#NO_TIME} in a token without a time. */
    long time(byte[] text, int timeAt, int signedLength) {
        return dated ? EpochSeconds.decode(text, timeAt + 1, signedLength) : Reading.NO_TIME;
    }

    /** Seconds since 1970, {@link EpochSeconds#INVALID}, or {@link Reading#NO_TIME} for -1. */
    static long expiry(byte[] text, int expiryAt, int timeAt) {
        return expiryAt < 0 ? Reading.NO_TIME : EpochSeconds.decode(text, expiryAt + 1, timeAt);
    }

    private static boolean isBase64(byte[] text, int from, int to) {
        for (int i = from; i < to; i++) {
            if (!isBase64(text[i])) {
                return false;
            }
        }
        return true;
    }

    private static boolean isBase64(int c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '-' || c == '_';
    }
}
