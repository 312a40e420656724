package dev.countermark.cli.formats;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countermark.cli.Session;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tokens here were written by Flask 3.1.3, Flask-Login 0.6.3, Django 5.2.17 and 3.2.25. */
class PythonFrameworksTest {

    private static final String KEY = "corpus-key-one-b7Qm2xV9tLr4Zc8Wn3Ks6Yd1Ha5Te0Fu7Gi2Oj9Lk4Mz8Bv3x";
    private static final String NOW = "2023-11-14T22:13:20Z";
    private static final String FLASK =
            "eyJzY29wZXMiOlsicmVhZCIsIndyaXRlIl0sInN1YiI6InUtMTAwMSJ9.ZVPxAA.Y6jS_a-vBqZJvh_2A3NZb8XEcRc";
    private static final String DUMPS = "eyJpZCI6N30:1r31en:Fb5HynNWF7W8xgtUBvweVEo6HAFAk-snIqQsSTJji44";

    private static final String MESSAGES = ".eJyLjlaKj88qzs-Lz00tLk5MT1XSMdAxMtBRCk4sS01RitXBlDfUMQHK2yTZ5eXb6CfZ"
            + "KekoFWfkFyjFxgIAuMEX7Q:1r31eq:ySj9Epy-KdLaGqYNawRD2NC9QROgnUDWkpPDysFOB4w";
    private static final String RESET = "bxodq8-64dbc15535321a2b6e970fabf73720b4";
    private static final String RESET_BY_A_CLOCK_ONE_HOUR_AHEAD = "bxogi8-0c60009c2ce6cb67bb283e5436695914";
    private static final String USER = "{\"id\":42,\"password\":\"pbkdf2_sha256$600000$salt$hash\","
            + "\"last_login\":\"2023-11-01 12:30:00.123456\",\"email\":\"zoe@example.org\"}";

    @TempDir
    Path home;

    private Session session;

    @BeforeEach
    void start() {
        session = new Session(home);
    }

    private Session.Run run(String command, String format, String... more) {
        return session.run(
                Stream.concat(Stream.of(command, "--key", KEY, "--at", NOW, "--format", format), Arrays.stream(more))
                        .toArray(String[]::new));
    }

    @Test
    void a_session_of_flask_is_signed_and_verified() {
        var value = "{\"scopes\":[\"read\",\"write\"],\"sub\":\"u-1001\"}";
        assertThat(run("sign", "flask", value).line()).isEqualTo(FLASK);
        assertThat(run("verify", "flask", FLASK).line()).isEqualTo(value);
    }

