package dev.countermark.cli.formats;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countermark.cli.Session;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WebFormatsTest {

    private static final String NOON = "2026-11-23T12:00:00Z";

    @TempDir
    Path home;

    private Session session;

    @BeforeEach
    void start() {
        session = new Session(home);
    }

    private Session.Run run(String command, String format, String... more) {
        var first = new String[] {command, "--key", "keyboard cat", "--at", NOON, "--format", format};
        var all = Arrays.copyOf(first, first.length + more.length);
        System.arraycopy(more, 0, all, first.length, more.length);
        return session.run(all);
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "rails:message, digest=sha256, {\"id\":7}",
                "rails:message, serializer=marshal, BAhpDA==",
                "rails:cookie, name=user_id, 7",
                "rails:signed-id, model=User, 7",
                "express:cookie, , tobi",
                "express:signature, , tobi",
                "express:json, , {\"id\":7}",
                "express:session, name=sess, {\"id\":7}",
            })
    void a_value_comes_back_and_is_recognised(String format, String option, String value) {
        var options = option == null ? new String[0] : new String[] {"--option", option};
        var signed = Arrays.copyOf(options, options.length + 1);
        signed[options.length] = value;
        var token = run("sign", format, signed).line();
        signed[options.length] = token;

        assertThat(run("verify", format, signed).line()).isEqualTo(value);
        if (!format.equals("express:signature")) {
            assertThat(session.run("inspect", token).out()).contains(format);
        }
    }

    @Test
    void a_signature_of_cookie_signature_is_that_of_its_readme() {
        var signed = session.run("sign", "--key", "tobiiscool", "--format", "express:signature", "hello");

        assertThat(signed.line()).isEqualTo("hello.DGDUkGlIkCzPz+C0B064FNgHdEjox7ch8tOBGslZ5QI");
    }

    @Test
    void a_signature_of_keygrip_is_verified_beside_its_data() {
        var data = "session=eyJhIjoxfQ==";
        var sha1 = "75KrFxyMwbTNhFmpL4dp6rwwAr0";
        var sha256 = "QkilKP3_5L3VkrjTaj56KefgMExJuve5bfz6wSFNDKI";

        assertThat(run("sign", "express:keygrip", data).line()).isEqualTo(sha1);
        assertThat(run("sign", "express:keygrip", "-o", "digest=sha256", data).line())
                .isEqualTo(sha256);
        assertThat(run("verify", "express:keygrip", "-o", "data=" + data, sha1).line())
                .isEqualTo(data);
        assertThat(run("verify", "express:keygrip", "-o", "data=other", sha1).code())
                .isEqualTo(1);
        assertThat(run("verify", "express:keygrip", sha1).code()).isEqualTo(64);
        assertThat(session.run("inspect", sha1).out()).contains("express:keygrip", "20 bytes");
    }

    @Test
    void a_message_of_rails_expires() {
        var message = run("sign", "rails:message", "--purpose", "login", "--expires-in", "1h", "7")
                .line();

        assertThat(run("verify", "rails:message", "--purpose", "login", message).code())
                .isZero();
        assertThat(run("verify", "rails:message", message).code()).isEqualTo(1);
        assertThat(session.run(
                                "verify",
                                "--key",
                                "keyboard cat",
                                "--at",
                                "2026-11-23T13:00:00Z",
                                "--format",
                                "rails:message",
                                "--purpose",
                                "login",
                                message)
                        .code())
                .isEqualTo(2);
    }

    @Test
    void a_link_is_signed_and_verified() {
        var key = "Aokgz7pkfU4Rs8Ui5oEuIwgqr9N4p1uqH8soITDGysU";
        var link = session.run(
                        "sign",
                        "--key",
                        key,
                        "--at",
                        NOON,
                        "--format",
                        "url",
                        "--purpose",
                        "download",
                        "--expires-in",
                        "7d",
                        "https://files.example/report?id=7")
                .line();

        assertThat(link).startsWith("https://files.example/report?id=7&expires=1796040000&signature=");
        var verify =
                new String[] {"verify", "--key", key, "--at", NOON, "--format", "url", "--purpose", "download", link};
        assertThat(session.run(verify).line()).isEqualTo("/report?id=7");
        assertThat(session.run("inspect", link).out()).contains("signed link", "2026-11-30T12:00:00Z");
        verify[verify.length - 1] = link.replace("id=7", "id=8");
        assertThat(session.run(verify).code()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({"rails:nothing, 7", "rails:cookie, 7", "rails:signed-id, 7", "express:nothing, 7", "express:json, x"})
    void what_the_user_can_mend_is_said_in_one_line(String format, String value) {
        var run = run("sign", format, value);

        assertThat(run.code()).isEqualTo(64);
        assertThat(run.err().lines()).isNotEmpty();
    }
}
