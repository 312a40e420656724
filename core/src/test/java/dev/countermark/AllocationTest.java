package dev.countermark;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** Bytes that one call allocates. They do not depend on the machine's speed; the limits leave room for other JDKs. */
class AllocationTest {

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final int CALLS = 100;

    /** Half of it the two digests of the signature. One more copy of the token, or an exception, is noticed. */
    private static final long LIMIT = 1350;

    private final TimedTokens<String> tokens =
            Tokens.of(TestKeys.KEYS, "allocation", Codec.text()).expiringAfter(Duration.ofDays(1));
    private final String token = tokens.sign("user-0123456789.report-0000007");

    private Object last = "";

    /** Counted before the compiler has removed anything, so that the number is the same in every run. */
    private long bytesPerCall(Supplier<Object> call) {
        for (int i = 0; i < 20; i++) {
            last = call.get();
        }
        long before = THREADS.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < CALLS; i++) {
            last = call.get();
        }
        return (THREADS.getCurrentThreadAllocatedBytes() - before) / CALLS;
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
