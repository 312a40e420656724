package dev.countermark.apitokens;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countermark.SigningKey;
import dev.countermark.apitokens.ApiTokenVerdict.Rejected;
import dev.countermark.apitokens.ApiTokenVerdict.Valid;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeyRotationTest {

    @TempDir
    Path folder;

    @Test
    void two_nodes_under_load_refuse_no_live_token_while_the_key_changes() throws Exception {
        var store = new InMemoryTokenStore();
        var first = SigningKey.generate();
        var second = SigningKey.generate();
        var here = KeyFile.at(folder.resolve("here"));
        var there = KeyFile.at(folder.resolve("there"));
        here.add(first);
        there.add(first);
        var options = ApiTokenOptions.DEFAULT.lease(Duration.ofSeconds(2));
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

    private static void await(BooleanSupplier condition) {
        long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("deadline").isLessThan(deadline);
            Thread.onSpinWait();
        }
    }

    @Test
    void a_file_of_keys_is_private_and_says_what_is_wrong_without_the_key() throws Exception {
        var path = folder.resolve("keys");
        var file = KeyFile.at(path);
        assertThatThrownBy(file::keyring)
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("keys add");
        var first = SigningKey.generate();
        file.add(first);
        var second = SigningKey.generate();
        file.add(second);
        assertThat(Files.getPosixFilePermissions(path)).isEqualTo(PosixFilePermissions.fromString("rw-------"));
        assertThat(file.keyring().primary()).isEqualTo(first);
        assertThatThrownBy(() -> file.remove(first.fingerprint())).isInstanceOf(RefusedChangeException.class);
        file.promote(second.fingerprint());
        assertThat(file.keyring().primary()).isEqualTo(second);
        file.remove(first.fingerprint());
        assertThat(file.keyring().keys()).containsExactly(second);

        Files.writeString(path, "accepted " + second.revealBase64() + "\n");
        assertThatThrownBy(file::keyring).hasMessageContaining("no primary key");
        Files.writeString(path, "primary " + second.revealBase64().substring(10) + "\n");
        assertThatThrownBy(file::keyring)
                .hasMessageContaining("line 1")
                .message()
                .doesNotContain(second.revealBase64().substring(10, 30));
        Files.writeString(path, "sesame\n");
        assertThatThrownBy(file::keyring)
                .hasMessageContaining("line 1")
                .message()
                .doesNotContain("sesame");
    }
}
