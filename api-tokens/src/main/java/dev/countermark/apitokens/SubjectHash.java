package dev.countermark.apitokens;

import java.security.SecureRandom;

/**
 * SipHash-2-4 of subjects under a random key, twice, so that a subject takes 128 bits whatever its length.
 *
 * <p>Without the key nobody can choose two subjects that collide. Source: Aumasson and Bernstein, "SipHash: a fast
 * short-input PRF" (2012); here over UTF-16 units, four to a word.
 */
final class SubjectHash {

    private final long k0;
    private final long k1;

    private SubjectHash(long k0, long k1) {
        this.k0 = k0;
        this.k1 = k1;
    }

    static SubjectHash random() {
        var random = new SecureRandom();
        return new SubjectHash(random.nextLong(), random.nextLong());
    }

    /** Never zero. */
    long of(String subject) {
        long v0 = k0 ^ 0x736f6d6570736575L;
        long v1 = k1 ^ 0x646f72616e646f6dL;
        long v2 = k0 ^ 0x6c7967656e657261L;
        long v3 = k1 ^ 0x7465646279746573L;
        int length = subject.length();
        for (int at = 0; at <= length; at += 4) {
            long word = 0;
            for (int i = at; i < Math.min(at + 4, length); i++) {
                word |= (long) subject.charAt(i) << 16 * (i - at);
            }
            if (at + 4 > length) {
                word |= (long) length << 48;
            }
            v3 ^= word;
            for (int round = 0; round < 2; round++) {
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
            v0 ^= word;
        }
        v2 ^= 0xff;
        for (int round = 0; round < 4; round++) {
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
        long hash = v0 ^ v1 ^ v2 ^ v3;
        return hash == 0 ? 1 : hash;
    }
}
