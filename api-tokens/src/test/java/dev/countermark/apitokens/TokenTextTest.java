package dev.countermark.apitokens;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.countermark.Keyring;
import dev.countermark.SigningKey;
import dev.countermark.apitokens.ApiTokenVerdict.Rejected;
import dev.countermark.encoding.Base64Url;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class TokenTextTest {

    private static final SigningKey KEY = SigningKey.fromBase64("pVKq8rYI3xGp0bmSp2o0h2o7dZK8hVYv1mQ1cM3nB5s");

    private final TestClock clock = new TestClock();
    private final SignedTokens tokens = SignedTokens.withStore(Keyring.of(KEY), "cm", clock);

    /** Written by Python's itsdangerous 2.2.0: see the line in {@link #python}. */
    private static final String RECORDED =
            "cm_eyJpZCI6IjAxMjM0NTY3ODlhYmNkZWYwMTIzNDU2Nzg5YWJjZGVmIiwic3ViIjoiWm_DqyBcInFcIiIsInNjb3BlIjoicmVhZCB3cml0ZSIsImV4cCI6MTc5Nzc3NjAwMCwiZ2VuIjo0Mn0.arE7gA.eKttpeMxLa9U_cO6nVq--c-qfdT2OizueEueZ3UAt-0";

    @Test
    void a_token_that_python_signed_is_read() {
        clock.set(Instant.ofEpochSecond(1_790_000_100L));
        var reading = tokens.read(RECORDED);
        assertThat(reading.refused()).isNull();
        assertThat(reading.claims())
                .isEqualTo(
                        new Claims("0123456789abcdef0123456789abcdef", "Zoë \"q\"", "read write", 1_797_776_000L, 42));
        assertThat(reading.issuedAt()).isEqualTo(Instant.ofEpochSecond(1_790_000_000L));
        assertThat(tokens.sign(reading.claims(), reading.issuedAt())).isEqualTo(RECORDED);
    }

    @Test
    void stock_python_checks_the_signature() throws Exception {
        var python = python();
        var text = tokens.sign(
                new Claims(TokenId.random(), "alice", "read", 1_797_776_000L, 0),
                Instant.ofEpochSecond(1_790_000_000L));
        assertThat(unsign(python, text)).isEqualTo("cm_ 1790000000");
        // In the middle of the signature: its last character has bits that count for nothing.
        int at = text.length() - 10;
        var other = text.charAt(at) == 'A' ? 'B' : 'A';
        assertThat(unsign(python, text.substring(0, at) + other + text.substring(at + 1)))
                .isEqualTo("BadTimeSignature");
    }

    /** The interpreter that Debian's packages belong to; another may stand before it on the path. */
    private static String python() throws Exception {
        for (var interpreter : List.of("/usr/bin/python3", "python3")) {
            if (hasItsDangerous(interpreter)) {
                return interpreter;
            }
        }
        assumeTrue(false, "skipped: no Python with itsdangerous");
        throw new IllegalStateException();
    }

    private static boolean hasItsDangerous(String interpreter) throws InterruptedException {
        try {
            var process = new ProcessBuilder(interpreter, "-c", "import itsdangerous.timed")
                    .redirectErrorStream(true)
                    .start();
            return process.waitFor(30, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException e) {
            // There is no such interpreter.
            return false;
        }
    }

    private static String unsign(String python, String text) throws Exception {
        var program = """
                import base64, sys
                from hashlib import sha256
                from itsdangerous import TimestampSigner, BadTimeSignature
                key = base64.urlsafe_b64decode(sys.argv[1] + "=")
                signer = TimestampSigner(key, salt="api-token", digest_method=sha256, key_derivation="hmac")
                try:
                    value, date = signer.unsign(sys.argv[2], return_timestamp=True)
                    print(value[:3].decode(), int(date.timestamp()))
                except BadTimeSignature as e:
                    print(type(e).__name__)
                """;
        var process = new ProcessBuilder(python, "-W", "ignore", "-c", program, KEY.revealBase64(), text)
                .redirectErrorStream(true)
                .start();
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return output.strip();
    }

    @Test
    void claims_have_one_text() {
        var codec = new ClaimsCodec("cm");
        var id = "0123456789abcdef0123456789abcdef";
        var good = "{\"id\":\"" + id + "\",\"sub\":\"a\",\"scope\":\"\",\"exp\":1,\"gen\":0}";
        assertThat(codec.decode(text(good))).isEqualTo(new Claims(id, "a", "", 1, 0));
        for (var bad : List.of(
                good + " ",
                " " + good,
                good.replace(":1,", ":01,"),
                good.replace(":1,", ":-1,"),
                good.replace(":1,", ":1.0,"),
                good.replace(":1,", ":1e3,"),
                good.replace(":1,", ":99999999999999999999,"),
                good.replace(":1,", ":253402300800,"),
                good.replace("\"a\"", "\"\""),
                good.replace("\"a\"", "\"\\u0061\""),
                good.replace("\"a\"", "\"a\\"),
                good.replace("\"a\"", "\"\n\""),
                good.replace("\"gen\"", "\"jen\""),
                good.replace("\"exp\":1,", ""),
                good.replace("}", ",\"more\":1}"),
                good.replace(id, id.substring(1)),
                good.replace(id, id.toUpperCase(Locale.ROOT)),
                good.replace(id, "0".repeat(16) + "1".repeat(16)),
                "")) {
            assertThatThrownBy(() -> codec.decode(text(bad))).as(bad).isInstanceOf(IllegalArgumentException.class);
        }
    }

    private static byte[] text(String json) {
        return ("cm_" + Base64Url.encode(json.getBytes(StandardCharsets.UTF_8))).getBytes(StandardCharsets.US_ASCII);
    }

    @Test
    void any_bytes_under_a_good_signature_are_read_or_refused() {
        var random = new Random(5);
        var codec = new ClaimsCodec("cm");
        int read = 0;
        for (int i = 0; i < 200_000; i++) {
            var good = codec.encode(new Claims(TokenId.random(), "a\"\\é", "x", 5, 7));
            var json = Base64Url.decodeOrNull(good, 3, good.length);
            json[random.nextInt(json.length)] = (byte) random.nextInt(256);
            var text = ("cm_" + Base64Url.encode(json)).getBytes(StandardCharsets.US_ASCII);
            Claims claims;
            try {
                claims = codec.decode(text);
            } catch (IllegalArgumentException e) {
                continue;
            }
            // What is read at all is read from its only text.
            assertThat(codec.encode(claims)).as("seed 5, round %d", i).isEqualTo(text);
            read++;
        }
        assertThat(read).isPositive();
    }

    @Test
    void every_change_of_a_character_is_rejected() {
        var stateless = StatelessApiTokens.of(Keyring.of(KEY)).clock(clock);
        var text = stateless.issue("alice", Set.of("read"));
        for (int i = 0; i < text.length(); i++) {
            for (char c : new char[] {'A', 'B', '.', '_', '=', '+', '\n', 'é'}) {
                if (text.charAt(i) != c) {
                    var changed = text.substring(0, i) + c + text.substring(i + 1);
                    assertThat(stateless.check(changed)).isInstanceOf(Rejected.class);
                }
            }
        }
    }

    @Test
    void a_stateless_token_expires_and_has_no_power_over_tokens() {
        var stateless = StatelessApiTokens.of(Keyring.of(KEY)).clock(clock).prefix("acme");
        var text = stateless.issue("alice", Set.of("read"));
        assertThat(text).startsWith("acme_");
        assertThat(stateless.verify(text).hasScope("read")).isTrue();
        assertThatThrownBy(() -> stateless.issue("alice", Set.of(ApiTokens.ADMIN_SCOPE)))
                .isInstanceOf(IllegalArgumentException.class);
        clock.advance(Duration.ofDays(91));
        assertThat(stateless.check(text)).isInstanceOf(ApiTokenVerdict.Expired.class);
    }
}
