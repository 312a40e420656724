package dev.countermark.server.leaked;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class MinuteBudgetTest {

    private static final long BEGIN = Long.MAX_VALUE - 5;

    private final MinuteBudget budget = new MinuteBudget(2, BEGIN);

    @Test
    void what_is_above_the_number_waits_for_the_next_minute() {
        assertThat(budget.take(BEGIN)).isTrue();
        assertThat(budget.take(BEGIN + 1)).isTrue();
        assertThat(budget.take(BEGIN + Duration.ofSeconds(60).toNanos() - 1)).isFalse();
        assertThat(budget.take(BEGIN + Duration.ofSeconds(60).toNanos())).isTrue();
    }

    @Test
    void minutes_in_which_nothing_came_are_not_saved_up() {
        long later = BEGIN + Duration.ofHours(1).toNanos();
        assertThat(budget.take(later)).isTrue();
        assertThat(budget.take(later)).isTrue();
        assertThat(budget.take(later)).isFalse();
    }
}
