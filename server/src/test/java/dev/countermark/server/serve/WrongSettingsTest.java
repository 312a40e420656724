package dev.countermark.server.serve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countermark.server.CountermarkServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.util.Base64;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Wrong values in the file of {@code --config}: a sentence that names the setting, no stack trace and no secret. */
class WrongSettingsTest {

    /** In place of a password or key: it may stand nowhere. */
    private static final String SECRET = "geheim-geheim-geheim";

    @TempDir
    static Path folder;

    @BeforeAll
    static void make() throws Exception {
        CertificateFiles.in(folder);
        Files.writeString(folder.resolve("junk"), SECRET);
        var stranger = KeyPairGenerator.getInstance("EC").generateKeyPair().getPrivate();
        Files.writeString(
                folder.resolve("other.key"),
                "-----BEGIN PRIVATE KEY-----\n" + Base64.getMimeEncoder().encodeToString(stranger.getEncoded())
                        + "\n-----END PRIVATE KEY-----\n");
    }

    private static Path file(String name, String settings) throws IOException {
        return Files.writeString(folder.resolve(name), settings.replace("DIR", folder.toString()));
    }

    /** What {@code serve} prints when it refuses to start. */
    private static String refusal(int code, Path config, String... options) {
        var bytes = new ByteArrayOutputStream();
        var out = System.out;
        var err = System.err;
        var all = new PrintStream(bytes, true, StandardCharsets.UTF_8);
        System.setOut(all);
        System.setErr(all);
        try {
            var arguments = Stream.concat(
                    Stream.of("--data", folder.resolve("data").toString(), "--config", config.toString()),
                    Stream.of(options));
            assertThat(ServeCommand.run(CountermarkServer.class, arguments.toArray(String[]::new)))
                    .isEqualTo(code);
        } finally {
            System.setOut(out);
            System.setErr(err);
        }
        var printed = bytes.toString(StandardCharsets.UTF_8);
        assertThat(printed).doesNotContain("\tat ", "stack_trace", "StartFailure", SECRET);
        return printed;
    }

