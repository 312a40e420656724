package dev.countermark.cli.keys;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countermark.cli.Session;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class KeysTest {

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
    void keys_are_added_promoted_and_retired() {
        var old = issue();
        var first = session.run("keys", "list").out().substring(0, 16);
        var second = session.run("keys", "add").line();
        assertThat(session.run("keys", "list").out()).contains(second + "  not reported yet");
        assertThat(session.run("keys", "promote", second).code()).isZero();
        var promised = session.run("keys", "list");
        assertThat(promised.out()).containsPattern(first + " +primary .*, in the file here");
        assertThat(promised.err()).contains("the file here says that " + second + " signs; no node does so yet");
        var young = issue();
        var done = session.run("keys", "list");
        assertThat(done.out()).containsPattern(second + " +primary .*, signs by the file here");
        assertThat(done.err()).doesNotContain("no node does so yet");
        assertThat(session.run("tokens", "verify", old, young).code()).isZero();
        assertThat(session.run("keys", "retire", second).err()).contains("promote another first");
        assertThat(session.run("keys", "retire", "--end-its-tokens", first).code())
                .isZero();
        assertThat(session.run("tokens", "verify", old).code()).isEqualTo(1);
        assertThat(session.run("tokens", "verify", young).code()).isZero();
        assertThat(session.run("keys", "list").out()).contains("retired", "primary");
        assertThat(session.run("keys", "promote", "0000000000000000").code()).isEqualTo(1);
    }

    @Test
    void a_key_whose_tokens_are_still_accepted_is_retired_only_when_that_is_said() {
        var token = issue();
        var admin = session.run("tokens", "issue", "--admin", "--json");
        var old = session.run("keys", "list").out().substring(0, 16);
        assertThat(session.run("keys", "promote", session.run("keys", "add").line())
                        .code())
                .isZero();
        var young = issue();

        var refused = session.run("keys", "retire", old);
        assertThat(refused.code()).isEqualTo(1);
        assertThat(refused.err())
                .contains("2 tokens that this key signed would end now", "--end-its-tokens")
                .contains(
                        "countermark:admin among them " + json(admin).path("id").asString());
        assertThat(session.run("tokens", "verify", token).code()).isZero();

        assertThat(session.run("tokens", "revoke", "--token", token).code()).isZero();
        assertThat(session.run("tokens", "revoke", json(admin).path("id").asString())
                        .code())
                .isZero();
        assertThat(session.run("keys", "retire", old).code()).isZero();
        assertThat(session.run("tokens", "verify", young).code()).isZero();
    }

    @Test
    void a_key_that_is_not_in_the_file_is_not_waited_for() {
        issue();
        var run = session.run("keys", "promote", "0000000000000000");
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err()).contains("no key of this fingerprint");
    }

    @Test
    void a_key_of_another_machine_is_added_from_standard_input() {
        var key = session.run("keygen", "--json");
        var added = session.runReading(json(key).path("key").asString() + "\n", "keys", "add", "--from", "-");
        assertThat(added.line()).isEqualTo(json(key).path("fingerprint").asString());
        assertThat(added.out() + added.err())
                .doesNotContain(json(key).path("key").asString());
    }

    @Test
    void a_file_of_a_key_that_cannot_be_read_is_named() {
        var missing =
                session.run("keys", "add", "--from", home.resolve("nothing").toString());
        assertThat(missing.code()).isEqualTo(64);
        assertThat(missing.err()).contains("there is no file " + home.resolve("nothing"));

        var unreadable = session.run("keys", "add", "--from", folder.toString());
        assertThat(unreadable.code()).isEqualTo(69);
        assertThat(unreadable.err()).contains("the key in " + folder + " cannot be read");
    }
}
