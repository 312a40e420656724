package dev.countermark.server.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.countermark.server.CountermarkServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.util.Base64;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TlsFilesTest {

    @TempDir
    static Path folder;

    private static CertificateFiles files;

    @BeforeAll
    static void make() throws Exception {
        files = CertificateFiles.in(folder);
    }

    private static void usable(Path certificate, Path key) {
        new TlsFiles("--tls-certificate", certificate, "--tls-key", key).requireUsable(null);
    }

    private static void assertRefused(Path certificate, Path key, String... why) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> usable(certificate, key))
                .satisfies(e -> assertThat(e.getMessage()).contains(why));
    }

    @Test
    void a_certificate_and_its_key_are_usable() {
        usable(files.certificate(), files.key());
    }

    @Test
    void a_file_that_is_not_there_is_named() {
        assertRefused(
                folder.resolve("a.pem"), files.key(), "--tls-certificate: there is no file " + folder.resolve("a.pem"));
        assertRefused(
                files.certificate(), folder.resolve("b.pem"), "--tls-key: there is no file " + folder.resolve("b.pem"));
        assertRefused(folder, files.key(), "there is no file " + folder);
    }

    @Test
    void files_that_were_swapped_are_told() {
        assertRefused(files.key(), files.certificate(), files.key() + " holds no certificate");
        assertRefused(files.certificate(), files.certificate(), "holds no private key");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "nothing", "-----BEGIN PRIVATE KEY-----\nbm90aGluZw==\n-----END PRIVATE KEY-----\n"})
    void a_file_of_something_else_is_refused_without_quoting_it(String text) throws IOException {
        var other = Files.writeString(folder.resolve("other"), text);
        assertRefused(other, files.key(), "holds no certificate");
        assertRefused(files.certificate(), other, "holds no private key");
    }

    @ParameterizedTest
    @ValueSource(strings = {"RSA", "EC", "Ed25519"})
    void the_key_of_another_certificate_is_refused(String kind) throws Exception {
        var key = KeyPairGenerator.getInstance(kind).generateKeyPair().getPrivate();
        var other = Files.writeString(
                folder.resolve("other.key"),
                "-----BEGIN PRIVATE KEY-----\n"
                        + Base64.getMimeEncoder().encodeToString(key.getEncoded())
                        + "\n-----END PRIVATE KEY-----\n");
        assertRefused(files.certificate(), other, "is not that of the first certificate");
    }

    @Test
    void the_command_line_is_wrong_then() {
        assertThat(ServeCommand.run(
                        CountermarkServer.class,
                        "--tls-certificate",
                        files.key().toString(),
                        "--tls-key",
                        files.key().toString()))
                .isEqualTo(64);
    }
}
