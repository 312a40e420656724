package dev.countermark.apitokens;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countermark.Keyring;
import dev.countermark.Reason;
import dev.countermark.SigningKey;
import dev.countermark.apitokens.ApiTokenVerdict.Expired;
import dev.countermark.apitokens.ApiTokenVerdict.Rejected;
import dev.countermark.apitokens.ApiTokenVerdict.Revoked;
import dev.countermark.apitokens.ApiTokenVerdict.Unavailable;
import dev.countermark.apitokens.ApiTokenVerdict.Valid;
import dev.countermark.apitokens.TokenStore.Change;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** One check, step by step, on one thread: nothing polls but what the test does. */
class CheckerTest {

    private static final SigningKey OLD = SigningKey.generate();
    private static final SigningKey NEW = SigningKey.generate();
    private static final String ID = "0123456789abcdef0123456789abcdef";

    private final TestClock clock = new TestClock();
    private final NodeTime time = NodeTime.of(clock);
    private final Lease lease = new Lease(time, Duration.ofHours(1));
    private final Revocations revocations = new Revocations();
    private final LastUses uses = new LastUses(time);
    private final InMemoryTokenStore store = new InMemoryTokenStore(clock);
    private final AtomicReference<SignedTokens> texts =
            new AtomicReference<>(SignedTokens.withStore(Keyring.of(NEW).accepting(OLD), "cm", clock));

    private final Instant issued = clock.instant();
    private Runnable poll = () -> {};
    private int polls;

    private final Checker checker = new Checker(
            texts::get,
            time,
            lease,
            revocations,
            () -> {
                polls++;
                poll.run();
            },
            store,
            uses);

    private Claims claims(String scope) {
        return new Claims(ID, "alice", scope, issued.getEpochSecond() + 100, 5);
    }

    private String text() {
        return texts.get().sign(claims("read"), issued);
    }

    private void renew() {
        lease.renew(lease.begin());
    }

    private Map<String, Instant> used() {
        var used = new HashMap<String, Instant>();
        uses.take(used::putAll);
        return used;
    }

    @Test
    void a_good_token_is_valid_and_its_use_is_noted() {
        renew();
        assertThat(checker.check(text()))
                .isEqualTo(new Valid(ID, "alice", "read", issued, issued.plusSeconds(100), false));
        assertThat(used()).containsOnly(Map.entry(ID, issued));
        assertThat(polls).isZero();
    }

    @Test
    void a_token_that_an_older_key_signed_asks_for_another() {
        renew();
        var old = SignedTokens.withStore(Keyring.of(OLD), "cm", clock).sign(claims("read"), issued);
        assertThat(((Valid) checker.check(old)).reissue()).isTrue();
    }

    @Test
    void what_is_not_ours_or_has_expired_needs_no_lease() {
        var text = text();
        assertThat(checker.check(text + "A")).isInstanceOf(Rejected.class);
        clock.advance(Duration.ofSeconds(101));
        assertThat(checker.check(text)).isEqualTo(new Expired(ID, "alice", issued, issued.plusSeconds(100)));
        assertThat(polls).isZero();
        assertThat(used()).isEmpty();
    }

    @Test
    void the_last_second_counts() {
        renew();
        clock.advance(Duration.ofMillis(100_999));
        renew();
        assertThat(checker.check(text())).isInstanceOf(Valid.class);
        clock.advance(Duration.ofMillis(1));
        assertThat(checker.check(text())).isInstanceOf(Expired.class);
    }

    @Test
    void without_a_lease_one_poll_is_asked_for_and_what_it_finds_counts() {
        assertThat(checker.check(text())).isEqualTo(new Unavailable(Duration.ofSeconds(1)));
        assertThat(polls).isEqualTo(1);
        assertThat(used()).isEmpty();

        poll = this::renew;
        assertThat(checker.check(text())).isInstanceOf(Valid.class);
        assertThat(polls).isEqualTo(2);

        lease.cancel();
        poll = () -> {
            renew();
            revocations.refuse(ID, 0, issued.getEpochSecond() + 100);
        };
        assertThat(checker.check(text())).isEqualTo(new Revoked(ID, "alice", false));
    }

    @Test
    void from_memory_nothing_is_asked_for_and_nothing_noted_that_memory_does_not_know() {
        assertThat(checker.checkFromMemory(text())).isNull();
        assertThat(checker.checkFromMemory(text() + "A")).isInstanceOf(Rejected.class);
        renew();
        assertThat(checker.checkFromMemory(texts.get().sign(claims("read " + ApiTokens.ADMIN_SCOPE), issued)))
                .isNull();
        assertThat(polls).isZero();
        assertThat(used()).isEmpty();

        assertThat(checker.checkFromMemory(text())).isInstanceOf(Valid.class);
        assertThat(used()).containsOnlyKeys(ID);
        revocations.refuse(ID, 0, issued.getEpochSecond() + 100);
        assertThat(checker.checkFromMemory(text())).isInstanceOf(Revoked.class);
        clock.advance(Duration.ofSeconds(101));
        assertThat(checker.checkFromMemory(text())).isInstanceOf(Expired.class);
    }

