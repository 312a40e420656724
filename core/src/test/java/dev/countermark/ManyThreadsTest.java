package dev.countermark;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

class ManyThreadsTest {

    private static final int THREADS = 8;
    private static final int SIGNATURES = 250_000;

    @Test
    void eight_threads_sign_and_check_on_one_instance_without_a_wrong_signature() throws Exception {
        var tokens = Tokens.of(TestKeys.KEYS, "login", Codec.text())
                .expiringAfter(Duration.ofHours(1))
                .clock(TestKeys.at(TestKeys.NOW));
        // Python: TimestampSigner(key, salt="login", digest_method=sha256, key_derivation="hmac").sign("foobar")
        var expected = "foobar.ZVPxAA.bNt5Js4PXIj7sf4VuG5K595eD2_pZlvBsw8qrwaKgqM";
        Callable<Integer> work = () -> {
            int wrong = 0;
            for (int i = 0; i < SIGNATURES; i++) {
                var token = tokens.sign("foobar");
                if (!token.equals(expected) || !(tokens.check(token) instanceof Valid<String>)) {
                    wrong++;
                }
            }
            return wrong;
        };
        var pool = Executors.newFixedThreadPool(THREADS);
        try {
            var all = new ArrayList<Callable<Integer>>();
            for (int i = 0; i < THREADS; i++) {
                all.add(work);
            }
            for (var result : pool.invokeAll(all)) {
                assertThat(result.get()).isZero();
            }
        } finally {
            pool.shutdownNow();
        }
    }
}
