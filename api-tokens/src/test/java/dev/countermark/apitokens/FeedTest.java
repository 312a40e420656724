package dev.countermark.apitokens;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countermark.apitokens.FeedMemory.Witness;
import dev.countermark.apitokens.TokenStore.FeedEntry;
import dev.countermark.apitokens.TokenStore.FeedEntry.Kind;
import dev.countermark.apitokens.TokenStore.FeedPage;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Polls of a feed whose pages the test writes: what a database could say, also one that was restored or tampered with. */
class FeedTest {

    private static final Instant NOW = Instant.parse("2026-11-01T12:00:00Z");
    private static final Instant LONG = NOW.plus(Duration.ofDays(90));

    private final Deque<FeedPage> pages = new ArrayDeque<>();
    private final List<String> asked = new ArrayList<>();
    private final List<String> doubts = new ArrayList<>();
    private final List<FeedMemory> saved = new ArrayList<>();
    private final TestClock clock = new TestClock();
    private final Lease lease = new Lease(NodeTime.of(clock), Duration.ofSeconds(5));
    private final Revocations revocations = new Revocations();
    private final List<Boolean> leaseWhenRetired = new ArrayList<>();

    private final TokenStore store = (TokenStore) Proxy.newProxyInstance(
            TokenStore.class.getClassLoader(), new Class<?>[] {TokenStore.class}, (proxy, method, arguments) -> {
                switch (method.getName()) {
                    case "read" -> {
                        asked.add(arguments[0] + " " + arguments[1]);
                        if (pages.isEmpty()) {
                            throw new TokenStoreException("away");
                        }
                        return pages.remove();
                    }
                    case "doubt" -> {
                        doubts.add((String) arguments[0]);
                        return null;
                    }
                    default -> throw new UnsupportedOperationException(method.getName());
                }
            });

    private Feed feed(FeedMemory remembered) {
        var place = new FeedMemory.Place() {
            @Override
            public Optional<FeedMemory> load() {
                return Optional.ofNullable(remembered);
            }

            @Override
            public void save(FeedMemory memory) {
                saved.add(memory);
            }
        };
        return new Feed(store, lease, revocations, place, () -> leaseWhenRetired.add(lease.holds()));
    }

    private static FeedEntry entry(long number, Kind kind, String target) {
        return new FeedEntry(number, "m" + number, kind, target, Instant.EPOCH, LONG);
    }

    private static FeedEntry subject(long number) {
        return entry(number, Kind.SUBJECT, "subject " + number);
    }

    private static FeedPage page(long number, String witnessMark, FeedEntry... entries) {
        return new FeedPage(
                number,
                1,
                "one",
                false,
                Instant.EPOCH,
                Instant.EPOCH,
                NOW,
                Optional.ofNullable(witnessMark),
                List.of(entries));
    }

    private static FeedMemory remembering(long number) {
        return new FeedMemory(number, List.of(new Witness(number, "m" + number, LONG)), 1, "one");
    }

    private void assertStopped(Feed feed) {
        lease.renew(lease.begin());
        assertThat(feed.poll()).isFalse();
        assertThat(feed.restored()).isTrue();
        assertThat(lease.holds()).isFalse();
        assertThat(saved).isEmpty();
    }

    @Test
    void an_empty_feed_is_one() {
        pages.add(page(0, null));
        var feed = feed(null);
        assertThat(feed.started()).isFalse();
        assertThat(feed.poll()).isTrue();
        assertThat(feed.started()).isTrue();
        assertThat(feed.restored()).isFalse();
        assertThat(feed.applied()).isZero();
        assertThat(lease.holds()).isTrue();
        assertThat(saved).containsExactly(FeedMemory.of(1, "one"));
        assertThat(asked).containsExactly("0 0");
    }

    @Test
    void what_is_new_is_applied_and_remembered_and_the_next_poll_goes_on_from_there() {
        pages.add(page(2, null, subject(1), subject(2)));
        pages.add(page(2, "m2"));
        pages.add(page(3, "m2", subject(3)));
        var feed = feed(null);
        assertThat(feed.poll()).isTrue();
        assertThat(feed.applied()).isEqualTo(2);
        assertThat(revocations.size()).isEqualTo(2);
        assertThat(saved).containsExactly(remembering(2));
        assertThat(feed.poll()).isTrue();
        assertThat(feed.poll()).isTrue();
        assertThat(feed.applied()).isEqualTo(3);
        assertThat(asked).containsExactly("0 0", "2 2", "2 2");
        assertThat(doubts).isEmpty();
    }

    @Test
    void the_lease_counts_from_before_the_page_was_asked_for() {
        pages.add(page(0, null));
        var feed = feed(null);
        feed.poll();
        clock.advance(Duration.ofMillis(4_999));
        assertThat(lease.holds()).isTrue();
        clock.advance(Duration.ofMillis(1));
        assertThat(lease.holds()).isFalse();
    }

    @Test
    void a_full_page_is_followed_by_another() {
        var entries =
                LongStream.rangeClosed(1, 5000).mapToObj(FeedTest::subject).toArray(FeedEntry[]::new);
        pages.add(page(5001, null, entries));
        pages.add(page(5001, "m5000", subject(5001)));
        var feed = feed(null);
        assertThat(feed.poll()).isTrue();
        assertThat(feed.applied()).isEqualTo(5001);
        assertThat(asked).containsExactly("0 0", "5000 5000");
        assertThat(saved).hasSize(1);
    }

