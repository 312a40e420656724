package dev.countermark.benchmarks;

import dev.countermark.Codec;
import dev.countermark.TimedTokens;
import dev.countermark.Tokens;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadFactory;
import java.util.function.IntFunction;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;

/** A fresh virtual thread for each call, a thousand at a time. Needs a JDK that has them. */
@State(Scope.Benchmark)
public class VirtualThreadBenchmark {

    private static final int THREADS = 1000;

    private final TimedTokens<String> tokens =
            Tokens.of(Samples.KEYS, "benchmark", Codec.text()).expiringAfter(Duration.ofDays(1));
    private final String[] values = new String[Samples.RING];
    private final String[] valid = new String[Samples.RING];
    private ThreadFactory virtual = Thread::new;

    @Setup
    public void prepare() throws ReflectiveOperationException {
        // By reflection, because this compiles for JDK 17.
        var builder = Thread.class.getMethod("ofVirtual").invoke(null);
        virtual = (ThreadFactory)
                Class.forName("java.lang.Thread$Builder").getMethod("factory").invoke(builder);
        for (int i = 0; i < Samples.RING; i++) {
            values[i] = Samples.text(i);
            valid[i] = tokens.sign(values[i]);
        }
    }

    private void each(IntFunction<Object> call, Blackhole results) throws InterruptedException {
        var done = new CountDownLatch(THREADS);
        for (int n = 0; n < THREADS; n++) {
            int i = n & Samples.RING - 1;
            virtual.newThread(() -> {
                        results.consume(call.apply(i));
                        done.countDown();
                    })
                    .start();
        }
        done.await();
    }

    @Benchmark
    @OperationsPerInvocation(THREADS)
    public void nothing(Blackhole results) throws InterruptedException {
        each(i -> valid[i], results);
    }

    @Benchmark
    @OperationsPerInvocation(THREADS)
    public void sign(Blackhole results) throws InterruptedException {
        each(i -> tokens.sign(values[i]), results);
    }

    @Benchmark
    @OperationsPerInvocation(THREADS)
    public void check(Blackhole results) throws InterruptedException {
        each(i -> tokens.check(valid[i]), results);
    }
}
