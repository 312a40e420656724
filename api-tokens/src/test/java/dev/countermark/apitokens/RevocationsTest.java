package dev.countermark.apitokens;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countermark.apitokens.Revocations.Answer;
import dev.countermark.apitokens.TokenStore.FeedEntry;
import dev.countermark.apitokens.TokenStore.FeedEntry.Kind;
import java.time.Instant;
import java.util.HashMap;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RevocationsTest {

    private static final long NOW = 1_800_000_000L;

    private final Revocations revocations = new Revocations();

    private static Claims claims(String id, String subject, long generation) {
        return new Claims(id, subject, "", NOW + 100, generation);
    }

    private static FeedEntry entry(long number, Kind kind, String target, long effectiveAt, long until) {
        return new FeedEntry(
                number, "m", kind, target, Instant.ofEpochSecond(effectiveAt), Instant.ofEpochSecond(until));
    }

    @Test
    void a_hundred_thousand_revocations_take_less_than_64_bytes_each_and_all_are_known() {
        var random = new Random(1);
        long before = revocations.bytes();
        var ids = new String[100_000];
        for (int i = 0; i < ids.length; i++) {
            ids[i] = TokenId.random();
            boolean subject = random.nextInt(4) == 0;
            revocations.apply(
                    subject
                            ? entry(i + 1, Kind.SUBJECT, "subject " + i, 0, NOW + 1000)
                            : entry(i + 1, Kind.TOKEN, ids[i], 0, NOW + 1000));
            if (subject) {
                ids[i] = "subject " + i;
            }
            // At every size, not only just before the table grows.
            if (i >= 1000) {
                assertThat((revocations.bytes() - before) / (i + 1)).isLessThan(64);
            }
        }
        for (int i = 0; i < ids.length; i++) {
            var claims = ids[i].startsWith("subject")
                    ? claims(TokenId.random(), ids[i], i)
                    : claims(ids[i], "somebody", Long.MAX_VALUE);
            assertThat(revocations.of(claims, NOW, NOW)).isEqualTo(Answer.REVOKED);
            assertThat(revocations.of(claims(TokenId.random(), "somebody else", 0), NOW, NOW))
                    .isEqualTo(Answer.NONE);
        }
    }

    @Test
    void a_token_of_the_generation_that_a_revocation_began_is_not_refused() {
        revocations.apply(entry(7, Kind.SUBJECT, "alice", 0, NOW + 1000));
        assertThat(revocations.of(claims(TokenId.random(), "alice", 6), NOW, NOW))
                .isEqualTo(Answer.REVOKED);
        assertThat(revocations.of(claims(TokenId.random(), "alice", 7), NOW, NOW))
                .isEqualTo(Answer.NONE);
    }

    @Test
    void order_and_repetition_of_entries_do_not_matter() {
        var id = TokenId.random();
        var later = entry(1, Kind.TOKEN, id, NOW + 50, NOW + 1000);
        var now = entry(2, Kind.TOKEN, id, 0, NOW + 1000);
        revocations.apply(later);
        assertThat(revocations.of(claims(id, "a", 0), NOW, NOW)).isEqualTo(Answer.NONE);
        assertThat(revocations.of(claims(id, "a", 0), NOW, NOW + 50)).isEqualTo(Answer.ROTATED);
        revocations.apply(now);
        revocations.apply(later);
        assertThat(revocations.of(claims(id, "a", 0), NOW, NOW)).isEqualTo(Answer.REVOKED);
        revocations.apply(entry(9, Kind.SUBJECT, "a", 0, NOW));
        revocations.apply(entry(8, Kind.SUBJECT, "a", 0, NOW));
        assertThat(revocations.of(claims(TokenId.random(), "a", 8), NOW, NOW)).isEqualTo(Answer.REVOKED);
    }

    @Test
    void what_is_forgotten_counts_as_expired_from_then_on() {
        var old = TokenId.random();
        var young = TokenId.random();
        revocations.apply(entry(1, Kind.TOKEN, old, 0, NOW));
        revocations.apply(entry(2, Kind.TOKEN, young, 0, NOW + 10));
        revocations.apply(entry(3, Kind.SUBJECT, "old", 0, NOW - 200_000));
        revocations.forget(Instant.ofEpochSecond(NOW + 1));
        assertThat(revocations.size()).isEqualTo(1);
        assertThat(revocations.floor()).isEqualTo(NOW + 1);
        assertThat(revocations.of(claims(young, "a", 0), NOW, NOW)).isEqualTo(Answer.REVOKED);
    }

    @Test
    void the_table_agrees_with_a_map() {
        var random = new Random(3);
        var table = new IdTable();
        var map = new HashMap<String, Long>();
        for (int i = 0; i < 50_000; i++) {
            // Upper bits that collide, to walk far.
            long high = (random.nextInt(50) + 1L) << 56 | random.nextInt(100);
            long low = random.nextInt(5);
            table.put(high, low, i);
            map.put(high + "/" + low, (long) i);
            long otherHigh = (random.nextInt(50) + 1L) << 56 | random.nextInt(100);
            long otherLow = random.nextInt(5);
            assertThat(table.get(otherHigh, otherLow))
                    .isEqualTo(map.getOrDefault(otherHigh + "/" + otherLow, IdTable.ABSENT));
        }
        assertThat(table.size()).isEqualTo(map.size());
        var half = table.keeping(value -> value % 2 == 0);
        assertThat(half.size()).isEqualTo((int)
                map.values().stream().filter(value -> value % 2 == 0).count());
    }

    @Test
    void what_was_issued_before_a_time_is_refused_and_that_time_only_grows() {
        assertThat(revocations.refusedIssuedBefore()).isEqualTo(Instant.EPOCH);
        revocations.refuseIssuedBefore(Instant.ofEpochSecond(NOW));
        revocations.refuseIssuedBefore(Instant.ofEpochSecond(NOW - 10));
        assertThat(revocations.refusedIssuedBefore()).isEqualTo(Instant.ofEpochSecond(NOW));
        var claims = claims(TokenId.random(), "a", 0);
        assertThat(revocations.of(claims, NOW, NOW)).isEqualTo(Answer.NONE);
        assertThat(revocations.of(claims, NOW - 1, NOW)).isEqualTo(Answer.REVOKED);
    }

    @Test
    void what_matters_until_a_second_is_kept_through_it() {
        var id = TokenId.random();
        revocations.apply(entry(1, Kind.TOKEN, id, 0, NOW));
        revocations.forget(Instant.ofEpochSecond(NOW));
        assertThat(revocations.size()).isEqualTo(1);
        revocations.forget(Instant.ofEpochSecond(NOW - 1));
        assertThat(revocations.floor()).isEqualTo(NOW);
        revocations.forget(Instant.ofEpochSecond(NOW + 1));
        assertThat(revocations.size()).isZero();
        assertThat(revocations.floor()).isEqualTo(NOW + 1);
    }

    /** Of a subject the day after is known only. */
    @Test
    void a_subject_is_kept_to_the_end_of_the_next_day() {
        long day = 20_000 * 86_400L;
        revocations.apply(entry(5, Kind.SUBJECT, "a", 0, day + 3));
        revocations.forget(Instant.ofEpochSecond(day + 2 * 86_400 - 1));
        assertThat(revocations.of(claims(TokenId.random(), "a", 4), NOW, NOW)).isEqualTo(Answer.REVOKED);
        revocations.forget(Instant.ofEpochSecond(day + 2 * 86_400));
        assertThat(revocations.of(claims(TokenId.random(), "a", 4), NOW, NOW)).isEqualTo(Answer.NONE);
    }

    @Test
    void what_is_applied_twice_lasts_as_long_as_the_longer() {
        var id = TokenId.random();
        revocations.apply(entry(1, Kind.TOKEN, id, NOW + 50, NOW + 10));
        revocations.apply(entry(2, Kind.TOKEN, id, NOW + 20, NOW + 90));
        revocations.apply(entry(3, Kind.TOKEN, id, NOW + 70, NOW + 30));
        revocations.apply(entry(4, Kind.SUBJECT, "a", 0, NOW));
        revocations.apply(entry(5, Kind.SUBJECT, "a", 0, NOW - 10 * 86_400));
        assertThat(revocations.of(claims(id, "b", 0), NOW, NOW + 19)).isEqualTo(Answer.NONE);
        assertThat(revocations.of(claims(id, "b", 0), NOW, NOW + 20)).isEqualTo(Answer.ROTATED);
        revocations.forget(Instant.ofEpochSecond(NOW + 90));
        assertThat(revocations.of(claims(id, "b", 0), NOW, NOW + 20)).isEqualTo(Answer.ROTATED);
        assertThat(revocations.of(claims(TokenId.random(), "a", 4), NOW, NOW)).isEqualTo(Answer.REVOKED);
        assertThat(revocations.of(claims(TokenId.random(), "a", 5), NOW, NOW)).isEqualTo(Answer.NONE);
        revocations.retire("fingerprint");
        assertThat(revocations.size()).isEqualTo(3);
        revocations.forget(Instant.ofEpochSecond(NOW + 2 * 86_400));
        assertThat(revocations.size()).isEqualTo(1);
    }

    @Test
    void a_number_that_no_feed_reaches_is_refused_and_the_last_one_counts() {
        long last = (1L << 47) - 1;
        revocations.raise("a", last, NOW);
        assertThat(revocations.of(claims(TokenId.random(), "a", last - 1), NOW, NOW))
                .isEqualTo(Answer.REVOKED);
        assertThat(revocations.of(claims(TokenId.random(), "a", last), NOW, NOW))
                .isEqualTo(Answer.NONE);
        assertThatThrownBy(() -> revocations.raise("a", last + 1, NOW)).isInstanceOf(TokenStoreException.class);
    }

    /** 32 bits of seconds end in 2106: what lies beyond is taken for their last second. */
    @Test
    void times_beyond_2106_are_not_lost() {
        long last = 0xffff_ffffL;
        var id = TokenId.random();
        revocations.refuse(id, last + 1_000_000, last + 2_000_000);
        assertThat(revocations.of(claims(id, "a", 0), NOW, NOW)).isEqualTo(Answer.NONE);
        assertThat(revocations.of(claims(id, "a", 0), NOW, last)).isEqualTo(Answer.ROTATED);
        revocations.forget(Instant.ofEpochSecond(last));
        assertThat(revocations.size()).isEqualTo(1);
        revocations.raise("a", 7, 70_000 * 86_400L);
        assertThat(revocations.of(claims(TokenId.random(), "a", 6), NOW, NOW)).isEqualTo(Answer.REVOKED);
    }

    @Test
    void what_ended_before_1970_is_refused_all_the_same() {
        var id = TokenId.random();
        revocations.refuse(id, 0, -5);
        revocations.raise("a", 7, -86_400 * 5);
        assertThat(revocations.of(claims(id, "b", 0), NOW, NOW)).isEqualTo(Answer.REVOKED);
        assertThat(revocations.of(claims(TokenId.random(), "a", 6), NOW, NOW)).isEqualTo(Answer.REVOKED);
    }

    @Test
    void keys_are_retired_and_an_incarnation_refuses_nothing() {
        revocations.apply(entry(1, Kind.INCARNATION, "x", 0, NOW));
        assertThat(revocations.size()).isZero();
        revocations.apply(entry(2, Kind.KEY, "fingerprint", 0, NOW));
        assertThat(revocations.isRetired("fingerprint")).isTrue();
        assertThat(revocations.isRetired("x")).isFalse();
        assertThat(revocations.size()).isEqualTo(1);
        // Two tables of 16 places at first.
        assertThat(revocations.bytes()).isEqualTo(2 * (16 + 16 * 24));
    }
}
