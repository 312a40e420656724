package dev.countermark.encoding;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.zip.Deflater;
import org.junit.jupiter.api.Test;

class ZlibTest {

    /** Python: {@code base64.b64encode(zlib.compress(b'countermark '*40))}. */
    private static final String FROM_PYTHON = "eJxLzi/NK0ktyk0sylZIHmUPOzYAbIS/uQ==";

    /** Python: {@code zlib.compressobj(zdict=b'countermark')} over {@code countermark x}. */
    private static final String WITH_DICTIONARY = "eLscGQSsS0YwFSoAJikFRA==";

    private static Zlib.Inflated inflate(byte[] stream, int limit) {
        return Zlib.inflate(stream, 0, stream.length, limit);
    }

    @Test
    void writes_and_reads_what_python_writes() {
        var bytes = "countermark ".repeat(40).getBytes(ISO_8859_1);
        assertThat(Base64.getEncoder().encodeToString(Zlib.compress(bytes))).isEqualTo(FROM_PYTHON);
        assertThat(inflate(Base64.getDecoder().decode(FROM_PYTHON), 480).bytes())
                .isEqualTo(bytes);
    }

    @Test
    void refuses_what_inflates_to_more_than_the_limit() {
        var stream = Zlib.compress(new byte[1_000_000]);
        assertThat(inflate(stream, 999_999).failure()).isEqualTo(Zlib.Failure.TOO_LARGE);
        assertThat(inflate(stream, 1_000_000).bytes()).hasSize(1_000_000);
        assertThat(inflate(stream, 1_000_001).bytes()).hasSize(1_000_000);
    }

    @Test
    void refuses_cut_damaged_and_foreign_streams() {
        var stream = Zlib.compress("countermark".getBytes(ISO_8859_1));
        for (int length = 0; length < stream.length; length++) {
            assertThat(inflate(Arrays.copyOf(stream, length), 100).failure()).isEqualTo(Zlib.Failure.MALFORMED);
        }
        var badChecksum = stream.clone();
        badChecksum[stream.length - 1] ^= 1;
        assertThat(inflate(badChecksum, 100).failure()).isEqualTo(Zlib.Failure.MALFORMED);
        assertThat(inflate(badChecksum, 11).failure()).isEqualTo(Zlib.Failure.MALFORMED);
        assertThat(inflate(Base64.getDecoder().decode(WITH_DICTIONARY), 100).failure())
                .isEqualTo(Zlib.Failure.MALFORMED);
    }

    /** All of it is there, at the limit, but not the checksum that says so. */
    @Test
    void a_stream_cut_in_its_checksum_is_not_too_large_but_none() {
        var stream = Zlib.compress("countermark".getBytes(ISO_8859_1));
        for (int missing = 1; missing <= 4; missing++) {
            var cut = Arrays.copyOf(stream, stream.length - missing);
            assertThat(inflate(cut, 11).failure()).isEqualTo(Zlib.Failure.MALFORMED);
            assertThat(inflate(cut, 10).failure()).isEqualTo(Zlib.Failure.TOO_LARGE);
        }
        assertThat(inflate(stream, 11).bytes()).isEqualTo("countermark".getBytes(ISO_8859_1));
    }

    @Test
    void counts_the_bytes_behind_the_stream() {
        var stream = Zlib.compress("countermark".getBytes(ISO_8859_1));
        var inflated = inflate(Arrays.copyOf(stream, stream.length + 3), 100);
        assertThat(inflated.bytes()).isEqualTo("countermark".getBytes(ISO_8859_1));
        assertThat(inflated.unread()).isEqualTo(3);
    }

    @Test
    void gives_back_any_bytes() {
        var random = new Random(1950);
        for (int length = 0; length < 3000; length += 7) {
            var bytes = new byte[length];
            random.nextBytes(bytes);
            Arrays.fill(bytes, 0, length / 2, (byte) length);
            assertThat(inflate(Zlib.compress(bytes), 3000).bytes())
                    .as("seed 1950, length %d", length)
                    .isEqualTo(bytes);
        }
    }

    @Test
    void never_misses_what_would_have_been_shorter() {
        var random = new Random(1951);
        for (int i = 0; i < 100_000; i++) {
            var bytes = fewSymbols(random, random.nextInt(31), 1 + random.nextInt(5));
            var stream = Zlib.compress(bytes);
            var expected = stream.length < bytes.length - 1 ? stream : null;
            if (!Arrays.equals(Zlib.compressIfShorter(bytes), expected)) {
                assertThat(Zlib.compressIfShorter(bytes))
                        .as("seed 1951, try %d", i)
                        .isEqualTo(expected);
            }
        }
    }

