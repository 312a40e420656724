package dev.countermark.encoding;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import org.junit.jupiter.api.Test;

class SparesTest {

    private final Spares<Object> spares = new Spares<>(Object::new);

    @Test
    void what_was_put_back_is_taken_again_and_by_one_alone() {
        var first = spares.take();
        assertThat(spares.put(first)).isTrue();
        assertThat(spares.take()).isSameAs(first);
        assertThat(spares.take()).isNotNull().isNotSameAs(first);
    }

    @Test
    void there_are_places_for_a_few_and_each_is_used() {
        var kept = new ArrayList<>();
        var spare = new Object();
        while (spares.put(spare)) {
            kept.add(spare);
            spare = new Object();
        }
        assertThat(kept).hasSize(Math.min(16, Runtime.getRuntime().availableProcessors()));
        var taken = Collections.newSetFromMap(new IdentityHashMap<>());
        for (int i = 0; i < kept.size(); i++) {
            taken.add(spares.take());
        }
        assertThat(taken).containsExactlyInAnyOrderElementsOf(kept);
        assertThat(kept).doesNotContain(spares.take());
        assertThat(spares.put(spare)).isTrue();
    }
}
