package dev.countermark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UsageTest {

    @TempDir
    Path home;

    private Session session;

    @BeforeEach
    void start() {
        session = new Session(home);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "sing",
                "sign",
                "verify",
                "inspect",
                "keygen more",
                "sign --purpose",
                "sign --purpose login --expires-in 3w value",
                "sign --purpose login --expires-in -1 value",
                "sign --purpose login --expires-in 0 value",
                "sign --purpose login --at yesterday value",
                "sign --purpose login --format nonsense value",
                "sign --purpose login --option colour=red value",
                "sign --purpose login --max-age 1h value",
                "verify --purpose login --expires-in 1h value",
                "verify --purpose login --key-file nowhere value",
                "verify --purpose login --key-encoding octal value",
            })
    void a_wrong_command_line_exits_with_64_and_says_why_on_standard_error(String arguments) {
        var run = session.run(arguments.isEmpty() ? new String[0] : arguments.split(" "));
        assertThat(run.code()).isEqualTo(64);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).contains("countermark: ").doesNotContain("Exception");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            tokens list --limit 80x         | --limit is a whole number, not '80x'
            tokens list --state live        | --state is one of active, expired, revoked, not 'live'
            tokens list --json=maybe        | --json takes no value
            tokens issue --lifetime 3w      | --lifetime: '3w' is no duration; give seconds, or a number with s, m, h or d
            sign --at yesterday value       | --at: 'yesterday' is no instant; write it like 2015-09-24T14:14:08Z
            sign --purpose                  | --purpose needs a value: PURPOSE
            tokens rotate                   | there is no ID; give one
            tokens revoke                   | there is no ID or --token or --subject; give one
            tokens revoke ID --subject ada  | give one of several that exclude each other
            tokens list --limit 1 --limit 2 | --limit is given twice
            tokens restored perhaps         | ANSWER is one of refuse_issued_before, accept, not 'perhaps'
            """)
    void a_wrong_value_is_named_in_a_sentence(String arguments, String sentence) {
        assertThat(session.run(arguments.split(" ")).err())
                .startsWith("countermark: " + sentence)
                .doesNotContain("Invalid", "int", "Error", "index");
    }

    @Test
    void a_command_that_is_none_is_named_beside_those_there_are() {
        assertThat(session.run("frobnicate").err()).contains("there is no command frobnicate; there are keygen, sign");
        assertThat(session.run("keys", "rotate").err()).contains("no command rotate; there are list, add");
        assertThat(session.run("cm_eyJpZCI6IjcwZWQ0MjMwZGU3").err())
                .contains("a command comes first; there are keygen, sign")
                .doesNotContain("cm_");
    }

    @Test
    void a_value_without_a_purpose_is_not_signed() {
        var run = session.run("sign", "value");
        assertThat(run.code()).isEqualTo(64);
        assertThat(run.err()).contains("--purpose login");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "keygen",
                "sign",
                "verify",
                "inspect",
                "doctor",
                "nodes",
                "audit",
                "generate-man-page",
                "generate-completion"
            })
    void every_command_has_help(String command) {
        var run = session.run(command, "--help");
        assertThat(run.code()).isZero();
        assertThat(run.out()).startsWith("Usage: countermark " + command);
        assertThat(session.run("help", command).out()).isEqualTo(run.out());
    }

    @Test
    void help_knows_the_commands_of_a_command() {
        assertThat(session.run("help", "tokens", "issue").out())
                .isEqualTo(session.run("tokens", "issue", "--help").out())
                .startsWith("Usage: countermark tokens issue");
        assertThat(session.run("help").out()).isEqualTo(session.run("--help").out());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            help formats        | there is no command formats; there are keygen, sign
            help tokens sing    | there is no command sing; there are issue, verify
            help sign jwt       | sign has no commands of its own
            help geheim-geheim-geheim | a command comes first; there are keygen, sign
            help --formats      | there is no option --formats
            """)
    void help_for_a_command_that_is_none_is_wrong_usage(String arguments, String sentence) {
        var run = session.run(arguments.split(" "));
        assertThat(run.code()).isEqualTo(64);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).startsWith("countermark: " + sentence).contains("Try: countermark");
    }

    @Test
    void help_lists_the_commands_and_the_exit_codes() {
        var help = session.run("--help").out();
        assertThat(help)
                .contains("keygen", "sign", "verify", "inspect", "nodes", "audit", "69")
                .doesNotContain("generate-man-page");
    }

    @Test
    void the_service_is_in_the_help_and_says_who_starts_it() {
        assertThat(session.run("--help").out()).containsPattern("serve +Run the service");
        assertThat(session.run("help", "serve").out()).contains("./countermark serve --help");
        var run = session.run("serve");
        assertThat(run.code()).isEqualTo(64);
        assertThat(run.err()).contains("the launcher starts it");
    }

    @Test
    void help_for_signing_lists_the_formats() {
        var help = session.run("sign", "--help").out();
        assertThat(help).contains("countermark", "text", "the default");
        assertThat(help.substring(help.indexOf("Formats:\n") + 9).lines())
                .as("names on the left, what they mean on the right, nothing broken by picocli")
                .allMatch(line -> line.matches("  \\S.*|    \\S.*| {32}\\S.*") && line.length() <= 80);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "keygen geheim",
                "sign --kye=geheim value",
                "sign -kgeheim value",
                "sign --purpose login --key geheim value",
                "tokens list --limit geheim-geheim-geheim-geheim",
                "tokens list --state geheim-geheim-geheim-geheim",
                "sign --purpose login --key g%heim value",
                "verify --purpose login --key-encoding hex --key geheim value",
                "verify --purpose login --key-encoding text --key geheim value",
            })
    void a_key_is_never_shown(String arguments) {
        var run = session.run(arguments.split(" "));
        assertThat(run.code()).isEqualTo(64);
        assertThat(run.out() + run.err()).doesNotContain("heim");
    }

    @Test
    void the_manual_page_names_every_option_and_every_environment_variable() {
        var page = session.run("generate-man-page").out().replace("\\-", "-");
        assertThat(page)
                .startsWith(".TH COUNTERMARK 1")
                .contains(
                        "COUNTERMARK SIGN",
                        "--expires-in",
                        "--max-age",
                        "COUNTERMARK_KEY",
                        "COUNTERMARK_URL",
                        "NO_COLOR");
        assertThat(page.lines()).noneMatch(line -> line.startsWith("'"));
    }

    @Test
    void the_completion_script_knows_the_options() {
        assertThat(session.run("generate-completion").out()).contains("--expires-in", "--key-file");
    }

    @Test
    void the_version_is_shown() {
        assertThat(session.run("--version").out()).startsWith("countermark ").contains("Java");
    }
}
