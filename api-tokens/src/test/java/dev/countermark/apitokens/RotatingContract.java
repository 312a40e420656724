package dev.countermark.apitokens;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countermark.Keyring;
import dev.countermark.apitokens.ApiTokenVerdict.Revoked;
import dev.countermark.apitokens.ApiTokenVerdict.Valid;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** What is rotated on every store. */
public abstract class RotatingContract extends StoreContract {

    /** @param emptyStore makes a store with nothing in it; the clock is its own, if it can be told */
    protected RotatingContract(Function<TestClock, TokenStore> emptyStore) {
        super(emptyStore);
    }

    @Test
    void rotation_keeps_what_the_token_is_and_overlaps() {
        var old = tokens.issue(
                request().name("ci").scopes("read").metadata("a", "b").lifetime(Duration.ofDays(30)));
        clock.advance(Duration.ofDays(1));
        var fresh = tokens.rotate(old.token().id(), Duration.ofHours(1));

        assertThat(fresh.token().name()).isEqualTo("ci");
        assertThat(fresh.token().metadata()).isEqualTo(Map.of("a", "b"));
        assertThat(fresh.token().scopes()).containsExactly("read");
        assertThat(fresh.token().replaces()).contains(old.token().id());
        assertThat(fresh.token().expiresAt()).isEqualTo(clock.instant().plus(Duration.ofDays(30)));
        assertThat(tokens.find(old.token().id()).orElseThrow().replacedBy())
                .contains(fresh.token().id());

        clock.advance(Duration.ofMinutes(59));
        assertThat(tokens.check(old.text())).isInstanceOf(Valid.class);
        clock.advance(Duration.ofMinutes(1));
        assertThat(tokens.check(old.text()))
                .isInstanceOfSatisfying(
                        Revoked.class, revoked -> assertThat(revoked.rotated()).isTrue());
        assertThat(tokens.check(fresh.text())).isInstanceOf(Valid.class);
    }

    @Test
    void rotation_without_overlap_ends_the_old_token_at_once() {
        var old = tokens.issue(request());
        tokens.rotate(old.token().id(), Duration.ZERO);
        assertThat(tokens.check(old.text())).isInstanceOf(Revoked.class);
        assertThat(tokens.find(old.token().id()).orElseThrow().state()).isEqualTo(TokenState.REVOKED);
    }

    @Test
    void a_rotated_token_that_is_revoked_ends_before_its_overlap() {
        var old = tokens.issue(request());
        tokens.rotate(old.token().id(), Duration.ofHours(1));
        tokens.revoke(old.token().id());
        assertThat(tokens.check(old.text())).isInstanceOf(Revoked.class);
    }

    /** Clocks of different machines never decide what a revocation is worth. */
    @Test
    void a_token_that_was_revoked_by_a_node_whose_clock_is_ahead_is_not_rotated() {
        var ahead = new TestClock();
        ahead.set(clock.instant().plus(Duration.ofHours(1)));
        var other = ApiTokens.start(
                store,
                KeySource.of(Keyring.of(key)),
                ApiTokenOptions.DEFAULT.nodeName("ahead").clock(ahead));
        started.add(other);
        var byId = tokens.issue(request());
        var bySubject = tokens.issue(IssueRequest.forSubject("bob"));
        other.revoke(byId.token().id());
        other.revokeSubject("bob");
        for (var revoked : new IssuedToken[] {byId, bySubject}) {
            assertThatThrownBy(() -> tokens.rotate(revoked.token().id(), Duration.ofHours(1)))
                    .isInstanceOfSatisfying(
                            RefusedChangeException.class,
                            e -> assertThat(e.why()).isEqualTo(RefusedChangeException.Why.NOT_ACTIVE));
            assertThat(tokens.find(revoked.token().id()).orElseThrow().replacedBy())
                    .isEmpty();
        }
        var later = tokens.issue(IssueRequest.forSubject("bob"));
        assertThat(tokens.rotate(later.token().id(), Duration.ZERO).token().subject())
                .isEqualTo("bob");
    }

    @Test
    void a_token_has_one_successor_however_many_ask() throws Exception {
        var old = tokens.issue(request());
        var pool = Executors.newFixedThreadPool(CALLERS);
        try {
            var calls = new ArrayList<Callable<Boolean>>();
            for (int i = 0; i < 16; i++) {
                calls.add(() -> {
                    try {
                        tokens.rotate(old.token().id(), Duration.ZERO);
                        return true;
                    } catch (RefusedChangeException e) {
                        assertThat(e.why()).isEqualTo(RefusedChangeException.Why.ALREADY_ROTATED);
                        return false;
                    }
                });
            }
            int successors = 0;
            for (var result : pool.invokeAll(calls)) {
                successors += result.get() ? 1 : 0;
            }
            assertThat(successors).isEqualTo(1);
        } finally {
            pool.shutdownNow();
        }
        assertThat(tokens.list(TokenQuery.all()).items()).hasSize(2);
    }

    @Test
    void a_repeated_rotation_gets_the_same_text() {
        var old = tokens.issue(request());
        var first = tokens.rotate(old.token().id(), Duration.ofHours(1), "k2");
        assertThat(tokens.rotate(old.token().id(), Duration.ofHours(1), "k2").text())
                .isEqualTo(first.text());
    }
}
