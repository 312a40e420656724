package dev.countermark.benchmarks;

import dev.countermark.Codec;
import dev.countermark.TimedTokens;
import dev.countermark.Tokens;
import dev.countermark.Verdict;
import java.time.Duration;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Dated text tokens of a 30-byte value: the layout of Python's TimestampSigner. */
@State(Scope.Benchmark)
public class TextTokenBenchmark {

    private final TimedTokens<String> tokens =
            Tokens.of(Samples.KEYS, "benchmark", Codec.text()).expiringAfter(Duration.ofDays(1));
    private final String token = tokens.sign(Samples.TEXT);
    private final String forged = Samples.forged(token);

    @Benchmark
    public String sign() {
        return tokens.sign(Samples.TEXT);
    }

    @Benchmark
    public Verdict<String> check() {
        return tokens.check(token);
    }

    @Benchmark
    public Verdict<String> checkForged() {
        return tokens.check(forged);
    }
}