    @Test
    void a_retired_key_is_told_before_the_lease_holds() {
        pages.add(page(2, null, subject(1), entry(2, Kind.KEY, "fingerprint")));
        assertThat(feed(null).poll()).isTrue();
        assertThat(leaseWhenRetired).containsExactly(false);
        assertThat(revocations.isRetired("fingerprint")).isTrue();
    }

    @Test
    void times_of_the_page_reach_what_is_refused() {
        pages.add(new FeedPage(
                0, 1, "one", false, NOW.minusSeconds(5), NOW.minusSeconds(9), NOW, Optional.empty(), List.of()));
        feed(null).poll();
        assertThat(revocations.refusedIssuedBefore()).isEqualTo(NOW.minusSeconds(5));
        assertThat(revocations.floor()).isEqualTo(NOW.minusSeconds(9).getEpochSecond());
    }

    @Test
    void a_node_that_was_off_reads_all_again_and_remembers_what_is_further() {
        pages.add(page(3, "m2", subject(1), subject(2), subject(3)));
        var feed = feed(remembering(2));
        assertThat(feed.poll()).isTrue();
        assertThat(asked).containsExactly("0 2");
        assertThat(revocations.size()).isEqualTo(3);
        assertThat(saved).containsExactly(remembering(3));
    }

    @Test
    void an_entry_with_another_mark_is_another_entry() {
        pages.add(page(2, "other", subject(1), subject(2)));
        assertStopped(feed(remembering(2)));
        assertThat(doubts).containsExactly("one");
    }

    @Test
    void a_lower_number_is_an_older_feed() {
        pages.add(page(1, "m2", subject(1)));
        assertStopped(feed(remembering(2)));
        assertThat(doubts).containsExactly("one");
    }

    @Test
    void an_older_incarnation_or_another_of_the_same_number_is_another_feed() {
        pages.add(page(2, "m2"));
        assertStopped(feed(new FeedMemory(2, List.of(), 2, "one")));
        pages.add(page(2, "m2"));
        assertStopped(feed(new FeedMemory(2, List.of(), 1, "another")));
        assertThat(doubts).containsExactly("one", "one");
    }

    @Test
    void a_doubted_feed_is_answered_for_by_nobody() {
        pages.add(new FeedPage(0, 1, "one", true, Instant.EPOCH, Instant.EPOCH, NOW, Optional.empty(), List.of()));
        assertStopped(feed(null));
        assertThat(doubts).as("somebody has said it already").isEmpty();
    }

    @Test
    void an_entry_that_was_deleted_by_hand_is_missed() {
        pages.add(page(2, null, subject(1)));
        assertStopped(feed(null));
        assertThat(doubts).containsExactly("one");
    }

    /** A day after it ceased to matter, and not a moment earlier. */
    @Test
    void an_entry_that_may_have_been_pruned_is_not_missed() {
        var gone = NOW.minus(Duration.ofHours(24));
        pages.add(page(2, null));
        assertStopped(feed(new FeedMemory(2, List.of(new Witness(2, "m2", gone)), 1, "one")));

        var witnesses = List.of(new Witness(1, "m1", LONG), new Witness(2, "m2", gone.minusSeconds(1)));
        pages.add(page(3, null));
        pages.add(page(3, "m1", subject(1), subject(3)));
        asked.clear();
        assertThat(feed(new FeedMemory(2, witnesses, 1, "one")).poll()).isTrue();
        assertThat(asked).containsExactly("0 2", "0 1");

        pages.add(page(3, null));
        pages.add(page(3, "other", subject(1), subject(3)));
        saved.clear();
        assertStopped(feed(new FeedMemory(2, witnesses, 1, "one")));
    }

    @Test
    void when_every_witness_is_gone_the_feed_is_believed() {
        var gone = NOW.minus(Duration.ofDays(30));
        pages.add(page(2, null));
        pages.add(page(2, null, subject(2)));
        assertThat(feed(new FeedMemory(2, List.of(new Witness(2, "m2", gone)), 1, "one"))
                        .poll())
                .isTrue();
        assertThat(asked).containsExactly("0 2", "0 0");
    }

    @Test
    void a_new_incarnation_is_read_from_its_beginning_and_what_was_refused_stays_so() {
        pages.add(page(1, "other", subject(1)));
        var feed = feed(remembering(1));
        revocations.apply(subject(77));
        assertStopped(feed);

        var next = new FeedPage(
                9, 2, "two", false, Instant.EPOCH, Instant.EPOCH, NOW, Optional.empty(), List.of(subject(9)));
        pages.add(next);
        pages.add(next);
        asked.clear();
        assertThat(feed.poll()).isTrue();
        assertThat(feed.restored()).isFalse();
        assertThat(feed.applied()).isEqualTo(9);
        assertThat(asked).containsExactly("0 1", "0 0");
        assertThat(saved).containsExactly(new FeedMemory(9, List.of(new Witness(9, "m9", LONG)), 2, "two"));
        assertThat(revocations.size()).isEqualTo(2);
    }

    @Test
    void a_store_that_is_away_renews_nothing() {
        var feed = feed(null);
        assertThatThrownBy(feed::poll).isInstanceOf(TokenStoreException.class);
        assertThat(lease.holds()).isFalse();
        assertThat(feed.started()).isFalse();
    }
}
