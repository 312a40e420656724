package dev.countermark.benchmarks;

import dev.countermark.Codec;
import dev.countermark.Limits;
import dev.countermark.TimedTokens;
import dev.countermark.Tokens;
import dev.countermark.Valid;
import dev.countermark.Verdict;
import java.time.Duration;
import javax.crypto.Mac;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * Text tokens of growing values, the limits raised, beside hashing what they sign.
 *
 * <p>A megabyte takes a millisecond, so that some seconds of warming up hold too few calls for the compiler: more than a
 * quarter of its time was the platform's text methods, not yet compiled, which any program has called often that does something else as well. So
 * smaller tokens come first, of both ways of hashing.
 */
@State(Scope.Thread)
public class SizeBenchmark {

    private static final int TOKENS = 4;

    @Param({"1000", "100000", "1000000"})
    private int size = 1000;

    private final TimedTokens<String> tokens = Tokens.of(Samples.KEYS, "benchmark", Codec.text())
            .expiringAfter(Duration.ofDays(1))
            .limits(new Limits(2_000_000, 2_000_000));
    private final Mac mac = Samples.mac("HmacSHA256");
    private final String[] values = new String[TOKENS];
    private final String[] valid = new String[TOKENS];
    private final String[] forged = new String[TOKENS];
    private final byte[][] signed = new byte[TOKENS][];

    @Setup
    public void prepare() {
        for (int i = 0; i < TOKENS; i++) {
            values[i] = Samples.json(size, i);
            valid[i] = tokens.sign(values[i]);
            forged[i] = Samples.forged(valid[i]);
            signed[i] = Samples.signed(valid[i]);
        }
        warmUp(Samples.json(1_000, 0), 40_000);
        warmUp(Samples.json(40_000, 0), 12_000);
    }

    private void warmUp(String value, int times) {
        var token = tokens.sign(value);
        var other = Samples.forged(token);
        for (int i = 0; i < times; i++) {
            if (tokens.sign(value).length() != token.length()
                    || !(tokens.check(token) instanceof Valid)
                    || tokens.check(other) instanceof Valid) {
                throw new IllegalStateException("this warmed up something else");
            }
        }
    }

    @Benchmark
    public byte[] reusedMac(Cursor cursor) {
        return mac.doFinal(signed[cursor.next() % TOKENS]);
    }

    @Benchmark
    public String sign(Cursor cursor) {
        return tokens.sign(values[cursor.next() % TOKENS]);
    }

    @Benchmark
    public Verdict<String> check(Cursor cursor) {
        return tokens.check(valid[cursor.next() % TOKENS]);
    }

    @Benchmark
    public Verdict<String> refuse(Cursor cursor) {
        return tokens.check(forged[cursor.next() % TOKENS]);
    }
}
