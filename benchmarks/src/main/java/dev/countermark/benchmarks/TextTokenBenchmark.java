package dev.countermark.benchmarks;

import dev.countermark.Codec;
import dev.countermark.TimedTokens;
import dev.countermark.Tokens;
import dev.countermark.Verdict;
import java.time.Duration;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Dated text tokens of a 30-byte value: the layout of Python's TimestampSigner. */
@State(Scope.Benchmark)
public class TextTokenBenchmark {

    private final TimedTokens<String> tokens =
            Tokens.of(Samples.KEYS, "benchmark", Codec.text()).expiringAfter(Duration.ofDays(1));
    private final String[] values = new String[Samples.RING];
    private final String[] valid = new String[Samples.RING];
    private final String[] forged = new String[Samples.RING];

    @Setup
    public void prepare() {
        for (int i = 0; i < Samples.RING; i++) {
            values[i] = Samples.text(i);
            valid[i] = tokens.sign(values[i]);
            forged[i] = Samples.forged(valid[i]);
        }
    }

    @Benchmark
    public String sign(Cursor cursor) {
        return tokens.sign(values[cursor.next()]);
    }

    @Benchmark
    public Verdict<String> check(Cursor cursor) {
        return tokens.check(valid[cursor.next()]);
    }

    @Benchmark
    public Verdict<String> refuse(Cursor cursor) {
        return tokens.check(forged[cursor.next()]);
    }
}
