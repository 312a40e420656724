package dev.countermark.benchmarks;

import dev.countermark.TimedTokens;
import dev.countermark.Tokens;
import dev.countermark.Verdict;
import dev.countermark.json.Json;
import java.time.Duration;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Timed URL-safe tokens of a record of one field, Jackson included. */
@State(Scope.Benchmark)
public class RecordTokenBenchmark {

    private final TimedTokens<Samples.Login> tokens =
            Tokens.of(Samples.KEYS, "benchmark", Json.of(Samples.Login.class)).expiringAfter(Duration.ofDays(1));
    private final String token = tokens.sign(Samples.LOGIN);
    private final String forged = Samples.forged(token);

    @Benchmark
    public String sign() {
        return tokens.sign(Samples.LOGIN);
    }

    @Benchmark
    public Verdict<Samples.Login> check() {
        return tokens.check(token);
    }

    @Benchmark
    public Verdict<Samples.Login> checkForged() {
        return tokens.check(forged);
    }
}
