package dev.countermark.benchmarks;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.countermark.Body;
import dev.countermark.Codec;
import dev.countermark.DatedTokens;
import dev.countermark.Tokens;
import dev.countermark.Verdict;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** "Compress when it is shorter", as itsdangerous does it, beside the bare Deflater and Inflater and beside none. */
@State(Scope.Benchmark)
public class CompressionBenchmark {

    @Param({"13", "24", "300", "10000"})
    private int size = 300;

    private final DatedTokens<byte[]> compressing = Tokens.of(Samples.KEYS, "benchmark", Codec.bytes())
            .body(Body.URL_SAFE_COMPRESSED)
            .dated();
    private final DatedTokens<byte[]> plain =
            Tokens.of(Samples.KEYS, "benchmark", Codec.bytes()).dated();
    private byte[] payload = {};
    private byte[] deflated = {};
    private String token = "";

    @Setup
    public void prepare() {
        payload = Samples.json(size).getBytes(US_ASCII);
        deflated = bareDeflater();
        token = compressing.sign(payload);
    }

    @Benchmark
    public String signCompressing() {
        return compressing.sign(payload);
    }

    @Benchmark
    public String signPlain() {
        return plain.sign(payload);
    }

    @Benchmark
    public Verdict<byte[]> checkCompressed() {
        return compressing.check(token);
    }

    @Benchmark
    public byte[] bareDeflater() {
        var deflater = new Deflater();
        deflater.setInput(payload);
        deflater.finish();
        var buffer = new byte[payload.length + 64];
        int length = deflater.deflate(buffer);
        deflater.end();
        return java.util.Arrays.copyOf(buffer, length);
    }

    @Benchmark
    public byte[] bareInflater() throws DataFormatException {
        var inflater = new Inflater();
        inflater.setInput(deflated);
        var buffer = new byte[payload.length];
        inflater.inflate(buffer);
        inflater.end();
        return buffer;
    }
}
