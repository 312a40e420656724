package dev.countermark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tokens of itsdangerous 2.1.2's {@code TimestampSigner(key, salt=…, digest_method=…, key_derivation="hmac")}. */
class PythonTokensTest {

    private static DatedTokens<String> tokens(String purpose, long now) {
        return Tokens.of(TestKeys.KEYS, purpose, Codec.text()).dated().clock(TestKeys.at(now));
    }

    @ParameterizedTest
    @CsvSource({
        "login, foobar, 1700000000, foobar.ZVPxAA.bNt5Js4PXIj7sf4VuG5K595eD2_pZlvBsw8qrwaKgqM",
        "download-link, réport 7?.pdf, 1443104048, "
                + "réport 7?.pdf.VgQFMA.CU26ybwcblH_aDNqbkCkCixX5XpQVgDrzJE_mrIIKXI",
        "login, eyJpZCI6ImZvb2JhciJ9, 4294967296, "
                + "eyJpZCI6ImZvb2JhciJ9.AQAAAAA.4ogXI9ooKu8oZyMhJSwfScGi5ni6l5gTVxP5yYefnfM",
        "login, '', 1, .AQ.QpW5Ju-LLhCKB_FYGHPamVCR0Ax_RC8B79K3W-67XmU"
    })
    void recorded_tokens_are_written_and_read(String purpose, String value, long now, String token) {
        assertThat(tokens(purpose, now).sign(value)).isEqualTo(token);
        assertThat(tokens(purpose, now + 100).verify(token)).isEqualTo(value);
    }

    @Test
    void recorded_tokens_of_the_longer_schemes_are_written_and_read() {
        var sha384 = "foobar.ZVPxAA.pgP9kJFZx4FZwF-_7Vp9x_6GnDFThEZvxoq2YFfOwcY6knuosoFPwjD55z0C_t-s";
        var sha512 = "foobar.ZVPxAA."
                + "GRqsVK4ceFelTwDUSvW9iLH7UK5zEo0NTRmDXygCcVDW74vyhmQdoPfl70hZDJc8ObnKvtG-wYV9u8kz6q8Rjw";
        var tokens = tokens("login", TestKeys.NOW);
        assertThat(tokens.scheme(Scheme.HMAC_SHA384).sign("foobar")).isEqualTo(sha384);
        assertThat(tokens.scheme(Scheme.HMAC_SHA512).sign("foobar")).isEqualTo(sha512);
        assertThat(tokens.scheme(Scheme.HMAC_SHA512).verify(sha512)).isEqualTo("foobar");
        assertThat(tokens.check(sha512)).isInstanceOf(Rejected.class);
    }

    @Test
    void a_recorded_undated_token_with_a_url_safe_body_is_written_and_read() {
        var tokens = Tokens.of(TestKeys.KEYS, "login", Codec.bytes());
        var token = "eyJpZCI6ImZvb2JhciJ9.nR5eXa5ob-vIshbJUHu6EXeGCeXX51ik499cYiqkCRc";
        var value = "{\"id\":\"foobar\"}".getBytes(StandardCharsets.UTF_8);
        assertThat(tokens.sign(value)).isEqualTo(token);
        assertThat(tokens.verify(token)).isEqualTo(value);
    }

    @Test
    void installed_python_reads_ours_and_we_read_its() throws IOException, InterruptedException {
        var python = Path.of("/usr/bin/python3");
        assumeTrue(Files.isExecutable(python), "skipped: no /usr/bin/python3");
        var available = new ProcessBuilder(python.toString(), "-c", "import itsdangerous").start();
        assumeTrue(available.waitFor() == 0, "skipped: python3-itsdangerous is not installed");

        var script = """
                import sys, base64, hashlib
                from itsdangerous import TimestampSigner
                key, = sys.argv[1:]
                signer = TimestampSigner(base64.b64decode(key), salt='live', digest_method=hashlib.sha256, key_derivation='hmac')
                for line in sys.stdin:
                    value = signer.unsign(base64.b64decode(line), max_age=3600)
                    print(base64.b64encode(value).decode(), base64.b64encode(signer.sign(value)).decode())
                """;
        var tokens = Tokens.of(TestKeys.KEYS, "live", Codec.text()).expiringAfter(java.time.Duration.ofHours(1));
        var random = new Random(312);
        var values = random.ints(1000, 0, 60)
                .mapToObj(length -> text(random, length))
                .toList();
        var lines = new StringBuilder();
        for (var value : values) {
            lines.append(base64(tokens.sign(value))).append('\n');
        }
        var input = Files.createTempFile("tokens", ".txt");
        Files.writeString(input, lines);
        var process = new ProcessBuilder(
                        python.toString(),
                        "-c",
                        script,
                        TestKeys.NEW.revealBase64().replace('-', '+').replace('_', '/') + "=")
                .redirectInput(input.toFile())
                .redirectErrorStream(true)
                .start();
        var answers = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                .lines()
                .toList();
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        Files.delete(input);

        assertThat(answers).as("seed 312").hasSameSizeAs(values);
        for (int i = 0; i < answers.size(); i++) {
            var parts = answers.get(i).split(" ", 2);
            assertThat(parts[0]).as("seed 312, value %d", i).isEqualTo(base64(values.get(i)));
            var theirs = new String(Base64.getDecoder().decode(parts[1]), StandardCharsets.UTF_8);
            assertThat(tokens.verify(theirs)).isEqualTo(values.get(i));
        }
    }

    private static String text(Random random, int length) {
        return random.ints(length, 1, 0x10ffff)
                .filter(c -> c < 0xd800 || c > 0xdfff)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
