package dev.countermark.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.countermark.Keyring;
import dev.countermark.Rejected;
import dev.countermark.SigningKey;
import dev.countermark.TimedTokens;
import dev.countermark.Tokens;
import dev.countermark.Valid;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** Bytes that one call with a record allocates, Jackson included, once the compiler is done with it. */
class RecordAllocationTest {

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final int CALLS = 1_000;
    /** How long the compiler, which works beside us, may take on a busy machine. */
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    record Login(String id) {}

    private final TimedTokens<Login> tokens = Tokens.of(
                    Keyring.of(SigningKey.generate()), "allocation", Json.of(Login.class))
            .expiringAfter(Duration.ofDays(1));
    private final String token = tokens.sign(new Login("foobar"));

    private Object last = "";

    /** The fewest bytes of many batches, ended by the first within the limit. */
    private long bytesPerCall(long limit, Supplier<Object> call) {
        long fewest = Long.MAX_VALUE;
        for (long start = System.nanoTime(); fewest > limit && System.nanoTime() - start < PATIENCE.toNanos(); ) {
            long before = THREADS.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < CALLS; i++) {
                last = call.get();
            }
            fewest = Math.min(fewest, (THREADS.getCurrentThreadAllocatedBytes() - before) / CALLS);
        }
        return fewest;
    }

    @Test
    void signing_a_record_stays_lean() {
        var login = new Login("foobar");
        assertThat(bytesPerCall(1_300, () -> tokens.sign(login))).isBetween(1L, 1_300L);
        assertThat(last).isInstanceOf(String.class);
    }

    @Test
    void checking_a_record_stays_lean() {
        assertThat(bytesPerCall(2_000, () -> tokens.check(token))).isBetween(1L, 2_000L);
        assertThat(last).isInstanceOf(Valid.class);
    }

    @Test
    void refusing_a_forged_record_parses_nothing_and_makes_no_exception() {
        var forged = token.substring(0, token.length() - 8) + "AAAAAAAA";
        assertThat(bytesPerCall(700, () -> tokens.check(forged))).isBetween(1L, 700L);
        assertThat(last).isInstanceOf(Rejected.class);
    }
}