    @Test
    void an_old_session_is_expired_in_the_words_of_python() {
        var run = session.run("verify", "--key", KEY, "--at", "2024-11-14T22:13:20Z", "--format", "flask", FLASK);
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.out()).contains("Signature age 31622400 > 2678400 seconds");
    }

    @Test
    void a_value_of_dumps_is_verified_within_its_age() {
        assertThat(run("verify", "django:dumps", "--max-age", "1h", DUMPS).line())
                .isEqualTo("{\"id\":7}");
        var late = run("verify", "django:dumps", "--max-age", "2", DUMPS);
        assertThat(late.code()).isEqualTo(2);
        assertThat(late.out()).contains("Signature age 3.0 > 2 seconds");
    }

    @Test
    void a_cookie_of_django_has_a_name_and_a_salt_of_its_release() {
        var cookie = run("sign", "django:cookie", "-o", "cookie=session", "--purpose", "x", "value");
        assertThat(cookie.line()).isEqualTo("value:1r31eq:TgUlucF8EXQeRXZvhhlNedQj7VZ8JGj1Y5Ge4_QrhN4");
        var old = run("sign", "django@4.2:cookie", "-o", "cookie=session", "--purpose", "id", "value");
        assertThat(old.line()).isEqualTo("value:1r31eq:tPWFY71fg5nwQiwqD0BKiZY5wXvXC9-qemhOLYqk3HI");
        var moved = run(
                "verify",
                "django:cookie",
                "-o",
                "cookie=sessio",
                "--purpose",
                "nid",
                "-o",
                "legacy-salt=yes",
                old.line());
        assertThat(moved.line()).isEqualTo("value");
    }

    @Test
    void messages_of_django_are_signed_and_verified() {
        var list = "[{\"level\":20,\"text\":\"Saved\"},"
                + "{\"level\":40,\"text\":\"<b>no</b>\",\"safe\":true,\"tags\":\"shop\"}]";
        assertThat(run("sign", "django:messages", list).line()).isEqualTo(MESSAGES);
        assertThat(run("verify", "django:messages", MESSAGES).line()).isEqualTo(list);
        assertThat(run("sign", "django:messages", "[{\"level\":\"20\"}]").code())
                .isEqualTo(64);
    }

    @Test
    void a_password_reset_token_is_one_of_its_user_and_of_the_clock_of_its_server() throws Exception {
        var file = Files.writeString(home.resolve("user.json"), USER);
        var user = "user-file=" + file;
        assertThat(run("sign", "django:password-reset", USER).line()).isEqualTo(RESET);
        assertThat(run("sign", "django:password-reset", "-o", "zone=Europe/Vienna", USER)
                        .line())
                .isEqualTo(RESET_BY_A_CLOCK_ONE_HOUR_AHEAD);
        assertThat(run("verify", "django:password-reset", "-o", user, RESET).line())
                .isEqualTo("42");
        assertThat(run("verify", "django:password-reset", RESET).err()).contains("user-file");

        Files.writeString(file, USER.replace("$hash", "$changed"));
        assertThat(run("verify", "django:password-reset", "-o", user, RESET).code())
                .isEqualTo(1);
        Files.writeString(file, "{\"id\":42}");
        assertThat(run("verify", "django:password-reset", "-o", user, RESET).code())
                .isEqualTo(64);
    }

    @ParameterizedTest
    @CsvSource({
        "flask-login, 42, ''",
        "flask-wtf, 8a6690daa530811ffdf1713a54ff7e3ae466eece, session-token=8a6690daa530811ffdf1713a54ff7e3ae466eece",
        "starlette, {\"a\":1}, ''",
        "django:signer, some text, ''",
        "django:timestamp, some text, ''",
        "django:session, {\"a\":1}, ''",
        "django@2.2:session-data, {\"a\":1}, ''",
        "django:session-data, {\"a\":1}, ''"
    })
    void what_is_signed_is_verified_and_no_other_key_does(String format, String value, String option) {
        var token = run("sign", format, value).line();
        var options = option.isEmpty() ? new String[] {token} : new String[] {"-o", option, token};
        assertThat(run("verify", format, options).line()).isEqualTo(value);
        var other = session.run(Stream.concat(
                        Stream.of("verify", "--key", "another", "--at", NOW, "--format", format),
                        Arrays.stream(options))
                .toArray(String[]::new));
        assertThat(other.code()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({
        "flask, --purpose, x",
        "flask-login, --max-age, 5",
        "django:nothing, --max-age, 5",
        "django:cookie, --max-age, 5",
        "django@four:dumps, --max-age, 5",
        "flask-wtf, --max-age, 5",
        "flask, -o, lenient=perhaps"
    })
    void a_setting_that_makes_no_sense_is_usage(String format, String option, String value) {
        var run = run("verify", format, option, value, "a.b.c");
        assertThat(run.code()).isEqualTo(64);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).doesNotContain(KEY);
    }

    @Test
    void inspect_recognises_them() {
        assertThat(session.run("inspect", FLASK).out())
                .contains("a session of Flask", "u-1001", "2023-11-14T22:13:20Z");
        assertThat(session.run("inspect", DUMPS).out())
                .contains("signed by Django", "{\"id\":7}", "2023-11-14T22:13:17Z");
        assertThat(session.run("inspect", "--key", KEY, "--at", NOW, DUMPS).code())
                .isZero();
        assertThat(session.run("inspect", RESET).out()).contains("password-reset", "2023-11-14T22:13:20");
        assertThat(session.run("inspect", MESSAGES).out()).contains("django:messages", "Saved");
        assertThat(session.run("inspect", "42|" + "0".repeat(128)).out()).contains("Flask-Login");
        assertThat(session.run("inspect", run("sign", "starlette", "{\"a\":1}").line())
                        .out())
                .contains("Starlette");
    }
}
