package dev.countermark.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PacedQueueTest {

    private final PacedQueue<Integer> queue = new PacedQueue<>(10);

    private void add(int from, int to) {
        IntStream.range(from, to).forEach(queue::add);
    }

    private List<Integer> sizes() {
        var sizes = new ArrayList<Integer>();
        while (!queue.isEmpty()) {
            sizes.add(queue.step().size());
        }
        return sizes;
    }

    @Test
    void a_few_go_one_at_a_step() {
        add(0, 10);
        assertThat(sizes()).hasSize(10).containsOnly(1);
        assertThat(queue.step()).isEmpty();
    }

    @Test
    void many_go_in_even_parts() {
        add(0, 95);
        assertThat(sizes()).containsExactly(10, 10, 10, 10, 10, 10, 10, 10, 10, 5);
    }

    @Test
    void after_a_crowd_a_few_go_one_at_a_step_again() {
        add(0, 1000);
        sizes();
        add(0, 3);
        assertThat(sizes()).containsExactly(1, 1, 1);
    }

    @Test
    void who_waits_is_not_added_again_and_keeps_the_place() {
        add(0, 3);
        queue.add(0);
        assertThat(queue.step()).containsExactly(0);
        queue.add(0);
        assertThat(queue.step()).containsExactly(1);
        assertThat(queue.step()).containsExactly(2);
        assertThat(queue.step()).containsExactly(0);
        assertThat(queue.isEmpty()).isTrue();
    }

    /** Whenever they come, and however many: in order, and within ten steps. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void nobody_waits_longer_than_was_said(long seed) {
        var random = new Random(seed);
        var came = new HashMap<Integer, Integer>();
        var went = new ArrayList<Integer>();
        int next = 0;
        for (int step = 0; step < 2000; step++) {
            int more = random.nextInt(4) > 0 ? 0 : random.nextInt(random.nextBoolean() ? 3 : 200);
            for (int i = 0; i < more; i++) {
                came.put(next, step);
                queue.add(next++);
            }
            for (var one : queue.step()) {
                assertThat(step - came.get(one)).as("steps, seed %d", seed).isLessThan(10);
                went.add(one);
            }
        }
        while (!queue.isEmpty()) {
            went.addAll(queue.step());
        }
        assertThat(went)
                .as("seed %d", seed)
                .containsExactlyElementsOf(IntStream.range(0, next).boxed().toList());
    }
}
