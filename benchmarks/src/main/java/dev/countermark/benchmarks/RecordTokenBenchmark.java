package dev.countermark.benchmarks;

import dev.countermark.TimedTokens;
import dev.countermark.Tokens;
import dev.countermark.Verdict;
import dev.countermark.json.Json;
import java.time.Duration;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Timed URL-safe tokens of a record, Jackson included. */
@State(Scope.Benchmark)
public class RecordTokenBenchmark {

    private final TimedTokens<Samples.Login> records =
            Tokens.of(Samples.KEYS, "benchmark", Json.of(Samples.Login.class)).expiringAfter(Duration.ofDays(1));
    private final TimedTokens<Samples.Profile> bigRecords =
            Tokens.of(Samples.KEYS, "benchmark", Json.of(Samples.Profile.class)).expiringAfter(Duration.ofDays(1));

    private final Samples.Login[] small = new Samples.Login[Samples.RING];
    private final Samples.Profile[] big = new Samples.Profile[Samples.RING];
    private final String[] valid = new String[Samples.RING];
    private final String[] validBig = new String[Samples.RING];
    private final String[] forged = new String[Samples.RING];

    @Setup
    public void prepare() {
        for (int i = 0; i < Samples.RING; i++) {
            small[i] = Samples.login(i);
            big[i] = Samples.profile(i);
            valid[i] = records.sign(small[i]);
            validBig[i] = bigRecords.sign(big[i]);
            forged[i] = Samples.forged(valid[i]);
        }
    }

    @Benchmark
    public String signSmall(Cursor cursor) {
        return records.sign(small[cursor.next()]);
    }

    @Benchmark
    public Verdict<Samples.Login> checkSmall(Cursor cursor) {
        return records.check(valid[cursor.next()]);
    }

    @Benchmark
    public Verdict<Samples.Login> refuseSmall(Cursor cursor) {
        return records.check(forged[cursor.next()]);
    }

    @Benchmark
    public String signBig(Cursor cursor) {
        return bigRecords.sign(big[cursor.next()]);
    }

    @Benchmark
    public Verdict<Samples.Profile> checkBig(Cursor cursor) {
        return bigRecords.check(validBig[cursor.next()]);
    }
}
