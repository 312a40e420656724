package dev.countermark.apitokens;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countermark.Keyring;
import dev.countermark.SigningKey;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NodeEndTest {

    /** How long a revocation waits for the file at most; on a machine that is held up it is written soon after. */
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(1);

    private final KeySource keys = KeySource.of(Keyring.of(SigningKey.generate()));

    @TempDir
    Path folder;

    /** As a command does, which ends before the next poll; many times, because that may be quick. */
    @Test
    void a_node_that_ends_at_once_remembers_what_it_has_revoked() {
        var store = new InMemoryTokenStore();
        var options = ApiTokenOptions.DEFAULT.nodeName("command").dataFolder(folder);
        for (int i = 1; i <= 200; i++) {
            try (var tokens = ApiTokens.start(store, keys, options)) {
                tokens.revokeSubject("subject " + i);
            }
            assertThat(remembered()).isEqualTo(i);
        }
    }

    /** As one does that is killed as soon as its caller knows; the file is read while the node runs. */
    @Test
    void what_is_revoked_is_remembered_before_the_caller_knows() {
        var options = ApiTokenOptions.DEFAULT.nodeName("killed").dataFolder(folder);
        try (var tokens = ApiTokens.start(new InMemoryTokenStore(), keys, options)) {
            for (int i = 1; i <= 200; i++) {
                long number = i;
                long start = System.nanoTime();
                tokens.revokeSubject("subject " + i);
                if (System.nanoTime() - start >= LONGEST_WAIT.toNanos()) {
                    StoreContract.await(() -> remembered() == number);
                }
                assertThat(remembered()).isEqualTo(number);
            }
        }
    }

    private long remembered() {
        return new FeedFile(folder).load().orElseThrow().number();
    }
}
