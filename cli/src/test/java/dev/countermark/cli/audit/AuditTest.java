package dev.countermark.cli.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countermark.cli.Session;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The list of changes, from a database here; {@code RemoteIT} has it from a server. */
class AuditTest {

    @TempDir
    Path home;

    private Session session;

    @BeforeEach
    void start() {
        session = new Session(home);
        assertThat(session.run("tokens", "issue", "--subject", "alice").code()).isZero();
        assertThat(session.run("tokens", "issue", "--subject", "bob").code()).isZero();
        assertThat(session.run("tokens", "revoke", "--subject", "alice").code()).isZero();
    }

    private static JsonNode json(Session.Run run) {
        return JsonMapper.shared().readTree(run.out());
    }

    @Test
    void changes_are_listed_the_latest_first_with_who_made_them() {
        var all = session.run("audit").out().lines().toList();
        assertThat(all.get(0)).contains("subject_revoked", "command of ", "alice");
        assertThat(all.get(1)).contains("issued", "bob");

        var latest = session.run("audit", "--subject", "alice", "--limit", "1", "--json");
        assertThat(json(latest).path("action").stringValue()).isEqualTo("subject_revoked");
        assertThat(latest.err()).contains("go on with --after ");
        var cursor = latest.err().strip().replaceAll(".* ", "");
        var next = session.run("audit", "--subject", "alice", "--limit", "1", "--json", "--after", cursor);
        assertThat(json(next).path("action").stringValue()).isEqualTo("issued");

        var id = json(next).path("token_id").stringValue();
        assertThat(session.run("audit", "--token-id", id).out())
                .contains("issued", "alice")
                .doesNotContain("bob");
        assertThat(session.run("audit", "--limit", "0").code()).isEqualTo(64);
        assertThat(session.run("audit", "--token-id", id, "--subject", "alice").code())
                .isEqualTo(64);
    }
}
