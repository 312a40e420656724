package dev.countermark.cli.tokens;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countermark.cli.Session;
import dev.countermark.cli.terminal.ExitCode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class TokensTest {

    @TempDir
    Path folder;

    private Path home;
    private Session session;

    @BeforeEach
    void start() {
        home = folder.resolve("home");
        session = new Session(home);
    }

    private static JsonNode json(Session.Run run) {
        return JsonMapper.shared().readTree(run.out());
    }

    private String issue() {
        var run = session.run("tokens", "issue", "--subject", "alice");
        assertThat(run.code()).as(run.err()).isZero();
        return run.line();
    }

    @Test
    void a_token_is_issued_checked_and_revoked_with_what_the_data_folder_holds() throws Exception {
        var issued = session.run(
                "tokens",
                "issue",
                "--subject",
                "alice",
                "--name",
                "laptop",
                "--scope",
                "read",
                "--metadata",
                "team=blue",
                "--lifetime",
                "1d",
                "--json");
        assertThat(issued.err())
                .isEqualTo("countermark: made a new key in " + home.resolve("keys") + System.lineSeparator());
        var token = json(issued).path("token").asString();
        var id = json(issued).path("id").asString();
        for (var file : new String[] {"keys", "tokens.db"}) {
            assertThat(Files.getPosixFilePermissions(home.resolve(file)))
                    .isEqualTo(PosixFilePermissions.fromString("rw-------"));
        }

        var valid = session.run("tokens", "verify", "--json", token);
        assertThat(valid.code()).isZero();
        assertThat(json(valid).path("subject").asString()).isEqualTo("alice");
        assertThat(session.run("tokens", "show", id).out()).contains("laptop", "team=blue", "active");
        assertThat(session.run("tokens", "list", "--subject", "alice").out())
                .contains(id)
                .doesNotContain(token);

        var revoked = session.run("tokens", "revoke", "--wait", id);
        assertThat(revoked.code()).isZero();
        var refused = session.run("tokens", "verify", token);
        assertThat(refused.code()).isEqualTo(1);
        assertThat(refused.out()).startsWith("revoked: ");
        assertThat(session.run("tokens", "list", "--state", "revoked").out()).contains(id);
    }

    @Test
    void an_admin_token_needs_no_subject_and_the_folder_of_a_service_can_be_named() {
        var folder = home.resolve("service").toString();
        var issued = session.run("tokens", "issue", "--admin", "--data", folder, "--json");
        assertThat(json(issued).path("subject").asString()).isEqualTo("admin");
        assertThat(json(issued).path("scopes").toString()).isEqualTo("[\"countermark:admin\"]");
        assertThat(home.resolve("service/keys")).exists();
        assertThat(home.resolve("keys")).doesNotExist();
        var token = json(issued).path("token").asString();
        assertThat(session.run("tokens", "verify", "--data", folder, token).code())
                .isZero();
    }

    @Test
    void exit_codes_are_those_of_verify() {
        var token = issue();
        assertThat(session.run("tokens", "verify", token).code()).isZero();
        assertThat(session.run("tokens", "verify", "cm_x", token).code()).isEqualTo(1);
        assertThat(session.runReading(token + "\nnonsense\n", "tokens", "verify", "-")
                        .out())
                .contains("valid: ", "rejected: ");
        assertThat(session.run("tokens", "show", "0").code()).isEqualTo(1);
        assertThat(session.run("tokens", "revoke", "0").code()).isEqualTo(1);
        assertThat(session.run("tokens", "issue").code()).isEqualTo(64);
        assertThat(session.run("tokens").code()).isEqualTo(64);
        assertThat(session.run("tokens", "issue", "--subject", "a", "--lifetime", "366d")
                        .code())
                .isEqualTo(64);
        var away = session.run("tokens", "list", "--database-url", "jdbc:postgresql://localhost:1/x");
        assertThat(away.code()).isEqualTo(69);
        assertThat(session.run("tokens", "list", "--database-url", "jdbc:h2:mem:x")
                        .err())
                .contains("SQLite");
    }

    @Test
    void only_who_waits_hears_how_many_nodes_have_confirmed() {
        assertThat(session.run("tokens", "revoke", "--json", "--subject", "alice")
                        .line())
                .isEqualTo("{\"number\":1}");
        assertThat(session.run("tokens", "revoke", "--json", "--wait", "--subject", "alice")
                        .line())
                .isEqualTo("{\"number\":2,\"confirmed\":1,\"live\":1}");
    }

    @Test
    void a_token_or_a_whole_subject_is_revoked_and_the_rest_lives() {
        var first = issue();
        var second = issue();
        var bob = session.run("tokens", "issue", "--subject", "bob").line();
        assertThat(session.runReading(first, "tokens", "revoke", "--token", "-").code())
                .isZero();
        assertThat(session.run("tokens", "verify", first).code()).isEqualTo(1);
        assertThat(session.run("tokens", "verify", second).code()).isZero();
        session.run("tokens", "revoke", "--subject", "alice");
        assertThat(session.run("tokens", "verify", second).code()).isEqualTo(1);
        assertThat(session.run("tokens", "verify", bob).code()).isZero();
        assertThat(session.run("tokens", "prune").line()).isEqualTo("deleted 0");
    }

    @Test
    void a_rotated_token_lives_beside_its_successor_and_has_only_one() {
        var issued = json(session.run("tokens", "issue", "--subject", "alice", "--json"));
        var id = issued.path("id").asString();
        var fresh = session.run("tokens", "rotate", id, "--idempotency-key", "k");
        assertThat(session.run("tokens", "rotate", id, "--idempotency-key", "k").line())
                .isEqualTo(fresh.line());
        assertThat(session.run("tokens", "verify", issued.path("token").asString(), fresh.line())
                        .code())
                .isZero();
        var again = session.run("tokens", "rotate", id);
        assertThat(again.code()).isEqualTo(1);
        assertThat(again.err()).contains("rotated already");
    }

    @Test
    void a_token_in_place_of_its_id_hears_which_option_takes_it() {
        var token = issue();
        var run = session.run("tokens", "revoke", token);
        assertThat(run.code()).isEqualTo(ExitCode.USAGE);
        assertThat(run.err()).contains("--token").doesNotContain(token);
    }

    @Test
    void a_data_folder_that_precedes_the_database_of_the_environment_says_so() {
        var other = "jdbc:sqlite:" + folder.resolve("other.db");
        session.with("COUNTERMARK_DATABASE_URL", other);
        assertThat(session.run("tokens", "list", "--data", home.toString()).err())
                .contains("--data precedes COUNTERMARK_DATABASE_URL");
        assertThat(folder.resolve("other.db")).doesNotExist();
        assertThat(session.run("tokens", "list", "--data", home.toString(), "--database-url", other)
                        .err())
                .doesNotContain("precedes");
    }

    @Test
    void the_operator_answers_for_a_restored_database() throws Exception {
        var token = issue();
        session.run("tokens", "revoke", "--subject", "somebody", "--wait");
        var remembered = Files.readAllLines(home.resolve("feed"));
        // The file remembers a later state than the database has.
        remembered.set(0, remembered.get(0).replaceFirst("\\d+", "1000"));
        Files.write(home.resolve("feed"), remembered);
        assertThat(session.run("tokens", "verify", token).code()).isEqualTo(69);
        assertThat(session.run("tokens", "restored", "refuse_issued_before").code())
                .isZero();
        assertThat(session.run("tokens", "verify", token).code()).isEqualTo(1);
        assertThat(session.run("tokens", "verify", issue()).code()).isZero();
    }

    @Test
    void other_keys_than_the_tokens_were_signed_with_are_refused() {
        issue();
        var other = folder.resolve("other");
        var run = session.run("tokens", "list", "--keys", other.toString());
        assertThat(run.code()).isEqualTo(69);
        assertThat(run.err()).contains("copy the file of keys");
        session.run("keys", "add", "--keys", other.toString());
        assertThat(session.run("tokens", "list", "--keys", other.toString()).err())
                .contains("does not have");
    }
}