    static Stream<Arguments> refused() {
        var certificate = "server.ssl.certificate=DIR/server.pem\n";
        var key = "server.ssl.certificate-private-key=DIR/server.key\n";
        var bundle = "server.ssl.bundle=web\nspring.ssl.bundle.pem.web.keystore.";
        return Stream.of(
                Arguments.of(
                        key + "server.ssl.certificate=file:DIR/a.pem",
                        "server.ssl.certificate: there is no file DIR/a.pem."),
                Arguments.of(
                        key + "server.ssl.certificate=DIR/junk",
                        "server.ssl.certificate: DIR/junk holds no certificate as PEM"),
                Arguments.of(
                        certificate + "server.ssl.certificate-private-key=file://DIR/b.key",
                        "server.ssl.certificate-private-key: there is no file DIR/b.key."),
                Arguments.of(
                        certificate + "server.ssl.certificate-private-key=DIR/junk",
                        "server.ssl.certificate-private-key: DIR/junk holds no private key as PEM"),
                Arguments.of(
                        certificate + "server.ssl.certificate-private-key=DIR/other.key",
                        "server.ssl.certificate-private-key: the key in DIR/other.key is not that of the first certificate in"
                                + " DIR/server.pem"),
                Arguments.of(
                        certificate, "server.ssl.certificate and server.ssl.certificate-private-key belong together"),
                Arguments.of("management." + key, "management.server.ssl.certificate and management.server.ssl"),
                Arguments.of(
                        bundle
                                + "certificate=file:DIR/a.pem\nspring.ssl.bundle.pem.web.keystore.private-key=DIR/server.key",
                        "spring.ssl.bundle.pem.web.keystore.certificate: there is no file DIR/a.pem."),
                Arguments.of(
                        bundle
                                + "certificate=DIR/server.pem\nspring.ssl.bundle.pem.web.keystore.private-key=DIR/other.key",
                        "spring.ssl.bundle.pem.web.keystore.private-key: the key in DIR/other.key is not"),
                Arguments.of(
                        certificate + key + "server.ssl.ciphers=TLS_AES_256_GCM_SHA384, TLS_AES_257_GCM_SHA384",
                        "server.ssl.ciphers: this Java does not have 'TLS_AES_257_GCM_SHA384'."),
                Arguments.of(
                        certificate + key + "server.ssl.enabled-protocols[0]=TLSv1.9",
                        "server.ssl.enabled-protocols: this Java does not have 'TLSv1.9'."),
                Arguments.of(
                        bundle
                                + "certificate=DIR/server.pem\nspring.ssl.bundle.pem.web.keystore.private-key=DIR/server.key\n"
                                + "spring.ssl.bundle.pem.web.options.ciphers=ECDHE-RSA-AES256-GCM-SHA384",
                        "spring.ssl.bundle.pem.web.options.ciphers: this Java does not have 'ECDHE-RSA-AES256-GCM-SHA384'."),
                Arguments.of("server.ssl.bundle=web", "bundle name 'web' cannot be found"),
                Arguments.of(
                        "server.ssl.key-store=DIR/all.p12\nserver.ssl.key-store-password=" + SECRET,
                        "The service cannot start: UnrecoverableKeyException"),
                Arguments.of("server.port=99999", "server.port is no port."),
                Arguments.of("server.port=http", "server.port is no port."),
                Arguments.of("management.server.port=70000", "management.server.port is no port."),
                Arguments.of(
                        "server.jetty.threads.max=1",
                        "The service cannot start: IllegalArgumentException: max threads (1)"),
                Arguments.of("countermark.server.behind-proxy=maybe", "countermark.server.behind-proxy is neither"),
                Arguments.of(
                        "countermark.api-tokens.leese=5s",
                        "countermark.api-tokens.leese is no setting (URL [file:DIR/"),
                Arguments.of(
                        "countermark.api-tokens.lease=100s",
                        "countermark.api-tokens.lease is refused: the lease is between 1 s and 60 s."),
                Arguments.of(
                        "countermark.api-tokens.default-lifetime=400d",
                        "countermark.api-tokens.default-lifetime is refused: the default lifetime is between 1 s and 365 days."),
                Arguments.of("countermark.api-tokens.prefix=CM", "countermark.api-tokens.prefix is refused: "),
                Arguments.of("countermark.api-tokens.lease=soon", "countermark.api-tokens.lease (URL [file:DIR/"),
                Arguments.of("countermark.key[0]=" + SECRET, "countermark.key[0] is no setting"),
                Arguments.of("countermark.accepted-keys[1]=" + SECRET, "countermark.accepted-keys[1] (URL [file:DIR/"),
                Arguments.of("countermark.key=" + SECRET, "countermark.key is refused"),
                Arguments.of(
                        "countermark.key=" + SECRET + "\ncountermark.key-file=DIR/keys",
                        "Both a key and a file of keys"),
                Arguments.of("countermark.key-file=DIR/nowhere", "There is no file of keys DIR/nowhere, named by"),
                Arguments.of("countermark.api-tokens.stateless=true", "The service keeps tokens in a database"),
                Arguments.of(
                        "countermark.api-tokens.url=postgres://u:" + SECRET + "@db/x",
                        "The address of the database is neither one of PostgreSQL"));
    }

    @ParameterizedTest
    @MethodSource("refused")
    void a_wrong_value_is_named_in_a_sentence(String settings, String sentence) throws IOException {
        var printed = refusal(
                69,
                file("wrong.properties", settings),
                settings.contains("server.port") ? new String[0] : new String[] {"--port", "0"});
        assertThat(printed.lines().filter(line -> !line.startsWith("{")))
                .anySatisfy(line -> assertThat(line)
                        .startsWith("countermark: ")
                        .contains(sentence.replace("DIR", folder.toString())));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jdbc:postgresql://127.0.0.1:1/tokens?password=" + SECRET,
                "jdbc:sqlite:DIR/junk",
            })
    void a_database_that_cannot_be_used_is_mended_with_options_of_serve(String url) throws IOException {
        var printed = refusal(69, file("database.properties", "countermark.api-tokens.url=" + url), "--port", "0");
        assertThat(printed)
                .contains("countermark: The database of the API tokens cannot be used: ")
                .contains("--database-url", "COUNTERMARK_DATABASE_PASSWORD", "--config")
                .doesNotContain("countermark.api-tokens.stateless", "countermark.api-tokens.file");
    }

    @Test
    void a_file_that_is_no_yaml_is_named_with_the_line_and_not_quoted() throws IOException {
        var file = file("wrong.yaml", "countermark:\n  key: [" + SECRET + "\n  a: \"" + SECRET);
        assertThat(refusal(64, file)).contains("countermark: " + file + " is no YAML: look at line ");
    }

    @Test
    void a_file_of_another_kind_is_named() throws IOException {
        var file = file("settings.conf", "server.port=0");
        assertThat(refusal(64, file)).contains("ends with .properties or .yaml", file.toString());
    }
}
