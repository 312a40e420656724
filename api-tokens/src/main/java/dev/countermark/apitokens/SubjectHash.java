package dev.countermark.apitokens;

import java.security.SecureRandom;

/**
 * SipHash-2-4 with 128 bits of subjects under a random key, so that a subject takes as much of a table whatever its
 * length.
 *
 * <p>Without the key nobody can choose two subjects that collide. Source: Aumasson and Bernstein, "SipHash: a fast
 * short-input PRF" (2012), with the longer result of the authors' reference implementation; here over UTF-16 units, four
 * to a word.
 */
final class SubjectHash {

    private final long k0;
    private final long k1;

    SubjectHash(long k0, long k1) {
        this.k0 = k0;
        this.k1 = k1;
    }

    static SubjectHash random() {
        var random = new SecureRandom();
        return new SubjectHash(random.nextLong(), random.nextLong());
    }

    /** The value of a subject in a table, or {@link IdTable#ABSENT}. */
    long get(IdTable table, String subject) {
        var state = new State(k0, k1);
        state.absorb(subject);
        long high = state.first();
        // The second half, which is a third of the work, for the few whose first half is there.
        return table.lacks(high) ? IdTable.ABSENT : table.get(high, state.second());
    }

    /** Gives a subject a value in a table. */
    void put(IdTable table, String subject, long value) {
        var state = new State(k0, k1);
        state.absorb(subject);
        long high = state.first();
        table.put(high, state.second(), value);
    }

    /** Lives as long as one call, so that the compiler keeps it in registers. */
    private static final class State {

        private long v0;
        private long v1;
        private long v2;
        private long v3;

        State(long k0, long k1) {
            v0 = k0 ^ 0x736f6d6570736575L;
            v1 = k1 ^ 0x646f72616e646f6dL ^ 0xee;
            v2 = k0 ^ 0x6c7967656e657261L;
            v3 = k1 ^ 0x7465646279746573L;
        }

        void absorb(String subject) {
            int length = subject.length();
            int at = 0;
            for (; at + 4 <= length; at += 4) {
                absorb(subject.charAt(at)
                        | (long) subject.charAt(at + 1) << 16
                        | (long) subject.charAt(at + 2) << 32
                        | (long) subject.charAt(at + 3) << 48);
            }
            long last = (long) length << 48;
            for (int shift = 0; at < length; at++, shift += 16) {
                last |= (long) subject.charAt(at) << shift;
            }
            absorb(last);
        }

        private void absorb(long word) {
            v3 ^= word;
            round();
            round();
            v0 ^= word;
        }

        /** The first half, never zero. */
        long first() {
            v2 ^= 0xee;
            long half = finish();
            return half == 0 ? 1 : half;
        }

        /** The second half, after the first. */
        long second() {
            v1 ^= 0xdd;
            return finish();
        }

        private long finish() {
            round();
            round();
            round();
            round();
            return v0 ^ v1 ^ v2 ^ v3;
        }

        private void round() {
            v0 += v1;
            v1 = Long.rotateLeft(v1, 13) ^ v0;
            v0 = Long.rotateLeft(v0, 32);
            v2 += v3;
            v3 = Long.rotateLeft(v3, 16) ^ v2;
            v0 += v3;
            v3 = Long.rotateLeft(v3, 21) ^ v0;
            v2 += v1;
            v1 = Long.rotateLeft(v1, 17) ^ v2;
            v2 = Long.rotateLeft(v2, 32);
        }
    }
}
