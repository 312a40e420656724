package dev.countermark.cli.nodes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countermark.cli.Session;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The list of nodes, from a database here; {@code RemoteIT} has it from a server. */
class NodesTest {

    @Test
    void there_is_no_node_while_only_commands_use_the_database(@TempDir Path home) {
        var session = new Session(home);
        assertThat(session.run("tokens", "issue", "--subject", "alice").code()).isZero();

        var run = session.run("nodes");

        assertThat(run.code()).as(run.err()).isZero();
        assertThat(run.out()).isEmpty();
    }
}
