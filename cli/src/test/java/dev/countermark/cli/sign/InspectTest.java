package dev.countermark.cli.sign;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countermark.cli.Session;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

class InspectTest {

    private static final String KEY = "Aokgz7pkfU4Rs8Ui5oEuIwgqr9N4p1uqH8soITDGysU";
    private static final String NOON = "2026-11-23T12:00:00Z";

    /** Printed in a public forum in 2015: itsdangerous 0.24, TimedSerializer, key {@code sekrit}. */
    private static final String FORUM = "{\"id\": \"foobar\"}.COWWsA.dect1vZLaDdgFQUA1G_iTpPY3Hg";

    @TempDir
    Path home;

    private Session session;
    private String token;

    @BeforeEach
    void start() {
        session = new Session(home);
        token = session.run("sign", "--key", KEY, "-p", "login", "--at", NOON, "-e", "1h", "value")
                .line();
    }

    @Test
    void without_a_key_it_shows_the_parts_and_says_that_they_are_unverified() {
        var run = session.run("inspect", token);
        assertThat(run.code()).isZero();
        assertThat(run.out())
                .startsWith("UNVERIFIED")
                .contains("value", NOON + ", counted from 1970", "2026-11-23T13:00:00Z", "32 bytes");
        assertThat(run.err()).isEmpty();
        assertThat(home).isEmptyDirectory();
    }

    @Test
    void a_date_is_shown_under_the_epoch_that_can_be_meant() {
        assertThat(session.run("inspect", FORUM).out())
                .contains("2015-09-24T14:14:08Z, counted from 2011", "from 1970 it would be in 1974")
                .contains("{\"id\": \"foobar\"}", "HMAC-SHA-1");
        assertThat(session.run("inspect", token).out())
                .contains(NOON + ", counted from 1970", "it would be in 2067")
                .doesNotContain("or date");
    }

    @Test
    void verify_says_once_which_other_format_a_token_looks_like() {
        var run = session.run("verify", "--key", KEY, "-p", "login", FORUM, FORUM);
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err()).containsOnlyOnce("--format itsdangerous@0.24:timed");
        assertThat(session.run("verify", "--key", KEY, "-p", "login", token + "x")
                        .err())
                .isEmpty();
    }

    @Test
    void with_a_key_it_verifies() {
        var run = session.run("inspect", "--key", KEY, "-p", "login", "--at", NOON, token);
        assertThat(run.code()).isZero();
        assertThat(run.out()).startsWith("valid as countermark").contains(NOON).doesNotContain("UNVERIFIED");
    }

    @Test
    void with_a_key_a_forged_token_stays_unverified() {
        var run = session.run("inspect", "--key", KEY, "-p", "login", "--at", NOON, "x" + token);
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.out()).startsWith("rejected as countermark").contains("UNVERIFIED");
    }

    @Test
    void a_text_token_is_found_by_trying() {
        var text = session.run("sign", "--key", KEY, "-f", "text", "-p", "login", "--at", NOON, "abcd")
                .line();
        assertThat(session.run("inspect", "--key", KEY, "-p", "login", "--at", NOON, text)
                        .out())
                .startsWith("valid as text");
    }

    @Test
    void a_key_without_the_purpose_is_a_usage_error() {
        assertThat(session.run("inspect", "--key", KEY, token).code()).isEqualTo(64);
    }

    @Test
    void an_unknown_text_is_not_taken_for_a_token() {
        for (var text : new String[] {"", ".", "hello", "a.b.c", "..", "\u001b[2J.x.y", "a".repeat(2 << 20)}) {
            var run = session.run("inspect", text);
            assertThat(run.code()).isEqualTo(1);
            assertThat(run.out()).doesNotContain("\u001b");
        }
    }

    @Test
    void what_a_stranger_wrote_cannot_reach_the_terminal() {
        assertThat(session.run("inspect", "a\u001b[2J\u202e" + FORUM).out())
                .contains("a\\u{1b}[2J\\u{202e}")
                .doesNotContain("\u001b");
    }

    @Test
    void json_says_whether_it_is_verified() {
        var unverified = JsonMapper.shared()
                .readTree(session.run("inspect", "--json", token).out());
        assertThat(unverified.path("verified").asBoolean()).isFalse();
        assertThat(unverified
                        .path("looks_like")
                        .path(0)
                        .path("parts")
                        .path(0)
                        .path("text")
                        .asString())
                .isEqualTo("value");

        var run = session.run("inspect", "--json", "--key", KEY, "-p", "login", "--at", NOON, token);
        var verified = JsonMapper.shared().readTree(run.out());
        assertThat(verified.path("verified").asBoolean()).isTrue();
        assertThat(verified.path("value").asString()).isEqualTo("value");
        assertThat(verified.has("looks_like")).isFalse();
    }

    /** Django 2.2.28 wrote the session, cookie-signature the text. */
    @Test
    void an_early_session_of_django_and_a_text_of_cookie_signature_are_known() {
        assertThat(session.run("inspect", "YzUwNjY3OTZlYjQ2YjcxNjcwZDNmYzFjYTdlZTY4ZTI3N2M2ZTllYjp7Im4iOjQwNzcwMX0=")
                        .out())
                .contains("django@2.2:session-data", "{\"n\":407701}", "SHA-1");
        assertThat(session.run("inspect", ".bQ6Vs9n4ZOvphx2E08tyTM2o8ffRp16/9KmdRXO9s+M")
                        .out())
                .contains("express:signature");
    }
}
