package dev.countermark.apitokens;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countermark.apitokens.ApiTokenVerdict.Revoked;
import dev.countermark.apitokens.ApiTokenVerdict.Valid;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** What is revoked on every store, and how other nodes hear of it. */
public abstract class RevokingContract extends StoreContract {

    /** @param emptyStore makes a store with nothing in it; the clock is its own, if it can be told */
    protected RevokingContract(Function<TestClock, TokenStore> emptyStore) {
        super(emptyStore);
    }

    @Test
    void a_revoked_token_is_refused_here_at_once_and_elsewhere_when_confirmed() {
        var other = start(store, ApiTokenOptions.DEFAULT.nodeName("other"));
        var text = tokens.issue(request()).text();
        assertThat(other.check(text)).isInstanceOf(Valid.class);

        var outcome = tokens.revokeText(text);
        assertThat(tokens.check(text)).isInstanceOf(Revoked.class);
        assertThat(outcome.everywhere()).as("nobody has asked the others yet").isFalse();
        var confirmed = tokens.confirm(outcome);

        assertThat(confirmed.live()).isEqualTo(2);
        assertThat(confirmed.everywhere()).isTrue();
        assertThat(other.check(text)).isInstanceOf(Revoked.class);
        assertThatThrownBy(() -> other.verify(text)).isInstanceOf(RevokedTokenException.class);
    }

    /** Without its poll, which may be a second away. */
    @Test
    void everywhere_means_also_the_node_that_is_asked_and_took_nothing() {
        var other = start(store, ApiTokenOptions.DEFAULT.nodeName("other"));
        for (int i = 0; i < 5; i++) {
            var text = tokens.issue(request()).text();
            assertThat(other.check(text)).isInstanceOf(Valid.class);
            assertThat(other.confirm(tokens.revokeText(text)).everywhere()).isTrue();
            assertThat(other.check(text)).isInstanceOf(Revoked.class);
        }
    }

    @Test
    void revoking_a_subject_spares_what_is_issued_later() {
        var before = tokens.issue(request()).text();
        var others = tokens.issue(IssueRequest.forSubject("bob")).text();
        tokens.revokeSubject("alice");
        var after = tokens.issue(request()).text();

        assertThat(tokens.check(before)).isInstanceOf(Revoked.class);
        assertThat(tokens.check(others)).isInstanceOf(Valid.class);
        assertThat(tokens.check(after)).isInstanceOf(Valid.class);
        assertThat(tokens.list(TokenQuery.all().subject("alice").state(TokenState.REVOKED))
                        .items())
                .hasSize(1);
    }

    @Test
    void a_token_that_the_store_does_not_know_is_revoked_by_its_text() {
        var elsewhere = start(new InMemoryTokenStore(clock), ApiTokenOptions.DEFAULT);
        var minted = elsewhere.issue(request()).text();
        assertThat(tokens.check(minted)).isInstanceOf(Valid.class);
        assertThat(tokens.revokeText(minted).found()).isTrue();
        assertThat(tokens.check(minted)).isInstanceOf(Revoked.class);
        assertThat(tokens.revokeText("cm_x.y.z").found()).isFalse();
        assertThat(tokens.revoke(TokenId.random()).found()).isFalse();
    }

    @Test
    void a_node_that_starts_later_knows_every_revocation() {
        var texts = new ArrayList<String>();
        for (int i = 0; i < 20; i++) {
            texts.add(tokens.issue(IssueRequest.forSubject("s" + i % 4)).text());
        }
        tokens.revokeText(texts.get(0));
        tokens.revokeSubject("s1");
        var other = start(store, ApiTokenOptions.DEFAULT.nodeName("later"));
        for (int i = 0; i < 20; i++) {
            assertThat(other.check(texts.get(i))).isInstanceOf(i == 0 || i % 4 == 1 ? Revoked.class : Valid.class);
        }
    }

    @Test
    void a_token_issued_after_the_revocation_of_its_subject_was_pruned_is_accepted() {
        clock.set(Instant.now());
        var past = clock.instant().minus(Duration.ofHours(25));
        store.revokeSubject("alice", past, new TokenStore.Change("test", past.minus(Duration.ofDays(1))));
        // Not the newest entry, which is never pruned.
        tokens.revokeSubject("bob");
        await(() -> tokens.status().feedNumber() == 2);
        tokens.prune();
        assertThat(store.read(0, 0, 10).entries()).hasSize(1);
        assertThat(tokens.check(tokens.issue(request()).text())).isInstanceOf(Valid.class);
    }

    @Test
    void numbers_of_the_feed_have_no_gap_under_concurrent_changes() throws Exception {
        var pool = Executors.newFixedThreadPool(CALLERS);
        try {
            var calls = new ArrayList<Callable<Long>>();
            for (int i = 0; i < 60; i++) {
                int n = i;
                calls.add(() -> {
                    var issued = tokens.issue(IssueRequest.forSubject("s" + n % 3));
                    return (n % 5 == 0
                                    ? tokens.revokeSubject("s" + n % 3)
                                    : tokens.revoke(issued.token().id()))
                            .number()
                            .orElseThrow();
                });
            }
            var numbers = new ArrayList<Long>();
            for (var result : pool.invokeAll(calls)) {
                numbers.add(result.get());
            }
            assertThat(numbers).doesNotHaveDuplicates().contains(1L, 60L);
        } finally {
            pool.shutdownNow();
        }
        var page = store.read(0, 60, 1000);
        assertThat(page.number()).isEqualTo(60);
        assertThat(page.entries()).hasSize(60);
        assertThat(page.witnessMark()).contains(page.entries().get(59).mark());
        assertThat(store.read(57, 0, 2).entries())
                .extracting(TokenStore.FeedEntry::number)
                .containsExactly(58L, 59L);
    }

