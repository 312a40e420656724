package dev.countermark.benchmarks;

import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.infra.Blackhole;

/**
 * How often one thread makes a call while the other sleeps, and how often two make it at once, turn and turn about within a second. What
 * the hardware allows is the row {@code digests}, which shares nothing at all.
 *
 * <p>One that wakes up does so on the first one's processor more often than not, and is moved to the idle one some time later: so the
 * calls of the first tenth of a second of both do not count.
 */
@State(Scope.Thread)
public class TwoThreadsBenchmark {

    private static final long LEAD = TimeUnit.MILLISECONDS.toNanos(100);
    private static final long COUNTED = TimeUnit.MILLISECONDS.toNanos(200);

    @Param({"digests", "textSign", "textCheck", "recordSign", "recordCheck", "apiTokenCheck"})
    private String call = "textSign";

    private Pair pair = new Pair(i -> i, i -> i, () -> {});
    private final Thread other = new Thread(this::work, "other");

    /** When the other begins to count, by {@link System#nanoTime}; 0 while it has nothing to do. */
    private volatile long begin;

    private volatile long counted;
    private volatile boolean over;

    /** Takes results, so that the compiler makes them; a field would be a place that both write to. */
    private @Nullable Blackhole hole;

    @Setup
    public void prepare() throws Exception {
        pair = Pair.of(call);
        other.start();
    }

    @TearDown
    public void close() throws InterruptedException {
        over = true;
        LockSupport.unpark(other);
        other.join();
        pair.close().run();
    }

    private void work() {
        while (!over) {
            long at = begin;
            if (at == 0) {
                LockSupport.park();
                continue;
            }
            try {
                counted = callsFrom(at, Objects.requireNonNull(hole));
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
            begin = 0;
        }
    }

    @Benchmark
    public void turn(Spent spent, Blackhole hole) throws Exception {
        long one = callsFrom(System.nanoTime(), hole);

        this.hole = hole;
        long at = System.nanoTime() + LEAD;
        begin = at;
        LockSupport.unpark(other);
        long both = callsFrom(at, hole);
        while (begin != 0) {
            Thread.onSpinWait();
        }
        both += counted;

        // Time that each of two takes for a call, to the time of one alone.
        spent.floor += both;
        spent.ours += 2 * one;
    }

    /** Calls until the time is over; answers how many of them came after its begin. */
    private long callsFrom(long begin, Blackhole hole) throws Exception {
        var one = pair.ours();
        long counted = 0;
        while (true) {
            long now = System.nanoTime();
            if (now - begin > COUNTED) {
                return counted;
            }
            for (int i = 0; i < Samples.RING; i++) {
                hole.consume(one.of(i));
            }
            if (now - begin >= 0) {
                counted += Samples.RING;
            }
        }
    }
}
