package dev.countermark.server.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class LoginAttemptsTest {

    private final AtomicReference<Instant> time = new AtomicReference<>(Instant.parse("2026-11-26T12:00:00Z"));
    private final LoginAttempts attempts = new LoginAttempts(time::get);

    private void refuse(String address, int times) {
        for (int i = 0; i < times; i++) {
            attempts.refused(address);
        }
    }

    @Test
    void ten_a_minute_for_each_address() {
        refuse("192.0.2.1", LoginAttempts.MOST - 1);
        assertThat(attempts.allows("192.0.2.1")).isTrue();
        refuse("192.0.2.1", 1);
        assertThat(attempts.allows("192.0.2.1")).isFalse();
        assertThat(attempts.allows("192.0.2.2")).isTrue();
        time.updateAndGet(now -> now.plus(LoginAttempts.WINDOW));
        assertThat(attempts.allows("192.0.2.1")).isTrue();
    }

    @Test
    void a_network_of_ipv6_is_one_address() {
        refuse("2001:db8:0:1:0:0:0:1", LoginAttempts.MOST);
        assertThat(attempts.allows("2001:db8:0:1:ffff:0:0:2")).isFalse();
        assertThat(attempts.allows("2001:db8:0:2:0:0:0:1")).isTrue();
    }

    @Test
    void a_clock_that_is_set_back_shuts_nobody_out() {
        refuse("192.0.2.1", LoginAttempts.MOST);
        time.updateAndGet(now -> now.minus(Duration.ofDays(1)));
        assertThat(attempts.allows("192.0.2.1")).isTrue();
    }

    @Test
    void memory_is_bounded() {
        refuse("192.0.2.1", LoginAttempts.MOST);
        for (int i = 0; i < 10_000; i++) {
            attempts.refused("10.0." + i / 256 + "." + i % 256);
        }
        assertThat(attempts.allows("192.0.2.1")).isTrue();
    }
}
