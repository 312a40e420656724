package dev.countermark.benchmarks;

import dev.countermark.Codec;
import dev.countermark.Tokens;
import dev.countermark.json.Json;
import java.time.Duration;
import java.util.function.IntFunction;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.infra.Blackhole;

/**
 * A call and what it is divided by, turn and turn about: sixty-four of the one, sixty-four of the other, within a twentieth of a
 * millisecond, so that a machine whose speed changes from minute to minute changes both.
 */
@State(Scope.Thread)
public class PairBenchmark {

    @Param({"textSign", "textCheck", "textRefuse", "recordSign", "recordCheck", "apiTokenCheck"})
    private String call = "textSign";

    private final ApiTokenBenchmark apiTokens = new ApiTokenBenchmark();
    private IntFunction<Object> floor = i -> i;
    private IntFunction<Object> ours = i -> i;

    /** Nanoseconds of a round. */
    @AuxCounters(AuxCounters.Type.EVENTS)
    @State(Scope.Thread)
    public static class Spent {
        public long floor;
        public long ours;
    }

    @Setup
    public void prepare() {
        if (call.startsWith("text")) {
            var texts = Tokens.of(Samples.KEYS, "benchmark", Codec.text()).expiringAfter(Duration.ofDays(1));
            var values = new String[Samples.RING];
            var valid = new String[Samples.RING];
            var forged = new String[Samples.RING];
            for (int i = 0; i < Samples.RING; i++) {
                values[i] = Samples.text(i);
                valid[i] = texts.sign(values[i]);
                forged[i] = Samples.forged(valid[i]);
            }
            floor = mac(valid);
            ours = switch (call) {
                case "textSign" -> i -> texts.sign(values[i]);
                case "textCheck" -> i -> texts.check(valid[i]);
                default -> i -> texts.check(forged[i]);
            };
        } else if (call.startsWith("record")) {
            var records = Tokens.of(Samples.KEYS, "benchmark", Json.of(Samples.Login.class))
                    .expiringAfter(Duration.ofDays(1));
            var values = new Samples.Login[Samples.RING];
            var valid = new String[Samples.RING];
            for (int i = 0; i < Samples.RING; i++) {
                values[i] = Samples.login(i);
                valid[i] = records.sign(values[i]);
            }
            floor = mac(valid);
            ours = call.equals("recordSign") ? i -> records.sign(values[i]) : i -> records.check(valid[i]);
        } else {
            apiTokens.prepare();
            var ring = new Cursor();
            var another = new Cursor();
            floor = i -> apiTokens.checkStateless(ring);
            ours = i -> apiTokens.check(another);
        }
    }

    private static IntFunction<Object> mac(String[] tokens) {
        var mac = Samples.mac("HmacSHA256");
        var signed = new byte[tokens.length][];
        for (int i = 0; i < tokens.length; i++) {
            signed[i] = Samples.signed(tokens[i]);
        }
        return i -> mac.doFinal(signed[i]);
    }

    @TearDown
    public void close() {
        apiTokens.close();
    }

    @Benchmark
    public void turn(Spent spent, Blackhole hole) {
        long begin = System.nanoTime();
        for (int i = 0; i < Samples.RING; i++) {
            hole.consume(floor.apply(i));
        }
        long middle = System.nanoTime();
        for (int i = 0; i < Samples.RING; i++) {
            hole.consume(ours.apply(i));
        }
        spent.floor += middle - begin;
        spent.ours += System.nanoTime() - middle;
    }
}
