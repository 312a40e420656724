package dev.countermark.apitokens;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countermark.Keyring;
import dev.countermark.SigningKey;
import dev.countermark.apitokens.ApiTokenVerdict.Rejected;
import dev.countermark.apitokens.ApiTokenVerdict.Valid;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How keys change on every store. */
public abstract class KeysContract extends StoreContract {

    /** @param emptyStore makes a store with nothing in it; the clock is its own, if it can be told */
    protected KeysContract(Function<TestClock, TokenStore> emptyStore) {
        super(emptyStore);
    }

    @Test
    void a_key_is_retired_everywhere_and_for_good() {
        var next = SigningKey.generate();
        var both = Keyring.of(next).accepting(key);
        var file = new AtomicReference<>(Keyring.of(key).accepting(next));
        tokens.close();
        var node = ApiTokens.start(store, file::get, ApiTokenOptions.DEFAULT.clock(clock));
        var other = ApiTokens.start(
                store, file::get, ApiTokenOptions.DEFAULT.clock(clock).nodeName("other"));
        started.add(node);
        started.add(other);
        var old = node.issue(request()).text();
        var admin = node.issue(request().idempotencyKey("again"));

        file.set(both);
        node.reloadKeys();
        other.reloadKeys();
        assertThat(node.keyFingerprints()).startsWith(next.fingerprint());
        var young = node.issue(request()).text();
        assertThat(((Valid) other.check(old)).reissue()).isTrue();
        assertThat(((Valid) other.check(young)).reissue()).isFalse();
        assertThat(node.issue(request().idempotencyKey("again")).text()).isEqualTo(admin.text());

        assertThatThrownBy(() -> node.retireKey(next.fingerprint())).isInstanceOf(RefusedChangeException.class);
        await(() ->
                store.nodes().stream().allMatch(n -> n.keyFingerprints().get(0).equals(next.fingerprint())));
        node.confirm(node.retireKey(key.fingerprint()));
        assertThat(node.check(old)).isInstanceOf(Rejected.class);
        assertThat(other.check(old)).isInstanceOf(Rejected.class);
        assertThat(other.check(young)).isInstanceOf(Valid.class);
        assertThatThrownBy(() -> node.issue(request().idempotencyKey("again")))
                .isInstanceOfSatisfying(
                        RefusedChangeException.class,
                        e -> assertThat(e.why()).isEqualTo(RefusedChangeException.Why.KEY_RETIRED));
        assertThat(node.keys())
                .extracting(KeyInfo::state)
                .containsExactlyInAnyOrder(KeyInfo.State.PRIMARY, KeyInfo.State.RETIRED);
    }

    @Test
    void a_new_primary_signs_only_when_every_live_node_has_it() {
        var next = SigningKey.generate();
        var mine = new AtomicReference<>(Keyring.of(key));
        var theirs = new AtomicReference<>(Keyring.of(key));
        tokens.close();
        var node = ApiTokens.start(store, mine::get, ApiTokenOptions.DEFAULT.clock(clock));
        var other = ApiTokens.start(
                store, theirs::get, ApiTokenOptions.DEFAULT.clock(clock).nodeName("other"));
        started.add(node);
        started.add(other);

        mine.set(Keyring.of(next));
        node.reloadKeys();
        assertThat(node.keyFingerprints()).startsWith(key.fingerprint());
        assertThat(other.check(node.issue(request()).text())).isInstanceOf(Valid.class);

        theirs.set(Keyring.of(key).accepting(next));
        other.reloadKeys();
        await(() -> node.everyNodeHasKey(next.fingerprint()));
        node.reloadKeys();
        assertThat(node.keyFingerprints()).startsWith(next.fingerprint());
        assertThat(other.check(node.issue(request()).text())).isInstanceOf(Valid.class);
    }

    @Test
    void a_node_with_other_keys_does_not_start() {
        var stranger = KeySource.of(Keyring.of(SigningKey.generate()));
        assertThatThrownBy(() -> ApiTokens.start(store, stranger)).isInstanceOf(KeyMismatchException.class);
        tokens.close();
        assertThatThrownBy(() -> ApiTokens.start(store, stranger)).isInstanceOf(KeyMismatchException.class);
        var half = KeySource.of(Keyring.of(SigningKey.generate()).accepting(key));
        start(store, ApiTokenOptions.DEFAULT);
        assertThatThrownBy(() -> ApiTokens.start(store, half))
                .isInstanceOf(KeyMismatchException.class)
                .hasMessageContaining("add it there first");
    }

    @Test
    void two_nodes_under_load_refuse_no_live_token_while_the_key_changes(@TempDir Path folder) throws Exception {
        tokens.close();
        var first = key;
        var second = SigningKey.generate();
        var here = KeyFile.at(folder.resolve("here"));
        var there = KeyFile.at(folder.resolve("there"));
        here.add(first);
        there.add(first);
        var options = ApiTokenOptions.DEFAULT.lease(Duration.ofSeconds(4));
        try (var one = ApiTokens.start(store, here, options.nodeName("one"));
                var other = ApiTokens.start(store, there, options.nodeName("other"))) {
            var live = new ConcurrentLinkedQueue<String>();
            var refused = new ConcurrentLinkedQueue<ApiTokenVerdict>();
            var over = new AtomicBoolean();
            var checks = new AtomicLong();
            var threads = new ArrayList<Thread>();
            for (var node : new ApiTokens[] {one, other}) {
                var peer = node == one ? other : one;
                threads.add(new Thread(() -> {
                    while (!over.get()) {
                        var text = node.issue(IssueRequest.forSubject("load")).text();
                        live.add(text);
                        for (var known : live.stream().limit(20).toList()) {
                            checks.addAndGet(2);
                            for (var verdict : new ApiTokenVerdict[] {peer.check(known), peer.check(text)}) {
                                if (!(verdict instanceof Valid)) {
                                    refused.add(verdict);
                                }
                            }
                        }
                    }
                }));
            }
            threads.forEach(Thread::start);
            var old = one.issue(IssueRequest.forSubject("old")).text();

            // In the wrong order on purpose: promoted on one machine before the other has it.
            here.add(second);
            here.promote(second.fingerprint());
            there.add(second);
            await(() -> signs(one, second));
            there.promote(second.fingerprint());
            await(() -> signs(other, second));
            over.set(true);
            for (var thread : threads) {
                thread.join();
            }
            assertThat(refused).isEmpty();
            assertThat(checks.get()).isGreaterThan(100);

            await(() -> store.nodes().stream()
                    .allMatch(node -> node.keyFingerprints().get(0).equals(second.fingerprint())));
            assertThat(one.confirm(one.retireKey(first.fingerprint())).everywhere())
                    .isTrue();
            assertThat(one.check(old)).isInstanceOf(Rejected.class);
            assertThat(other.check(old)).isInstanceOf(Rejected.class);
            assertThat(other.check(one.issue(IssueRequest.forSubject("new")).text()))
                    .isInstanceOf(Valid.class);
        }
    }

    private static boolean signs(ApiTokens node, SigningKey key) {
        return node.keyFingerprints().get(0).equals(key.fingerprint());
    }
}
