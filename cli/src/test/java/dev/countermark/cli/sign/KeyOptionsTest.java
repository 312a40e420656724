package dev.countermark.cli.sign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.countermark.cli.Session;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeyOptionsTest {

    @TempDir
    Path folder;

    private Path home;
    private Session session;

    @BeforeEach
    void start() {
        home = folder.resolve("home");
        session = new Session(home);
    }

    @Test
    void without_a_key_one_is_made_once_and_used_from_then_on() throws IOException {
        var first = session.run("sign", "-p", "login", "value");
        assertThat(first.err())
                .isEqualTo("countermark: made a new key in " + home.resolve("key") + System.lineSeparator());
        var key = Files.readString(home.resolve("key"));
        var second = session.run("verify", "-p", "login", first.line());
        assertThat(second.line()).isEqualTo("value");
        assertThat(second.err())
                .isEqualTo("countermark: using the key in " + home.resolve("key") + System.lineSeparator());
        assertThat(home.resolve("key")).hasContent(key);
        assertThat(first.err() + second.err()).doesNotContain(key.strip());
    }

    @Test
    void the_key_that_is_made_belongs_to_its_owner_alone() throws IOException {
        assumeThat(FileSystems.getDefault().supportedFileAttributeViews())
                .as("skipped: this file system knows no owners")
                .contains("posix");
        session.run("sign", "-p", "login", "value");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(home.resolve("key"))))
                .isEqualTo("rw-------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(home)))
                .isEqualTo("rwx------");
    }

    @Test
    void a_data_folder_that_cannot_be_made_is_unavailable() throws IOException {
        Files.writeString(home, "a file in its place");
        var run = session.run("sign", "-p", "login", "value");
        assertThat(run.code()).isEqualTo(69);
        assertThat(run.err()).contains("--key-file").doesNotContain("    at ");
    }

    @Test
    void the_data_folder_follows_the_environment() {
        assertThat(new OwnKey(Map.of("XDG_DATA_HOME", "/data", "HOME", "/home/a")).keyFile())
                .isEqualTo(Path.of("/data/countermark/key"));
        assertThat(new OwnKey(Map.of("XDG_DATA_HOME", "data", "HOME", "/home/a")).keyFile())
                .isEqualTo(Path.of("/home/a/.local/share/countermark/key"));
        assertThat(new OwnKey(Map.of("COUNTERMARK_HOME", "/own", "XDG_DATA_HOME", "/data")).keyFile())
                .isEqualTo(Path.of("/own/key"));
    }

    @Test
    void a_key_comes_from_the_environment_when_no_option_gives_one() {
        var key = session.run("keygen").line();
        var token = session.run("sign", "--key", key, "-p", "login", "value").line();
        var other = session.run("keygen").line();
        session.with("COUNTERMARK_KEY", key);
        assertThat(session.run("verify", "-p", "login", token).code()).isZero();
        assertThat(session.run("verify", "-p", "login", "--key", other, token).code())
                .isEqualTo(1);
    }

    @Test
    void keys_come_from_files_one_a_line() throws IOException {
        var old = session.run("keygen").line();
        var token = session.run("sign", "--key", old, "-p", "login", "value").line();
        var file = folder.resolve("keys");
        Files.writeString(file, session.run("keygen").line() + "\n\n" + old + "\n");
        assertThat(session.run("verify", "--key-file", file.toString(), "-p", "login", token)
                        .code())
                .isZero();
    }

    @Test
    void a_byte_order_mark_before_a_key_is_no_part_of_it() throws IOException {
        var file = folder.resolve("keys");
        Files.writeString(file, "\uFEFFsekrit\r\n");
        assertThat(session.run("sign", "--format", "itsdangerous:signer", "--key-file", file.toString(), "value")
                        .line())
                .isEqualTo(session.run("sign", "--format", "itsdangerous:signer", "--key", "sekrit", "value")
                        .line());
    }

    @Test
    void a_file_of_keys_that_others_can_read_is_used_with_a_warning() throws IOException {
        assumeThat(FileSystems.getDefault().supportedFileAttributeViews())
                .as("skipped: this file system knows no owners")
                .contains("posix");
        var file = folder.resolve("keys");
        Files.writeString(file, session.run("keygen").out());
        var arguments = new String[] {"sign", "--key-file", file.toString(), "-p", "login", "value"};
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        assertThat(session.run(arguments).err()).contains("warning", "chmod 600 " + file);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        assertThat(session.run(arguments).err()).isEmpty();
    }

    @Test
    void a_file_that_holds_no_keys_is_a_usage_error() throws IOException {
        var file = folder.resolve("keys");
        for (var content :
                new byte[][] {{}, "\n \n".getBytes(StandardCharsets.UTF_8), {(byte) 0xff}, new byte[2 << 20]}) {
            Files.write(file, content);
            var run = session.run("sign", "--key-file", file.toString(), "-p", "login", "value");
            assertThat(run.code()).isEqualTo(64);
            assertThat(run.err()).contains(file.toString());
        }
    }

    @Test
    void a_weak_key_is_refused_with_the_way_to_a_good_one() {
        for (var key : new String[] {"sekrit", "c2Vrcml0", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"}) {
            var run = session.run("sign", "--key", key, "-p", "login", "value");
            assertThat(run.code()).isEqualTo(64);
            assertThat(run.err()).contains("countermark keygen").doesNotContain(key);
        }
    }

    @Test
    void a_key_can_be_written_in_other_ways() {
        var hex = "028920cfba647d4e11b3c522e6812e23082aafd378a75baa1fcb282130c6cac5";
        var base64 = "Aokgz7pkfU4Rs8Ui5oEuIwgqr9N4p1uqH8soITDGysU";
        var arguments = new String[] {"sign", "-p", "login", "--at", "2026-11-23T12:00:00Z", "value"};
        var signed = session.with("COUNTERMARK_KEY", base64).run(arguments).line();
        session.with("COUNTERMARK_KEY", hex);
        assertThat(session.run("sign", "-p", "login", "--at", "2026-11-23T12:00:00Z", "--key-encoding", "hex", "value")
                        .line())
                .isEqualTo(signed)
                .isNotEmpty();
    }
}
