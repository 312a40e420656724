package dev.countermark.apitokens;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countermark.apitokens.TokenStore.Change;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a node that was off notices of a database that was restored meanwhile. */
class FeedMemoryTest {

    private final TestClock clock = new TestClock();

    private static Feed feed(TokenStore store, FeedMemory.Place place, TestClock clock) {
        return new Feed(
                store, new Lease(NodeTime.of(clock), Duration.ofSeconds(5)), new Revocations(), place, () -> {});
    }

    private Instant revoke(InMemoryTokenStore store, Duration matters) {
        var until = clock.instant().plus(matters);
        store.revoke(TokenId.random(), Optional.of(until), new Change("test", clock.instant()));
        return until;
    }

    private static final class Kept implements FeedMemory.Place {

        private FeedMemory memory;

        @Override
        public Optional<FeedMemory> load() {
            return Optional.ofNullable(memory);
        }

        @Override
        public void save(FeedMemory memory) {
            this.memory = memory;
        }
    }

    @Test
    void a_lost_revocation_that_matters_is_missed_also_when_a_later_one_has_ceased_to() {
        var store = new InMemoryTokenStore(clock);
        revoke(store, Duration.ofDays(10));
        var backup = store.copy();
        revoke(store, Duration.ofDays(90));
        revoke(store, Duration.ofHours(1));
        var place = new Kept();
        assertThat(feed(store, place, clock).poll()).isTrue();

        for (int i = 0; i < 5; i++) {
            revoke(backup, Duration.ofHours(2));
        }
        clock.advance(Duration.ofHours(30));
        revoke(backup, Duration.ofDays(1));
        backup.prune(clock.instant());

        var feed = feed(backup, place, clock);
        assertThat(feed.poll()).isFalse();
        assertThat(feed.restored()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4})
    void what_was_lost_is_missed_exactly_as_long_as_it_matters(int part) {
        int noticed = 0;
        int rounds = 500;
        for (int i = 0; i < rounds; i++) {
            long seed = part * 10_000L + i;
            var random = new Random(seed);
            var store = new InMemoryTokenStore(clock);
            InMemoryTokenStore backup = store.copy();
            var lost = new ArrayList<Instant>();
            int entries = 1 + random.nextInt(20);
            int kept = random.nextInt(entries);
            for (int entry = 0; entry < entries; entry++) {
                if (entry == kept) {
                    backup = store.copy();
                    lost.clear();
                }
                lost.add(revoke(store, Duration.ofHours(1 + random.nextInt(24 * 30))));
            }
            var place = new Kept();
            feed(store, place, clock).poll();
            for (int entry = 0; entry < entries; entry++) {
                revoke(backup, Duration.ofHours(1));
            }
            clock.advance(Duration.ofHours(random.nextInt(24 * 32)));
            revoke(backup, Duration.ofHours(1));
            backup.prune(clock.instant());

            var through = clock.instant().minus(TokenStore.KEPT_LONGER);
            boolean matters = lost.stream().anyMatch(until -> !until.isBefore(through));
            var feed = feed(backup, place, clock);
            feed.poll();
            noticed += feed.restored() ? 1 : 0;
            if (matters) {
                assertThat(feed.restored()).as("seed %d", seed).isTrue();
            }
        }
        assertThat(noticed).isBetween(rounds / 5, rounds - 1);
    }

    @Test
    void it_is_short_whatever_is_revoked() {
        var store = new InMemoryTokenStore(clock);
        for (int i = 0; i < 5000; i++) {
            revoke(store, Duration.ofDays(365).minusMinutes(i));
        }
        var place = new Kept();
        feed(store, place, clock).poll();
        var witnesses = place.memory.witnesses();
        assertThat(witnesses).hasSizeLessThanOrEqualTo(32);
        assertThat(witnesses.get(0).number()).isLessThan(10);
        assertThat(witnesses.get(witnesses.size() - 1).number()).isEqualTo(5000);
    }

    @Test
    void its_file_brings_it_back_and_never_goes_backwards(@TempDir Path folder) {
        var store = new InMemoryTokenStore(clock);
        revoke(store, Duration.ofDays(90));
        revoke(store, Duration.ofDays(9));
        var place = new Kept();
        feed(store, place, clock).poll();
        var less = place.memory;
        revoke(store, Duration.ofDays(5));
        feed(store, place, clock).poll();
        var more = place.memory;

        new FeedFile(folder).save(more);
        assertThat(new FeedFile(folder).load()).contains(more);
        new FeedFile(folder).save(less);
        assertThat(new FeedFile(folder).load())
                .as("another process was further")
                .contains(more);
        var answered = new FeedMemory(1, List.of(), 2, "another");
        new FeedFile(folder).save(answered);
        assertThat(new FeedFile(folder).load()).contains(answered);
    }
}
