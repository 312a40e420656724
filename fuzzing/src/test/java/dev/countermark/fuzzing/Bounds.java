package dev.countermark.fuzzing;

import com.sun.management.ThreadMXBean;
import dev.countermark.BadTokenException;
import dev.countermark.Valid;
import dev.countermark.Verdict;
import java.lang.management.ManagementFactory;
import java.util.function.Supplier;

/**
 * What every check keeps to: a verdict or our own exception, and within 20 ms and 2 MiB.
 *
 * <p>Time and memory count in real runs only ({@code fuzz.sh}), as time of this thread's processor, so that neither a
 * busy machine nor a stopped process looks like a slow token; the least of three calls, because the first ones load
 * classes.
 */
final class Bounds {

    private static final boolean MEASURED = Boolean.getBoolean("countermark.fuzzing");
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final long MOST_NANOSECONDS = 20_000_000;
    private static final long MOST_BYTES = 2 << 20;

    /** Jazzer's hooks of comparisons of texts allocate ten times what a check does that compares many short ones. */
    private static final long MOST_BYTES_WITH_HOOKS = 16 << 20;

    private static final int CALLS = 3;

    /** So that nothing which is called for its own sake is left out. */
    private static int lookedAt;

    private Bounds() {}

    /** What the call returns; it may throw nothing. */
    static <T> T held(Supplier<T> call) {
        return held(call, MOST_BYTES);
    }

    private static <T> T held(Supplier<T> call, long mostBytes) {
        long cpu = Long.MAX_VALUE;
        long bytes = Long.MAX_VALUE;
        for (int i = 0; i < CALLS; i++) {
            long cpuBefore = THREADS.getCurrentThreadCpuTime();
            long bytesBefore = THREADS.getCurrentThreadAllocatedBytes();
            var result = call.get();
            bytes = Math.min(bytes, THREADS.getCurrentThreadAllocatedBytes() - bytesBefore);
            cpu = Math.min(cpu, THREADS.getCurrentThreadCpuTime() - cpuBefore);
            if (!MEASURED || cpu <= MOST_NANOSECONDS && bytes <= mostBytes) {
                return result;
            }
        }
        throw new AssertionError("one check took " + cpu / 1_000 + " µs and " + bytes + " bytes");
    }

    /** A verdict, looked at from all sides. */
    static <V extends Verdict<?>> V verdict(Supplier<V> check) {
        return lookedAt(held(check));
    }

    /** As {@link #verdict}, where hooks allocate most; what the check itself allocates is bounded by a test of its module. */
    static <V extends Verdict<?>> V verdictOnManyTexts(Supplier<V> check) {
        return lookedAt(held(check, MOST_BYTES_WITH_HOOKS));
    }

    private static <V extends Verdict<?>> V lookedAt(V verdict) {
        lookedAt += verdict.toString().length();
        verdict.detail().ifPresent(detail -> lookedAt += detail.toString().length());
        if (!(verdict instanceof Valid)) {
            try {
                verdict.orThrow();
                throw new AssertionError("a verdict that is not valid has no value to give");
            } catch (BadTokenException e) {
                lookedAt += String.valueOf(e.getMessage()).length();
            }
        }
        return verdict;
    }

    /** Said at the start of a target: a good token is accepted, so what the fuzzer tries is read to the end. */
    static void reaches(Verdict<?> verdict) {
        if (!(verdict instanceof Valid)) {
            throw new IllegalStateException("the target's own token is refused: " + verdict);
        }
    }
}
