package dev.countermark.apitokens;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countermark.Keyring;
import dev.countermark.SigningKey;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NodeEndTest {

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
            assertThat(new FeedFile(folder).load().orElseThrow().number()).isEqualTo(i);
        }
    }

    /** As one does that is killed as soon as its caller knows; the file is read while the node runs. */
    @Test
    void what_is_revoked_is_remembered_before_the_caller_knows() {
        var options = ApiTokenOptions.DEFAULT.nodeName("killed").dataFolder(folder);
        try (var tokens = ApiTokens.start(new InMemoryTokenStore(), keys, options)) {
            for (int i = 1; i <= 200; i++) {
                tokens.revokeSubject("subject " + i);
                assertThat(new FeedFile(folder).load().orElseThrow().number()).isEqualTo(i);
            }
        }
    }
}
