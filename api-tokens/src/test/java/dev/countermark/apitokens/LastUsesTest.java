package dev.countermark.apitokens;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LastUsesTest {

    private final TestClock clock = new TestClock();
    private final LastUses uses = new LastUses(NodeTime.of(clock));
    private final Set<String> noted = new HashSet<>();

    LastUsesTest() {
        for (int i = 0; i < 5000; i++) {
            noted.add(TokenId.random());
        }
        noted.forEach(uses::note);
    }

    @Test
    void uses_are_handed_over_once_and_in_the_order_of_ids() {
        var parts = new ArrayList<Map<String, Instant>>();
        uses.take(parts::add);
        assertThat(parts).hasSize(16);
        var all = new HashSet<String>();
        for (int digit = 0; digit < 16; digit++) {
            var first = Character.forDigit(digit, 16);
            assertThat(parts.get(digit).keySet()).allMatch(id -> id.charAt(0) == first);
            assertThat(parts.get(digit).values()).containsOnly(clock.instant());
            all.addAll(parts.get(digit).keySet());
        }
        assertThat(all).isEqualTo(noted);
        uses.take(part -> {
            throw new AssertionError("nothing is left");
        });
    }

    @Test
    void uses_that_a_store_did_not_take_are_handed_over_again_with_their_time() {
        var first = clock.instant();
        var taken = new HashMap<String, Instant>();
        assertThatThrownBy(() -> uses.take(part -> {
                    if (taken.size() > 1000) {
                        throw new TokenStoreException("away");
                    }
                    taken.putAll(part);
                }))
                .isInstanceOf(TokenStoreException.class);
        assertThat(taken).hasSizeLessThan(noted.size());
        clock.advance(Duration.ofMinutes(1));
        var rest = new HashMap<String, Instant>();
        uses.take(rest::putAll);
        assertThat(rest.keySet()).doesNotContainAnyElementsOf(taken.keySet());
        assertThat(rest.values()).containsOnly(first);
        rest.putAll(taken);
        assertThat(rest.keySet()).isEqualTo(noted);
    }
}
