package dev.countermark.cli.keygen;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countermark.SigningKey;
import dev.countermark.cli.Session;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

class KeygenTest {

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
    void keygen_prints_a_key_that_signs() {
        var key = session.run("keygen").line();
        var token = session.run("sign", "--key", key, "-p", "login", "value").line();
        assertThat(session.run("verify", "--key", key, "-p", "login", token).line())
                .isEqualTo("value");
        assertThat(home).doesNotExist();
    }

    @Test
    void keygen_makes_another_key_each_time_and_none_that_reads_as_an_option() {
        var keys = IntStream.range(0, 200)
                .mapToObj(i -> session.run("keygen").line())
                .toList();
        assertThat(keys).doesNotHaveDuplicates().noneMatch(key -> key.startsWith("-"));
    }

    @Test
    void keygen_makes_keys_as_long_as_the_hash_of_a_jwt() {
        for (var algorithm : List.of("HS384", "HS512")) {
            var sign = new String[] {"sign", "-f", "jwt", "-o", "alg=" + algorithm, "--expires-in", "1h"};
            var refused = session.run(
                    Session.join(sign, "--key", session.run("keygen").line(), "{}"));
            assertThat(refused.code()).isEqualTo(64);
            var remedy = refused.err().replaceAll("(?s).*countermark (keygen --bytes \\d+).*", "$1");
            var key = session.run(remedy.split(" ")).line();
            assertThat(session.run(Session.join(sign, "--key", key, "{}")).code())
                    .isZero();
        }
        assertThat(session.run("keygen", "--bytes", "31").code()).isEqualTo(64);
        assertThat(session.run("keygen", "--bytes", "65").code()).isEqualTo(64);
    }

    @Test
    void keygen_tells_the_fingerprint_in_json() {
        var json = JsonMapper.shared().readTree(session.run("keygen", "--json").out());
        var key = SigningKey.fromBase64(json.path("key").asString());
        assertThat(json.path("fingerprint").asString()).isEqualTo(key.fingerprint());
    }

    @Test
    void keygen_writes_a_file_of_its_owners_alone_and_never_over_another() throws IOException {
        var file = folder.resolve("made");
        var made = session.run("keygen", "--out", file.toString());
        var key = SigningKey.fromBase64(Files.readString(file).strip());
        assertThat(made.line()).isEqualTo(key.fingerprint());
        var signed = session.run("sign", "--key-file", file.toString(), "-p", "login", "value");
        assertThat(signed.code()).isZero();
        assertThat(signed.err()).isEmpty();

        assertThat(session.run("keygen", "--out", file.toString()).code()).isEqualTo(64);
        assertThat(SigningKey.fromBase64(Files.readString(file).strip())).isEqualTo(key);
        assertThat(session.run("keygen", "--out", folder.resolve("no/where").toString())
                        .code())
                .isEqualTo(69);
        var json =
                session.run("keygen", "--json", "--out", folder.resolve("other").toString());
        assertThat(json.out()).contains("fingerprint").doesNotContain("\"key\"");
    }
}
