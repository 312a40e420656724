package dev.countermark.fuzzing;

import static dev.countermark.fuzzing.Wire.base64Url;
import static dev.countermark.fuzzing.Wire.bytes;
import static dev.countermark.fuzzing.Wire.dated;
import static dev.countermark.fuzzing.Wire.digest;
import static dev.countermark.fuzzing.Wire.hmac;
import static dev.countermark.fuzzing.Wire.join;
import static dev.countermark.fuzzing.Wire.pythonKey;
import static dev.countermark.fuzzing.Wire.signed;
import static dev.countermark.fuzzing.Wire.time;
import static dev.countermark.fuzzing.Wire.zlib;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.countermark.Body;
import dev.countermark.Tokens;
import dev.countermark.Verdict;
import dev.countermark.frameworks.DjangoJson;
import dev.countermark.frameworks.FlaskSession;
import dev.countermark.itsdangerous.ItsDangerous;
import dev.countermark.json.Json;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;

/** Any bytes where a compressed payload stands, under a good signature; and compressed payloads with a few bytes changed. */
class CompressedFuzz {

    private static final byte[] DOT = bytes(".");

    /** What signs a body, and what reads it. */
    private record Reader(Function<byte[], byte[]> sign, Function<byte[], Verdict<?>> check) {

        Verdict<?> read(byte[] compressed) {
            var token = sign.apply(join(DOT, base64Url(compressed)));
            return Bounds.verdict(() -> check.apply(token));
        }
    }

    private static final List<Reader> READERS =
            List.of(own(), urlSafe(false), urlSafe(true), flask(false), flask(true), django(false), django(true));

    private static Reader own() {
        var key = hmac("SHA-256", Keys.SECRET, bytes("fuzz"));
        var tokens = Tokens.of(Keys.KEYRING, "fuzz", Json.map()).body(Body.URL_SAFE_COMPRESSED);
        return new Reader(body -> signed("SHA-256", key, body, "."), tokens::checkBytes);
    }

    private static Reader urlSafe(boolean lenient) {
        var key = pythonKey(Keys.SECRET, "itsdangerous");
        var python = ItsDangerous.newest().keys(Keys.python());
        var tokens = (lenient ? python.lenient() : python).urlSafeSerializer();
        return new Reader(body -> signed("SHA-1", key, body, "."), tokens::checkBytes);
    }

    private static Reader flask(boolean lenient) {
        var key = hmac("SHA-1", Keys.SECRET, bytes("cookie-session"));
        var plain = FlaskSession.of(Keys.KEYRING).clock(Keys.CLOCK);
        var sessions = lenient ? plain.lenient() : plain;
        return new Reader(
                body -> dated("SHA-1", key, body, time(Keys.NOW), "."), token -> sessions.check(Wire.latin1(token)));
    }

    private static Reader django(boolean lenient) {
        var key = digest("SHA-256", bytes("django.core.signingsigner"), Keys.SECRET);
        var plain = DjangoJson.of(Keys.KEYRING).clock(Keys.CLOCK);
        var json = lenient ? plain.lenient() : plain;
        return new Reader(
                body -> dated("SHA-256", key, body, bytes(Wire.base62(Keys.NOW)), ":"),
                token -> json.check(Wire.latin1(token), Duration.ofHours(1)));
    }

    static {
        READERS.forEach(reader -> Bounds.reaches(reader.read(zlib(bytes("{\"id\":\"" + "ada".repeat(20) + "\"}")))));
    }

    @FuzzTest
    void any_stream_gets_a_verdict(byte[] data) {
        var input = new Input(data);
        var reader = READERS.get(input.choice(READERS.size()));
        switch (input.choice(4)) {
            case 0 -> reader.read(input.rest());
            case 1 -> reader.read(zlib(input.rest()));
            case 2 -> {
                var payload = input.line();
                reader.read(input.edited(zlib(payload)));
            }
            default -> {
                // A short text that inflates to a long one.
                int times = 1 << input.choice(20);
                var part = input.rest();
                if (part.length * (long) times <= 4 << 20) {
                    reader.read(zlib(bytes(Wire.latin1(part).repeat(times))));
                }
            }
        }
    }
}
