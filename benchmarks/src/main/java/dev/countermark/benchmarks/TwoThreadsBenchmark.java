package dev.countermark.benchmarks;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * One thread and two, turn and turn about: some thousand calls by one while the other waits, then as many by each at once. What the
 * hardware allows is the row {@code digests}, which shares nothing at all. The other waits awake: one that sleeps wakes up on the first
 * one's processor more often than not, and stays there for milliseconds.
 */
@State(Scope.Thread)
public class TwoThreadsBenchmark {

    private static final int CALLS = 8192;

    @Param({"digests", "textSign", "textCheck", "recordSign", "recordCheck", "apiTokenCheck"})
    private String call = "textSign";

    private Pair pair = new Pair(i -> i, i -> i, () -> {});
    private final Thread other = new Thread(this::work, "other");
    private volatile int asked;
    private volatile int done;
    private volatile boolean over;

    /** Where results go, so that the compiler makes them. */
    private Object mine = "";

    private Object others = "";

    @Setup
    public void prepare() throws Exception {
        pair = Pair.of(call);
        other.start();
    }

    @TearDown
    public void close() throws InterruptedException {
        over = true;
        other.join();
        pair.close().run();
    }

    private void work() {
        int seen = 0;
        while (!over) {
            int now = asked;
            if (now == seen) {
                Thread.onSpinWait();
                continue;
            }
            seen = now;
            try {
                for (int i = 0; i < CALLS; i++) {
                    others = pair.ours().of(i & Samples.RING - 1);
                }
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
            done = now;
        }
    }

    @Benchmark
    public Object turn(Spent spent) throws Exception {
        long begin = System.nanoTime();
        calls();
        long one = System.nanoTime() - begin;

        int turn = asked + 1;
        long both = System.nanoTime();
        asked = turn;
        calls();
        while (done != turn) {
            Thread.onSpinWait();
        }
        spent.add(one, System.nanoTime() - both);
        return others;
    }

    private void calls() throws Exception {
        for (int i = 0; i < CALLS; i++) {
            mine = pair.ours().of(i & Samples.RING - 1);
        }
    }
}
