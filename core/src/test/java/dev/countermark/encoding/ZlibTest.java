package dev.countermark.encoding;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Base64;
import java.util.Random;
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
