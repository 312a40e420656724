package dev.countermark;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** Bytes that one call allocates once the compiler is done with it. They do not depend on the machine's speed. */
class AllocationTest {

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final int CALLS = 1_000;
    /** How long the compiler, which works beside us, may take on a busy machine. */
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private static final long LIMIT = 700;

    private final TimedTokens<String> tokens =
            Tokens.of(TestKeys.KEYS, "allocation", Codec.text()).expiringAfter(Duration.ofDays(1));
    private final String token = tokens.sign("user-0123456789.report-0000007");

    private Object last = "";

    /**
     * The fewest bytes of many batches, ended by the first within the limit: compiled code allocates less than interpreted
     * code, and nobody can say after how many calls it is there. A call that needs more never gets there.
     */
    private long bytesPerCall(Supplier<Object> call) {
        long fewest = Long.MAX_VALUE;
        for (long start = System.nanoTime(); fewest > LIMIT && System.nanoTime() - start < PATIENCE.toNanos(); ) {
            long before = THREADS.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < CALLS; i++) {
                last = call.get();
            }
            fewest = Math.min(fewest, (THREADS.getCurrentThreadAllocatedBytes() - before) / CALLS);
        }
        return fewest;
    }

    @Test
    void signing_a_text_stays_lean() {
        assertThat(bytesPerCall(() -> tokens.sign("user-0123456789.report-0000007")))
                .isBetween(1L, LIMIT);
        assertThat(last).isInstanceOf(String.class);
    }

    @Test
    void checking_a_text_stays_lean() {
        assertThat(bytesPerCall(() -> tokens.check(token))).isBetween(1L, LIMIT);
        assertThat(last).isInstanceOf(Valid.class);
    }

    @Test
    void refusing_a_forged_text_makes_no_exception() {
        var forged = token.substring(0, token.length() - 8) + "AAAAAAAA";
        assertThat(bytesPerCall(() -> tokens.check(forged))).isBetween(1L, LIMIT);
        assertThat(last).isInstanceOf(Rejected.class);
    }
}
