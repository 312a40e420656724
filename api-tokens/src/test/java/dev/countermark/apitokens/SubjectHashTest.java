package dev.countermark.apitokens;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Against SipHash-2-4 with 128 bits written down once more, from the paper, which agrees with the authors' vectors. */
class SubjectHashTest {

    private static final long K0 = 0x0706050403020100L;
    private static final long K1 = 0x0f0e0d0c0b0a0908L;

    /** The first two lines of {@code vectors_sip128} in the authors' {@code vectors.h}: of nothing, and of a zero byte. */
    @Test
    void what_is_compared_with_is_siphash() {
        assertThat(hex(sipHash(K0, K1, List.of(0L)))).isEqualTo("a3817f04ba25a8e66df67214c7550293");
        assertThat(hex(sipHash(K0, K1, List.of(1L << 56)))).isEqualTo("da87c1d86b99af44347659119b22fc45");
    }

    @Test
    void a_subject_has_the_hash_of_its_units_and_their_number() {
        var random = new Random(24);
        for (int length = 0; length < 40; length++) {
            var subject = new StringBuilder();
            for (int i = 0; i < length; i++) {
                subject.append((char) random.nextInt(0x10000));
            }
            long k0 = random.nextLong();
            long k1 = random.nextLong();
            assertThat(hash(new SubjectHash(k0, k1), subject.toString()))
                    .as("seed 24, length %d", length)
                    .isEqualTo(sipHash(k0, k1, words(subject.toString())));
        }
    }

    @Test
    void what_is_put_is_found_and_nothing_else() {
        var hash = SubjectHash.random();
        var table = new IdTable();
        for (int i = 0; i < 1000; i++) {
            hash.put(table, "subject " + i, i);
        }
        for (int i = 0; i < 1000; i++) {
            assertThat(hash.get(table, "subject " + i)).isEqualTo(i);
            assertThat(hash.get(table, "subject  " + i)).isEqualTo(IdTable.ABSENT);
        }
        assertThat(SubjectHash.random().get(table, "subject 1")).isEqualTo(IdTable.ABSENT);
    }

    private static long[] hash(SubjectHash hash, String subject) {
        var table = new IdTable();
        hash.put(table, subject, 1);
        var halves = new long[2];
        table.forEach((high, low, value) -> {
            halves[0] = high;
            halves[1] = low;
        });
        return halves;
    }

    /** Four UTF-16 units to a word, the first lowest; in the last one their number stands uppermost. */
    private static List<Long> words(String subject) {
        var words = new ArrayList<Long>();
        int at = 0;
        for (; at + 4 <= subject.length(); at += 4) {
            words.add(word(subject.substring(at, at + 4), 0));
        }
        words.add(word(subject.substring(at), subject.length()));
        return words;
    }

    private static long word(String units, int uppermost) {
        var bytes = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putShort(6, (short) uppermost);
        for (int i = 0; i < units.length(); i++) {
            bytes.putChar(2 * i, units.charAt(i));
        }
        return bytes.getLong(0);
    }

    private static long[] sipHash(long k0, long k1, List<Long> words) {
        long[] v = {
            k0 ^ 0x736f6d6570736575L,
            k1 ^ 0x646f72616e646f6dL ^ 0xee,
            k0 ^ 0x6c7967656e657261L,
            k1 ^ 0x7465646279746573L
        };
        for (long word : words) {
            v[3] ^= word;
            rounds(2, v);
            v[0] ^= word;
        }
        v[2] ^= 0xee;
        rounds(4, v);
        long first = v[0] ^ v[1] ^ v[2] ^ v[3];
        v[1] ^= 0xdd;
        rounds(4, v);
        return new long[] {first, v[0] ^ v[1] ^ v[2] ^ v[3]};
    }

    /** Figure 2.1 of the paper. */
    private static void rounds(int times, long[] v) {
        for (int i = 0; i < times; i++) {
            half(v, 0, 1, 2, 3, 13, 16);
            half(v, 2, 1, 0, 3, 17, 21);
        }
    }

    private static void half(long[] v, int a, int b, int c, int d, int left, int right) {
        v[a] += v[b];
        v[b] = Long.rotateLeft(v[b], left) ^ v[a];
        v[a] = Long.rotateLeft(v[a], 32);
        v[c] += v[d];
        v[d] = Long.rotateLeft(v[d], right) ^ v[c];
    }

    private static String hex(long[] halves) {
        var bytes = ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN);
        return HexFormat.of()
                .formatHex(bytes.putLong(halves[0]).putLong(halves[1]).array());
    }
}
