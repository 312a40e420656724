package dev.countermark.cli.sign;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countermark.cli.Session;
import dev.countermark.cli.terminal.Lines;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

class SignAndVerifyTest {

    private static final String VALUE = "{\"id\":\"foobar\"}";
    private static final String KEY = "Aokgz7pkfU4Rs8Ui5oEuIwgqr9N4p1uqH8soITDGysU";
    private static final String OTHER_KEY = "85UVfUbboxQqvcLMsnW6rxpF881xCPjfOFRLMZMDj5g";
    private static final String NOON = "2026-11-23T12:00:00Z";

    @TempDir
    Path home;

    private Session session;

    @BeforeEach
    void start() {
        session = new Session(home);
    }

    private String token(String... more) {
        return session.run(concat(new String[] {"sign", "--key", KEY, "--purpose", "login", "--at", NOON}, more))
                .line();
    }

    private static String[] concat(String[] first, String... then) {
        var all = Arrays.copyOf(first, first.length + then.length);
        System.arraycopy(then, 0, all, first.length, then.length);
        return all;
    }

    private Session.Run verify(String at, String... more) {
        return session.run(concat(new String[] {"verify", "--key", KEY, "--purpose", "login", "--at", at}, more));
    }

    @Test
    void a_token_gives_its_value_back() {
        var run = verify(NOON, token(VALUE));
        assertThat(run.code()).isZero();
        assertThat(run.out()).isEqualTo(VALUE + System.lineSeparator());
        assertThat(run.err()).isEmpty();
    }

    @Test
    void the_value_of_the_text_format_is_readable_in_the_token() {
        var token = token("--format", "text", "report-7.pdf");
        assertThat(token).startsWith("report-7.pdf.");
        assertThat(verify(NOON, "--format", "text", token).line()).isEqualTo("report-7.pdf");
    }

    @Test
    void a_written_expiry_holds_by_itself() {
        var token = token("--expires-in", "1h", VALUE);
        assertThat(verify("2026-11-23T13:00:00Z", token).code()).isZero();
        var late = verify("2026-11-23T13:00:01Z", token);
        assertThat(late.code()).isEqualTo(2);
        assertThat(late.line()).isEqualTo("expired: it was valid until 2026-11-23T13:00:00Z");
    }

    @Test
    void a_maximal_age_makes_an_older_token_expired() {
        var token = token(VALUE);
        assertThat(verify("2026-11-23T12:00:30Z", "--max-age", "30", token).code())
                .isZero();
        var late = verify("2026-11-23T12:00:31Z", "--max-age", "30s", token);
        assertThat(late.code()).isEqualTo(2);
        assertThat(late.line()).isEqualTo("expired: it was signed at 2026-11-23T12:00:00Z");
    }

    @Test
    void another_purpose_another_key_and_a_changed_token_are_rejected() {
        var token = token(VALUE);
        var otherPurpose = session.run("verify", "--key", KEY, "--purpose", "logout", "--at", NOON, token);
        var otherKey = session.run("verify", "--key", OTHER_KEY, "--purpose", "login", "--at", NOON, token);
        var changed = verify(NOON, "x" + token);
        for (var run : new Session.Run[] {otherPurpose, otherKey, changed}) {
            assertThat(run.code()).isEqualTo(1);
            assertThat(run.line()).isEqualTo("rejected: the signature does not match");
        }
    }

    @Test
    void the_first_key_signs_and_all_verify() {
        var token = session.run("sign", "--key", KEY, "--key", OTHER_KEY, "-p", "login", "--at", NOON, VALUE)
                .line();
        assertThat(token).isEqualTo(token(VALUE));
        var run = session.run("verify", "--key", OTHER_KEY, "--key", KEY, "-p", "login", "--at", NOON, "--json", token);
        assertThat(run.code()).isZero();
        assertThat(JsonMapper.shared().readTree(run.out()).path("reissue").asBoolean())
                .isTrue();
    }

    @Test
    void json_tells_verdict_value_dates_and_reason() {
        var token = token("--expires-in", "1h", VALUE);
        var valid = JsonMapper.shared().readTree(verify(NOON, "--json", token).out());
        assertThat(valid.path("verdict").asString()).isEqualTo("valid");
        assertThat(valid.path("value").asString()).isEqualTo(VALUE);
        assertThat(valid.path("signed_at").asString()).isEqualTo(NOON);
        assertThat(valid.path("expires_at").asString()).isEqualTo("2026-11-23T13:00:00Z");

        var rejected =
                JsonMapper.shared().readTree(verify(NOON, "--json", "nonsense").out());
        assertThat(rejected.path("verdict").asString()).isEqualTo("rejected");
        assertThat(rejected.path("reason").asString()).isEqualTo("malformed");
        assertThat(rejected.has("value")).isFalse();
    }