    /**
     * Without a repeat of three bytes the stream depends on how often each value stands in the input and on nothing else,
     * so all inputs of a length are its histograms. Most become no shorter even so; of those that would, none can be
     * arranged without a repeat: every order of the values is tried.
     */
    @Test
    void no_bytes_up_to_24_become_shorter_without_a_repeat() {
        int shorter = 0;
        for (int length = 13; length <= 24; length++) {
            for (var counts : histograms(length, length)) {
                if (becomesShorter(counts, length)) {
                    shorter++;
                    assertThat(canStandWithoutRepeat(counts, length))
                            .as("values standing %s times", Arrays.toString(counts))
                            .isFalse();
                }
            }
        }
        assertThat(shorter).isPositive();
    }

    /** All ways to write {@code sum} as a sum of falling numbers up to {@code most}. */
    private static List<int[]> histograms(int sum, int most) {
        if (sum == 0) {
            return List.of(new int[0]);
        }
        var all = new ArrayList<int[]>();
        for (int first = Math.min(sum, most); first > 0; first--) {
            for (var rest : histograms(sum - first, first)) {
                var counts = new int[rest.length + 1];
                counts[0] = first;
                System.arraycopy(rest, 0, counts, 1, rest.length);
                all.add(counts);
            }
        }
        return all;
    }

    /** The values lie side by side, at both ends and in the middle of the alphabet, rising and falling: cheapest to describe. */
    private static boolean becomesShorter(int[] counts, int length) {
        for (int start : new int[] {0, 97, 256 - counts.length}) {
            for (int step : new int[] {1, -1}) {
                var bytes = new byte[length];
                int at = 0;
                for (int i = 0; i < counts.length; i++) {
                    int value = step > 0 ? start + i : start + counts.length - 1 - i;
                    Arrays.fill(bytes, at, at + counts[i], (byte) value);
                    at += counts[i];
                }
                if (withoutRepeats(bytes) < length - 1) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Length of the stream when deflate may not point back. */
    private static int withoutRepeats(byte[] bytes) {
        var deflater = new Deflater();
        deflater.setStrategy(Deflater.HUFFMAN_ONLY);
        deflater.setInput(bytes);
        deflater.finish();
        int length = 0;
        while (!deflater.finished()) {
            length += deflater.deflate(new byte[100]);
        }
        deflater.end();
        return length;
    }

    private static boolean canStandWithoutRepeat(int[] counts, int length) {
        return canGoOn(counts.clone(), new int[length], 0, new HashSet<>());
    }

    private static boolean canGoOn(int[] left, int[] values, int at, Set<Integer> threes) {
        if (at == values.length) {
            return true;
        }
        for (int value = 0; value < left.length; value++) {
            if (left[value] == 0) {
                continue;
            }
            int three = at < 2 ? -1 - at : (values[at - 2] << 16 | values[at - 1] << 8 | value);
            if (!threes.add(three)) {
                continue;
            }
            left[value]--;
            values[at] = value;
            if (canGoOn(left, values, at + 1, threes)) {
                return true;
            }
            left[value]++;
            threes.remove(three);
        }
        return false;
    }

    /** All inputs of two values, up to 16 bytes. */
    @Test
    void misses_nothing_of_two_values_up_to_sixteen_bytes() {
        for (int length = 1; length <= 16; length++) {
            var bytes = new byte[length];
            // the other half is the same with the values exchanged
            for (int bits = 0; bits < 1 << length - 1; bits++) {
                for (int i = 0; i < length; i++) {
                    bytes[i] = (byte) ('a' + (bits >>> i & 1));
                }
                var stream = Zlib.compress(bytes);
                var found = Zlib.compressIfShorter(bytes);
                if (found == null ? stream.length < length - 1 : !Arrays.equals(found, stream)) {
                    throw new AssertionError(new String(bytes, ISO_8859_1));
                }
            }
        }
    }

    @Test
    void compresses_thirteen_equal_bytes_and_not_twelve() {
        // Python: len(zlib.compress(b'a' * 13)) == 11, and so for twelve
        assertThat(Zlib.compressIfShorter("a".repeat(13).getBytes(ISO_8859_1))).hasSize(11);
        assertThat(Zlib.compressIfShorter("a".repeat(12).getBytes(ISO_8859_1))).isNull();
    }

    /** What compresses best for its length: few symbols, in runs and repeats. */
    private static byte[] fewSymbols(Random random, int length, int symbols) {
        var bytes = new byte[length];
        int first = random.nextInt(256);
        for (int i = 0; i < length; i++) {
            boolean repeat = i > 3 && random.nextInt(symbols + 1) == 0;
            bytes[i] = repeat ? bytes[i - 1 - random.nextInt(3)] : (byte) (first + random.nextInt(symbols));
        }
        return bytes;
    }
}