    @Test
    void an_issue_beside_a_revocation_of_its_subject_is_listed_as_it_is_checked() throws Exception {
        var pool = Executors.newFixedThreadPool(CALLERS);
        var issued = new ConcurrentLinkedQueue<IssuedToken>();
        try {
            var calls = new ArrayList<Callable<Boolean>>();
            for (int i = 0; i < 40; i++) {
                int n = i;
                calls.add(
                        () -> n % 8 == 7 ? tokens.revokeSubject("alice").found() : issued.add(tokens.issue(request())));
            }
            for (var result : pool.invokeAll(calls)) {
                assertThat(result.get()).isTrue();
            }
        } finally {
            pool.shutdownNow();
        }
        clock.advance(Duration.ofSeconds(1));
        for (var token : issued) {
            var state = tokens.find(token.token().id()).orElseThrow().state();
            assertThat(tokens.check(token.text()))
                    .isInstanceOf(state == TokenState.ACTIVE ? Valid.class : Revoked.class);
        }
    }

    @Test
    void what_is_refused_since_a_restore_is_revoked_in_every_list_and_has_no_successor() {
        var ended = tokens.issue(request().lifetime(Duration.ofSeconds(5)));
        clock.advance(Duration.ofSeconds(6));
        var old = tokens.issue(request());
        tokens.answerRestore(RestoreAnswer.ACCEPT);
        assertThat(tokens.find(old.token().id()).orElseThrow().state()).isEqualTo(TokenState.ACTIVE);

        tokens.answerRestore(RestoreAnswer.REFUSE_ISSUED_BEFORE);
        await(() -> tokens.check(old.text()) instanceof Revoked);
        clock.advance(Duration.ofSeconds(1));
        var fresh = tokens.issue(request());

        assertThat(tokens.check(fresh.text())).isInstanceOf(Valid.class);
        for (var query : new TokenQuery[] {TokenQuery.all(), TokenQuery.all().subject("alice")}) {
            assertThat(ids(query.state(TokenState.ACTIVE)))
                    .containsExactly(fresh.token().id());
            assertThat(ids(query.state(TokenState.REVOKED)))
                    .containsExactly(old.token().id());
            assertThat(ids(query.state(TokenState.EXPIRED)))
                    .containsExactly(ended.token().id());
        }
        assertThat(tokens.find(old.token().id()).orElseThrow().state()).isEqualTo(TokenState.REVOKED);
        assertThatThrownBy(() -> tokens.rotate(old.token().id(), Duration.ofHours(1)))
                .isInstanceOfSatisfying(
                        RefusedChangeException.class,
                        e -> assertThat(e.why()).isEqualTo(RefusedChangeException.Why.NOT_ACTIVE));
        assertThat(store.takeExpiring(clock.instant(), clock.instant().plus(Duration.ofDays(400)), 10))
                .extracting(ApiToken::id)
                .containsExactly(fresh.token().id());
        assertThat(tokens.rotate(fresh.token().id(), Duration.ZERO).token().subject())
                .isEqualTo("alice");
    }

    /** As where the answer's second is not over, or its node ended before it had ended every row. */
    @Test
    void a_token_whose_row_was_not_ended_since_a_restore_is_shown_as_it_is_checked() {
        var other = start(store, ApiTokenOptions.DEFAULT.nodeName("other"));
        var before = tokens.issue(request());
        store.reincarnate(
                Optional.of(clock.instant().plus(Duration.ofSeconds(2))), new TokenStore.Change("a", clock.instant()));
        await(() -> tokens.check(before.text()) instanceof Revoked && other.check(before.text()) instanceof Revoked);
        var draft = new TokenStore.Draft(
                TokenId.random(),
                "cm",
                "alice",
                "",
                "",
                Map.of(),
                clock.instant(),
                clock.instant().plus(Duration.ofDays(1)),
                key.fingerprint(),
                false,
                Optional.empty());
        var late = store.issue(draft, new TokenStore.Change("a", clock.instant()));
        assertThat(late.state()).isEqualTo(TokenState.REVOKED);
        assertThat(ids(TokenQuery.all().state(TokenState.ACTIVE))).isEmpty();
        assertThatThrownBy(() -> tokens.rotate(late.id(), Duration.ofHours(1)))
                .isInstanceOf(RefusedChangeException.class);
        assertThat(tokens.find(late.id()).orElseThrow().replacedBy()).isEmpty();
        // One issued from now on is dated behind what is refused.
        var fresh = tokens.issue(request());
        assertThat(tokens.check(fresh.text())).isInstanceOf(Valid.class);
        assertThat(ids(TokenQuery.all().state(TokenState.ACTIVE)))
                .containsExactly(fresh.token().id());
    }

    private List<String> ids(TokenQuery query) {
        return tokens.list(query).items().stream().map(ApiToken::id).toList();
    }
}
