package dev.countermark.apitokens;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countermark.Keyring;
import dev.countermark.SigningKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;

/** A node on an empty store, for what holds on every store. */
public abstract class StoreContract {

    /** Fewer than PostgreSQL's pool has connections: who finds none waits three seconds, and a disk may pause for longer. */
    static final int CALLERS = 6;

    final TestClock clock = new TestClock();
    final SigningKey key = SigningKey.generate();
    final List<ApiTokens> started = new ArrayList<>();
    final TokenStore store;
    final ApiTokens tokens;

    StoreContract(Function<TestClock, TokenStore> emptyStore) {
        store = emptyStore.apply(clock);
        tokens = start(store, ApiTokenOptions.DEFAULT);
    }

    final ApiTokens start(TokenStore store, ApiTokenOptions options) {
        var node = ApiTokens.start(store, KeySource.of(Keyring.of(key)), options.clock(clock));
        started.add(node);
        return node;
    }

    @AfterEach
    void stop() {
        started.forEach(ApiTokens::close);
        store.close();
    }

    static IssueRequest request() {
        return IssueRequest.forSubject("alice");
    }

    /** Waits for what another thread of ours is about to do. */
    static void await(BooleanSupplier condition) {
        long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("deadline").isLessThan(deadline);
            Thread.onSpinWait();
        }
    }
}
