package dev.countermark.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.countermark.Keyring;
import dev.countermark.Rejected;
import dev.countermark.SigningKey;
import dev.countermark.Tokens;
import dev.countermark.Valid;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Supplier;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Bytes that one call with a record allocates, Jackson included, once the compiler is done with it; each in a virtual machine
 * of its own, because the compiler's work depends on all that it has seen before.
 */
class RecordAllocationTest {

    record Login(String id) {}

    /** Refusing a forged one parses nothing and makes no exception. */
    @ParameterizedTest
    @CsvSource({"sign, 1300", "check, 2000", "refuse, 700"})
    void a_call_with_a_record_stays_lean(String call, long limit) throws Exception {
        var measuring = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Measuring.class.getName(),
                        call,
                        Long.toString(limit))
                .redirectErrorStream(true)
                .start();
        var said = new String(measuring.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        assertThat(measuring.waitFor()).as(said).isZero();
        assertThat(Long.parseLong(said)).isBetween(1L, limit);
    }

    /** Measures one call and prints its bytes. */
    static final class Measuring {

        private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        private static final int CALLS = 1_000;
        /** How long the compiler, which works beside us, may take on a busy machine. */
        private static final Duration PATIENCE = Duration.ofMinutes(1);

        private static Object last = "";

        public static void main(String[] arguments) {
            var tokens = Tokens.of(Keyring.of(SigningKey.generate()), "allocation", Json.of(Login.class))
                    .expiringAfter(Duration.ofDays(1));
            var login = new Login("foobar");
            var token = tokens.sign(login);
            var forged = token.substring(0, token.length() - 8) + "AAAAAAAA";
            long limit = Long.parseLong(arguments[1]);
            switch (arguments[0]) {
                case "sign" -> measure(limit, String.class, () -> tokens.sign(login));
                case "check" -> measure(limit, Valid.class, () -> tokens.check(token));
                default -> measure(limit, Rejected.class, () -> tokens.check(forged));
            }
        }

        /** The fewest bytes of many batches, ended by the first within the limit. */
        private static void measure(long limit, Class<?> result, Supplier<Object> call) {
            long fewest = Long.MAX_VALUE;
            for (long start = System.nanoTime(); fewest > limit && System.nanoTime() - start < PATIENCE.toNanos(); ) {
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
