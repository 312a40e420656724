package dev.countermark.benchmarks.load;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;

/**
 * Notices when the machine itself is slow, as a virtual one is whose host has other work: the same piece of arithmetic,
 * without memory or system calls, is done every two milliseconds, and takes more of the processor's time then.
 *
 * <p>It is the time that this thread has the processor which counts: one that has to wait for a processor, because a server is
 * busy, is not slow.
 */
final class Slowness extends Thread {

    private static final long NANOS_BETWEEN = TimeUnit.MILLISECONDS.toNanos(2);
    private static final int STEPS = 20_000;

    /** So many times what it takes in the middle is slow. */
    private static final int SLOW = 3;

    /** A request counts as disturbed that was due so long before slowness was seen, or after: what has gathered is worked off. */
    private static final long NANOS_BEFORE = TimeUnit.MILLISECONDS.toNanos(10);

    private static final long NANOS_AFTER = TimeUnit.MILLISECONDS.toNanos(50);

    private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    private final long[] at;
    private final long[] took;
    private int looks;
    private volatile boolean over;
    private long result = 1;

    Slowness(int seconds) {
        super("slowness");
        at = new long[(int) (TimeUnit.SECONDS.toNanos(seconds) / NANOS_BETWEEN)];
        took = new long[at.length];
        setDaemon(true);
    }

    @Override
    public void run() {
        while (!over && looks < at.length) {
            long before = threads.getCurrentThreadCpuTime();
            result = arithmetic(result);
            took[looks] = threads.getCurrentThreadCpuTime() - before;
            at[looks++] = System.nanoTime();
            LockSupport.parkNanos(NANOS_BETWEEN);
        }
    }

    /** Each step needs the result of the one before. */
    private static long arithmetic(long value) {
        for (int i = 0; i < STEPS; i++) {
            value = value * 6364136223846793005L + 1442695040888963407L;
        }
        return value;
    }

    /** How many looks were slow, and how slow the slowest was; the watch must be over. */
    @Override
    public String toString() {
        long usual = usual();
        long slow = IntStream.range(0, looks)
                .filter(look -> took[look] > SLOW * usual)
                .count();
        long slowest = Arrays.stream(took, 0, looks).max().orElse(0);
        return String.format(
                Locale.ROOT, "slow in %.1f %% of the time, at worst %d times", 100.0 * slow / looks, slowest / usual);
    }

    private long usual() {
        var sorted = Arrays.copyOf(took, looks);
        Arrays.sort(sorted);
        return sorted[looks / 2];
    }

    /** Ends the watch; answers, for each time of {@link System#nanoTime} in ascending order, whether it was disturbed. */
    boolean[] disturbed(long[] times) throws InterruptedException {
        over = true;
        join();
        long usual = usual();
        var disturbed = new boolean[times.length];
        int first = 0;
        for (int look = 0; look < looks; look++) {
            if (took[look] <= SLOW * usual) {
                continue;
            }
            while (first < times.length && times[first] < at[look] - NANOS_BEFORE) {
                first++;
            }
            for (int i = first; i < times.length && times[i] <= at[look] + NANOS_AFTER; i++) {
                disturbed[i] = true;
            }
        }
        return disturbed;
    }
}
