package dev.countermark.apitokens;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.HashMap;
import org.junit.jupiter.api.Test;

class IdTableTest {

    private final IdTable table = new IdTable();

    @Test
    void the_last_place_is_followed_by_the_first() {
        for (int i = 1; i <= 10; i++) {
            table.put(-1, i, 100 + i);
        }
        table.put(1, 1, 7);
        for (int i = 1; i <= 10; i++) {
            assertThat(table.get(-1, i)).isEqualTo(100 + i);
        }
        assertThat(table.get(-1, 11)).isEqualTo(IdTable.ABSENT);
        assertThat(table.get(1, 1)).isEqualTo(7);
        assertThat(table.get(2, 1)).isEqualTo(IdTable.ABSENT);
        assertThat(table.lacks(-1)).isFalse();
        assertThat(table.lacks(1)).isFalse();
        assertThat(table.lacks(2)).isTrue();
    }

    /** 16 places of 24 bytes at first; at most three quarters of them full, then half as many more. */
    @Test
    void it_grows_before_it_is_more_than_three_quarters_full() {
        for (int i = 1; i <= 12; i++) {
            table.put(i, i, i);
        }
        assertThat(table.bytes()).isEqualTo(16 + 16 * 24);
        table.put(13, 13, 13);
        assertThat(table.bytes()).isEqualTo(16 + 24 * 24);
        for (int i = 14; i <= 18; i++) {
            table.put(i, i, i);
        }
        assertThat(table.bytes()).isEqualTo(16 + 24 * 24);
        table.put(19, 19, 19);
        assertThat(table.bytes()).isEqualTo(16 + 36 * 24);
        assertThat(table.size()).isEqualTo(19);
    }

    @Test
    void an_id_that_is_there_is_replaced_and_not_counted_again() {
        table.put(5, 6, 1);
        table.put(5, 6, 2);
        assertThat(table.size()).isEqualTo(1);
        assertThat(table.get(5, 6)).isEqualTo(2);
    }

    @Test
    void what_means_absence_cannot_be_put() {
        assertThatIllegalArgumentException().isThrownBy(() -> table.put(0, 1, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> table.put(1, 1, IdTable.ABSENT));
        table.put(1, 0, 0);
        assertThat(table.get(1, 0)).isZero();
    }

    @Test
    void every_entry_is_seen_once() {
        var expected = new HashMap<Long, Long>();
        for (int i = 1; i <= 1000; i++) {
            table.put(i * 0x9E3779B97F4A7C15L, -i, 3L * i);
            expected.put((long) -i, 3L * i);
        }
        var seen = new HashMap<Long, Long>();
        table.forEach((high, low, value) -> {
            assertThat(high).isEqualTo(-low * 0x9E3779B97F4A7C15L);
            assertThat(seen.put(low, value)).isNull();
        });
        assertThat(seen).isEqualTo(expected);
    }

    @Test
    void what_is_kept_is_in_a_table_half_full_and_all_of_it_is_this_one() {
        for (int i = 1; i <= 100; i++) {
            table.put((long) i << 56, i, i);
        }
        assertThat(table.keeping(value -> value > 0)).isSameAs(table);
        var rest = table.keeping(value -> value > 60);
        assertThat(rest.size()).isEqualTo(40);
        assertThat(rest.bytes()).isEqualTo(16 + 80 * 24);
        for (int i = 1; i <= 100; i++) {
            assertThat(rest.get((long) i << 56, i)).isEqualTo(i > 60 ? i : IdTable.ABSENT);
        }
        assertThat(table.keeping(value -> false).bytes()).isEqualTo(16 + 16 * 24);
        assertThat(table.size()).isEqualTo(100);
    }
}
