package dev.countermark;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Supplier;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Bytes that one call allocates once the compiler is done with it. They do not depend on the machine's speed, but on all that
 * the compiler has seen before, and on which method it took up first: each call is measured in a virtual machine of its own,
 * and in another where that one left objects on the heap that it need not.
 */
class AllocationTest {

    private static final long LIMIT = 700;

    private static final int MACHINES = 3;

    @ParameterizedTest
    @ValueSource(strings = {"sign", "check", "refuse"})
    void a_call_with_a_text_stays_lean(String call) throws Exception {
        long fewest = bytes(call);
        for (int machine = 2; machine <= MACHINES && fewest > LIMIT; machine++) {
            fewest = Math.min(fewest, bytes(call));
        }
        assertThat(fewest).isBetween(1L, LIMIT);
    }

    private static long bytes(String call) throws Exception {
        var measuring = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Measuring.class.getName(),
                        call)
                .redirectErrorStream(true)
                .start();
        var said = new String(measuring.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        assertThat(measuring.waitFor()).as(said).isZero();
        return Long.parseLong(said);
    }

    /** Measures one call and prints its bytes. */
    static final class Measuring {

        private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        private static final int CALLS = 1_000;
        /** How long the compiler, which works beside us, may take on a busy machine. */
        private static final Duration PATIENCE = Duration.ofSeconds(20);

        private static Object last = "";

        public static void main(String[] arguments) {
            var tokens = Tokens.of(TestKeys.KEYS, "allocation", Codec.text()).expiringAfter(Duration.ofDays(1));
            var token = tokens.sign("user-0123456789.report-0000007");
            var forged = token.substring(0, token.length() - 8) + "AAAAAAAA";
            switch (arguments[0]) {
                case "sign" -> measure(String.class, () -> tokens.sign("user-0123456789.report-0000007"));
                case "check" -> measure(Valid.class, () -> tokens.check(token));
                // Makes no exception.
                default -> measure(Rejected.class, () -> tokens.check(forged));
            }
        }

        /**
         * The fewest bytes of many batches, ended by the first within the limit: compiled code allocates less than
         * interpreted code, and nobody can say after how many calls it is there. A call that needs more never gets there.
         */
        private static void measure(Class<?> result, Supplier<Object> call) {
            long fewest = Long.MAX_VALUE;
            for (long start = System.nanoTime(); fewest > LIMIT && System.nanoTime() - start < PATIENCE.toNanos(); ) {
                long before = THREADS.getCurrentThreadAllocatedBytes();
                for (int i = 0; i < CALLS; i++) {
                    last = call.get();
                }
                fewest = Math.min(fewest, (THREADS.getCurrentThreadAllocatedBytes() - before) / CALLS);
            }
            if (!result.isInstance(last)) {
                throw new IllegalStateException("this measured something else");
            }
            System.out.println(fewest);
        }
    }
}