    @Test
    void a_key_that_the_poll_found_retired_verifies_nothing_any_more() {
        var old = SignedTokens.withStore(Keyring.of(OLD), "cm", clock).sign(claims("read"), issued);
        var young = text();
        poll = () -> {
            renew();
            texts.set(SignedTokens.withStore(Keyring.of(NEW), "cm", clock));
        };
        assertThat(checker.check(old)).isEqualTo(new Rejected(Reason.SIGNATURE_MISMATCH));

        lease.cancel();
        poll = () -> {
            renew();
            texts.set(SignedTokens.withStore(Keyring.of(OLD).accepting(NEW), "cm", clock));
        };
        assertThat(((Valid) checker.check(young)).reissue()).isTrue();
    }

    @Test
    void a_rotated_token_is_good_until_its_overlap_ends() {
        renew();
        long second = issued.getEpochSecond();
        revocations.refuse(ID, second + 10, second + 100);
        clock.advance(Duration.ofMillis(9_999));
        renew();
        assertThat(checker.check(text())).isInstanceOf(Valid.class);
        clock.advance(Duration.ofMillis(1));
        assertThat(checker.check(text())).isEqualTo(new Revoked(ID, "alice", true));
    }

    @Test
    void all_of_a_subject_and_all_issued_before_are_refused() {
        renew();
        revocations.raise("bob", 6, issued.getEpochSecond() + 100);
        revocations.raise("alice", 5, issued.getEpochSecond() + 100);
        revocations.refuseIssuedBefore(issued);
        assertThat(checker.check(text())).isInstanceOf(Valid.class);
        revocations.raise("alice", 6, issued.getEpochSecond() + 100);
        assertThat(checker.check(text())).isEqualTo(new Revoked(ID, "alice", false));

        var others = texts.get().sign(new Claims(ID, "carol", "", issued.getEpochSecond() + 100, 0), issued);
        assertThat(checker.check(others)).isInstanceOf(Valid.class);
        revocations.refuseIssuedBefore(issued.plusSeconds(1));
        assertThat(checker.check(others)).isInstanceOf(Revoked.class);
    }

    /** Otherwise a clock that is set back would bring back what was revoked and forgotten since. */
    @Test
    void a_token_whose_revocation_may_be_forgotten_has_expired_whatever_the_clock_says() {
        revocations.refuse(ID, 0, issued.getEpochSecond() + 100);
        poll = () -> {
            renew();
            revocations.forget(issued.plusSeconds(101));
        };
        assertThat(checker.check(text())).isInstanceOf(Expired.class);
        assertThat(checker.check(text())).isInstanceOf(Expired.class);
        assertThat(polls).isEqualTo(1);
    }

    @Test
    void a_reserved_scope_needs_a_row_that_says_the_same() {
        renew();
        var admin = texts.get().sign(claims(ApiTokens.ADMIN_SCOPE), issued);
        assertThat(checker.check(admin)).isEqualTo(new Rejected(Reason.CLAIM_MISMATCH));
        assertThat(used()).isEmpty();

        var row = store.issue(
                new TokenStore.Draft(
                        ID,
                        "cm",
                        "alice",
                        "",
                        ApiTokens.ADMIN_SCOPE,
                        Map.of(),
                        issued,
                        issued.plusSeconds(100),
                        NEW.fingerprint(),
                        false,
                        Optional.empty()),
                new Change("test", issued));
        var live = texts.get().sign(Claims.of(row), issued);
        assertThat(checker.check(live)).isInstanceOf(Valid.class);
        assertThat(used()).containsOnlyKeys(ID);

        // The id of a live row, and something else about it that is not so.
        var longer = new Claims(ID, "alice", ApiTokens.ADMIN_SCOPE, issued.getEpochSecond() + 101, row.generation());
        assertThat(checker.check(texts.get().sign(longer, issued))).isEqualTo(new Rejected(Reason.CLAIM_MISMATCH));
        assertThat(checker.check(texts.get().sign(Claims.of(row), issued.minusSeconds(1))))
                .isEqualTo(new Rejected(Reason.CLAIM_MISMATCH));

        store.revoke(ID, Optional.empty(), new Change("test", issued));
        assertThat(checker.check(live)).isEqualTo(new Rejected(Reason.CLAIM_MISMATCH));
    }

    @Test
    void a_reserved_scope_is_not_believed_while_the_store_is_away() {
        renew();
        var away = (TokenStore) Proxy.newProxyInstance(
                TokenStore.class.getClassLoader(), new Class<?>[] {TokenStore.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("find")) {
                        throw new TokenStoreException("away");
                    }
                    try {
                        return method.invoke(store, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
        var beside = new Checker(texts::get, time, lease, revocations, () -> {}, away, uses);
        assertThat(beside.check(texts.get().sign(claims(ApiTokens.ADMIN_SCOPE), issued)))
                .isEqualTo(new Unavailable(Duration.ofSeconds(1)));
        assertThat(beside.check(text())).isInstanceOf(Valid.class);
    }
}
