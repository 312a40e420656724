package dev.countermark.apitokens;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countermark.Keyring;
import dev.countermark.SigningKey;
import dev.countermark.apitokens.ApiTokenVerdict.Rejected;
import dev.countermark.apitokens.ApiTokenVerdict.Revoked;
import dev.countermark.apitokens.ApiTokenVerdict.Unavailable;
import dev.countermark.apitokens.ApiTokenVerdict.Valid;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A store whose answers get lost on the way: before anything was done, as far as the store goes. */
class LostAnswersTest {

    private final InMemoryTokenStore store = new InMemoryTokenStore();
    private final Set<String> lost = ConcurrentHashMap.newKeySet();
    private final Set<String> away = ConcurrentHashMap.newKeySet();
    private final Set<String> broken = ConcurrentHashMap.newKeySet();
    private final SigningKey first = SigningKey.generate();
    private final SigningKey second = SigningKey.generate();
    private final AtomicReference<Keyring> keys =
            new AtomicReference<>(Keyring.of(first).accepting(second));
    private final ApiTokens tokens = ApiTokens.start(lossy(), keys::get);

    private TokenStore lossy() {
        return (TokenStore) Proxy.newProxyInstance(
                TokenStore.class.getClassLoader(), new Class<?>[] {TokenStore.class}, (proxy, method, arguments) -> {
                    if (lost.contains(method.getName())) {
                        throw new OutcomeUnknownException(new IllegalStateException("lost"));
                    }
                    if (broken.remove(method.getName())) {
                        throw new StackOverflowError("broken for once");
                    }
                    if (away.remove(method.getName())) {
                        throw new TokenStoreException("away for once");
                    }
                    try {
                        return method.invoke(store, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    @AfterEach
    void close() {
        tokens.close();
    }

    private String issue(String subject) {
        return tokens.issue(IssueRequest.forSubject(subject)).text();
    }

    @Test
    void a_revocation_without_an_answer_is_an_error_and_refused_here() {
        var one = issue("one");
        var all = issue("all");
        var spared = issue("spared");
        lost.addAll(Set.of("revoke", "revokeSubject"));
        assertThatThrownBy(() -> tokens.revokeText(one)).isInstanceOf(OutcomeUnknownException.class);
        assertThatThrownBy(() -> tokens.revokeSubject("all")).isInstanceOf(OutcomeUnknownException.class);
        assertThat(tokens.check(one)).isInstanceOf(Revoked.class);
        assertThat(tokens.check(all)).isInstanceOf(Revoked.class);
        assertThat(tokens.check(spared)).isInstanceOf(Valid.class);

        lost.clear();
        tokens.revokeSubject("all");
        assertThat(tokens.check(issue("all"))).as("once it was repeated").isInstanceOf(Valid.class);
    }

    @Test
    void a_key_whose_retirement_has_no_answer_is_refused_here() {
        var old = issue("one");
        keys.set(Keyring.of(second).accepting(first));
        tokens.reloadKeys();
        store.nodes().forEach(node -> store.leave(node.id()));
        lost.add("retireKey");
        assertThat(tokens.check(old)).isInstanceOf(Valid.class);
        assertThatThrownBy(() -> tokens.retireKey(first.fingerprint())).isInstanceOf(OutcomeUnknownException.class);
        assertThat(tokens.check(old)).isInstanceOf(Rejected.class);
        assertThat(tokens.check(issue("two"))).isInstanceOf(Valid.class);
    }

    @Test
    void a_confirmation_outlives_a_store_that_is_away_for_a_moment() {
        var outcome = tokens.revokeText(issue("one"));
        away.add("nodes");
        assertThat(tokens.confirm(outcome).everywhere()).isTrue();
    }

    @Test
    void a_thread_of_the_node_outlives_whatever_the_store_throws() {
        var text = issue("one");
        broken.addAll(Set.of("read", "report", "awaitChange"));
        StoreContract.await(broken::isEmpty);
        broken.add("read");
        StoreContract.await(broken::isEmpty);
        try (var other = ApiTokens.start(store, keys::get)) {
            other.revokeText(text);
            StoreContract.await(() -> tokens.check(text) instanceof Revoked);
            assertThat(other.confirm(other.revokeSubject("two")).live()).isEqualTo(2);
        }
    }

    @Test
    void a_lease_that_has_ended_is_not_renewed_by_a_poll_under_way() {
        var lease = new Lease(NodeTime.of(Clock.systemUTC()), Duration.ofSeconds(5));
        var start = lease.begin();
        lease.renew(start);
        assertThat(lease.holds()).isTrue();
        lease.end();
        assertThat(lease.holds()).isFalse();
        lease.renew(start);
        assertThat(lease.holds()).isFalse();
        assertThat(tokens.check(issue("one"))).isNotInstanceOf(Unavailable.class);
    }
}
