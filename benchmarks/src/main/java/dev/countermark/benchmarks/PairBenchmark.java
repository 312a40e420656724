package dev.countermark.benchmarks;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.infra.Blackhole;

/**
 * A call and what it is divided by, turn and turn about: sixty-four of the one, sixty-four of the other, for short calls within a
 * twentieth of a millisecond, so that a machine whose speed changes from minute to minute changes both.
 */
@State(Scope.Thread)
public class PairBenchmark {

    @Param({
        "digests",
        "textSign",
        "textCheck",
        "textRefuse",
        "recordSign",
        "recordCheck",
        "apiTokenCheck",
        "jwsSign",
        "jwsCheck",
        "jwsRefuse",
        "jwsBytesSign",
        "jwsBytesCheck",
        "signPlainly13",
        "signPlainly24",
        "deflate300",
        "inflate300",
        "deflate10000",
        "inflate10000"
    })
    private String call = "textSign";

    private Pair pair = new Pair(i -> i, i -> i, () -> {});

    @Setup
    public void prepare() throws Exception {
        pair = Pair.of(call);
    }

    @TearDown
    public void close() {
        pair.close().run();
    }

    @Benchmark
    public void turn(Spent spent, Blackhole hole) throws Exception {
        var floor = pair.floor();
        var ours = pair.ours();
        long begin = System.nanoTime();
        for (int i = 0; i < Samples.RING; i++) {
            hole.consume(floor.of(i));
        }
        long middle = System.nanoTime();
        for (int i = 0; i < Samples.RING; i++) {
            hole.consume(ours.of(i));
        }
        spent.add(middle - begin, System.nanoTime() - middle);
    }
}
