package dev.countermark.apitokens;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class LeaseTest {

    private static final class TwoClocks implements NodeTime {

        private long nanos = Long.MAX_VALUE - 1_000_000_000L;
        private long millis = 1_800_000_000_000L;

        @Override
        public long monotonic() {
            return nanos;
        }

        @Override
        public long wall() {
            return millis;
        }

        void pass(long milliseconds) {
            nanos += milliseconds * 1_000_000;
            millis += milliseconds;
        }
    }

    private final TwoClocks time = new TwoClocks();
    private final Lease lease = new Lease(time, Duration.ofSeconds(5));

    private void renew() {
        lease.renew(lease.begin());
    }

    @Test
    void it_holds_until_its_length_after_the_poll_began_also_when_the_clock_of_nanoseconds_turns_over() {
        assertThat(lease.holds()).isFalse();
        var start = lease.begin();
        time.pass(1000);
        lease.renew(start);
        time.pass(3999);
        assertThat(lease.holds()).isTrue();
        assertThat(lease.remaining()).isEqualTo(Duration.ofMillis(1));
        time.pass(1);
        assertThat(lease.holds()).isFalse();
    }

    @Test
    void an_earlier_poll_that_ends_later_does_not_shorten_it() {
        var slow = lease.begin();
        time.pass(1000);
        renew();
        lease.renew(slow);
        time.pass(4500);
        assertThat(lease.holds()).isTrue();
    }

    @Test
    void a_machine_that_slept_has_lost_it() {
        renew();
        time.millis += 5000;
        assertThat(lease.holds()).isFalse();
        renew();
        assertThat(lease.holds()).isTrue();
    }

    @Test
    void a_clock_that_is_set_ends_it_and_the_next_poll_renews_it() {
        renew();
        time.millis -= 3600_000;
        assertThat(lease.holds()).isFalse();
        renew();
        assertThat(lease.holds()).isTrue();
        time.millis += 3600_000;
        assertThat(lease.holds()).isFalse();
        renew();
        assertThat(lease.holds()).isTrue();
    }

    @Test
    void a_clock_that_is_slewed_does_not() {
        renew();
        time.millis -= 100;
        assertThat(lease.holds()).isTrue();
        time.pass(2000);
        time.millis -= 50;
        assertThat(lease.holds()).isTrue();
    }

    @Test
    void each_clock_has_its_own_end() {
        renew();
        time.millis -= 101;
        assertThat(lease.holds()).isFalse();
        time.millis += 101 + 4999;
        assertThat(lease.holds()).isTrue();
        time.millis++;
        assertThat(lease.holds()).isFalse();
        renew();
        time.nanos += 4_999_999_999L;
        assertThat(lease.holds()).isTrue();
        time.nanos++;
        assertThat(lease.holds()).isFalse();
    }

    @Test
    void it_says_how_old_it_is_and_how_long_it_lasts() {
        assertThat(lease.length()).isEqualTo(Duration.ofSeconds(5));
        assertThat(lease.remaining()).isZero();
        assertThat(lease.age()).isGreaterThan(Duration.ofDays(36_500));
        renew();
        time.pass(1200);
        assertThat(lease.age()).isEqualTo(Duration.ofMillis(1200));
        assertThat(lease.remaining()).isEqualTo(Duration.ofMillis(3800));
        time.pass(3800);
        assertThat(lease.age()).isEqualTo(Duration.ofSeconds(5));
        assertThat(lease.remaining()).isZero();
        renew();
        lease.cancel();
        assertThat(lease.holds()).isFalse();
        assertThat(lease.remaining()).isZero();
    }
}
