package dev.countermark.frameworks;

import java.util.Arrays;

/**
 * The bytes of one document of Ruby's Marshal 4.8, read from front to back: numbers, lengths, and runs of so many bytes.
 *
 * <p>Source: Ruby 3.3, {@code marshal.c}, {@code r_long}, {@code r_bytes}.
 */
final class MarshalBytes {

    private final byte[] document;
    private int at = 2;

    /** @param document with the two bytes of its version, which are not read here */
    MarshalBytes(byte[] document) {
        this.document = document;
    }

    /** Where the next one stands. */
    int at() {
        return at;
    }

    boolean areRead() {
        return at == document.length;
    }

    boolean isNext(char wanted) {
        return at < document.length && document[at] == wanted;
    }

    /** What stands from {@code start} to the next one; copied. */
    byte[] from(int start) {
        return Arrays.copyOfRange(document, start, at);
    }

    /** A length and as many bytes, without the length; copied. */
    byte[] run() {
        int length = length();
        int start = at;
        skip(length);
        return from(start);
    }

    /** A count, or a length, or an index: never more than there are bytes. */
    int length() {
        int length = integer();
        if (length < 0 || length > document.length) {
            throw new RailsEnvelope.Malformed("a length that cannot be");
        }
        return length;
    }

    int integer() {
        int first = next();
        if (first > 4) {
            return first - 5;
        }
        if (first < -4) {
            return first + 5;
        }
        int value = 0;
        for (int i = 0; i < Math.abs(first); i++) {
            value |= (next() & 0xff) << 8 * i;
        }
        // How far below zero does not matter: no length is, and a number's bytes are kept as they stand.
        return first < 0 ? -1 : value;
    }

    void skip(long length) {
        if (length > document.length - at) {
            throw new RailsEnvelope.Malformed("cut short");
        }
        at += (int) length;
    }

    int next() {
        skip(1);
        return document[at - 1];
    }
}