    @Test
    void a_dash_reads_one_token_a_line_and_the_highest_code_wins() {
        var token = token(VALUE);
        var late = token("--expires-in", "1s", VALUE);
        var run = session.runReading(
                token + "\r\n" + late + "\nnonsense\n" + token,
                "verify",
                "--key",
                KEY,
                "-p",
                "login",
                "--at",
                "2026-11-23T12:00:10Z",
                "-");
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.out().lines())
                .containsExactly(
                        VALUE,
                        "expired: it was valid until 2026-11-23T12:00:01Z",
                        "rejected: the text is not a token of this format",
                        VALUE);
    }

    @Test
    void a_line_that_is_not_utf_8_or_endless_is_rejected_and_the_next_one_read() {
        var endless = "a".repeat(Lines.LIMIT + 1) + "\n";
        var run = session.runReading(
                ("\u00ff\n" + endless + token(VALUE) + "\n").getBytes(StandardCharsets.ISO_8859_1),
                "verify",
                "--key",
                KEY,
                "-p",
                "login",
                "--at",
                NOON,
                "-");
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.out().lines())
                .containsExactly("rejected: the line is not UTF-8", "rejected: the line is longer than 1 MiB", VALUE);
    }

    @Test
    void sign_reads_values_from_standard_input() {
        var run = session.runReading("a\nb\n", "sign", "--key", KEY, "-p", "login", "--at", NOON, "-");
        assertThat(run.code()).isZero();
        assertThat(run.out().lines()).containsExactly(token("a"), token("b"));
    }

    @Test
    void a_value_that_begins_with_an_at_sign_is_a_value() {
        assertThat(verify(NOON, token("@home")).line()).isEqualTo("@home");
    }

    @Test
    void control_characters_reach_a_pipe_as_they_are_and_a_terminal_escaped() {
        var value = "a\u001b[2Jb\u202e";
        var token = token(value);
        assertThat(verify(NOON, token).line()).isEqualTo(value);
        var run = session.runOnTerminal("verify", "--key", KEY, "-p", "login", "--at", NOON, token);
        assertThat(run.line()).isEqualTo("a\\u{1b}[2Jb\\u{202e}");
    }

    @Test
    void colours_show_on_a_terminal_only_and_not_when_unwanted() {
        var arguments = new String[] {"verify", "--key", KEY, "-p", "login", "nonsense"};
        assertThat(session.runOnTerminal(arguments).out()).contains("\u001b[");
        assertThat(session.run(arguments).out()).doesNotContain("\u001b[");
        assertThat(session.with("NO_COLOR", "1").runOnTerminal(arguments).out()).doesNotContain("\u001b[");
    }

    @Test
    void what_cannot_be_signed_is_a_usage_error() {
        var run = session.run("sign", "--key", KEY, "-p", "login", "a".repeat(20_000));
        assertThat(run.code()).isEqualTo(64);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).startsWith("countermark: ");
    }

    @Test
    void nothing_on_standard_input_is_not_valid() {
        var run = session.runReading("", "verify", "--key", KEY, "-p", "login", "-");
        assertThat(run.code()).isEqualTo(64);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).contains("standard input is empty");
    }

    @Test
    void who_forgets_the_salt_of_itsdangerous_is_reminded() {
        var format = "itsdangerous:url-safe-timed";
        var token = session.run("sign", "--key", "k", "-f", format, "--salt", "activate", VALUE)
                .line();
        var forgotten = session.run("verify", "--key", "k", "-f", format, token);
        assertThat(forgotten.code()).isEqualTo(1);
        assertThat(forgotten.err()).contains("say --salt");
        var wrong = session.run("verify", "--key", "x", "-f", format, "--salt", "activate", token);
        assertThat(wrong.code()).isEqualTo(1);
        assertThat(wrong.err()).isEmpty();
        assertThat(session.run("verify", "--key", "k", "-f", "itsdangerous", token)
                        .err())
                .contains("say which class of itsdangerous");
    }
}
