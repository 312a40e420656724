package dev.countermark.benchmarks;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.countermark.Body;
import dev.countermark.Codec;
import dev.countermark.DatedTokens;
import dev.countermark.Tokens;
import dev.countermark.Verdict;
import dev.countermark.encoding.Zlib;
import java.util.Arrays;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** "Compress when it is shorter", as itsdangerous does it, beside one reused Deflater or Inflater and beside none. */
@State(Scope.Thread)
public class CompressionBenchmark {

    @Param({"13", "24", "300", "10000"})
    private int size = 300;

    private final DatedTokens<byte[]> plain =
            Tokens.of(Samples.KEYS, "benchmark", Codec.bytes()).dated();
    private final DatedTokens<byte[]> compressing = plain.body(Body.URL_SAFE_COMPRESSED);
    private final Deflater deflater = new Deflater();
    private final Inflater inflater = new Inflater();
    private final byte[][] payloads = new byte[Samples.RING][];
    private final byte[][] streams = new byte[Samples.RING][];
    private final String[] tokens = new String[Samples.RING];
    private byte[] buffer = {};

    /** Payloads of a size, ready. */
    static CompressionBenchmark of(int size) {
        var benchmark = new CompressionBenchmark();
        benchmark.size = size;
        benchmark.prepare();
        return benchmark;
    }

    @Setup
    public void prepare() {
        buffer = new byte[size + 64];
        for (int i = 0; i < Samples.RING; i++) {
            payloads[i] = Samples.json(size, i).getBytes(US_ASCII);
            streams[i] = Zlib.compress(payloads[i]);
            tokens[i] = compressing.sign(payloads[i]);
            if (tokens[i].startsWith(".") != size > 24) {
                throw new IllegalStateException(size + " bytes were to be compressed only above 24");
            }
        }
    }

    @Benchmark
    public String signCompressing(Cursor cursor) {
        return signCompressing(cursor.next());
    }

    String signCompressing(int i) {
        return compressing.sign(payloads[i]);
    }

    @Benchmark
    public String signPlain(Cursor cursor) {
        return signPlain(cursor.next());
    }

    String signPlain(int i) {
        return plain.sign(payloads[i]);
    }

    @Benchmark
    public Verdict<byte[]> checkCompressed(Cursor cursor) {
        return checkCompressed(cursor.next());
    }

    Verdict<byte[]> checkCompressed(int i) {
        return compressing.check(tokens[i]);
    }

    @Benchmark
    public byte[] bareDeflater(Cursor cursor) {
        return bareDeflater(cursor.next());
    }

    byte[] bareDeflater(int i) {
        deflater.reset();
        deflater.setInput(payloads[i]);
        deflater.finish();
        return Arrays.copyOf(buffer, deflater.deflate(buffer));
    }

    @Benchmark
    public byte[] bareInflater(Cursor cursor) throws DataFormatException {
        return bareInflater(cursor.next());
    }

    byte[] bareInflater(int i) throws DataFormatException {
        inflater.reset();
        inflater.setInput(streams[i]);
        return Arrays.copyOf(buffer, inflater.inflate(buffer));
    }
}
