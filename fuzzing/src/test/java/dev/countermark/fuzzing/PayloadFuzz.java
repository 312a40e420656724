package dev.countermark.fuzzing;

import static dev.countermark.fuzzing.Wire.base64Url;
import static dev.countermark.fuzzing.Wire.bytes;
import static dev.countermark.fuzzing.Wire.dated;
import static dev.countermark.fuzzing.Wire.hmac;
import static dev.countermark.fuzzing.Wire.join;
import static dev.countermark.fuzzing.Wire.jws;
import static dev.countermark.fuzzing.Wire.pythonKey;
import static dev.countermark.fuzzing.Wire.signed;
import static dev.countermark.fuzzing.Wire.time;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.countermark.Body;
import dev.countermark.Codec;
import dev.countermark.Tokens;
import dev.countermark.Valid;
import dev.countermark.Verdict;
import dev.countermark.apitokens.ApiTokenVerdict;
import dev.countermark.apitokens.StatelessApiTokens;
import dev.countermark.itsdangerous.ItsDangerous;
import dev.countermark.itsdangerous.PythonTokens;
import dev.countermark.json.Json;
import dev.countermark.jws.Jws;
import dev.countermark.jws.JwsAlgorithm;
import dev.countermark.jws.Jwt;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/** Any payload under a good signature, in every format that is not a framework's. */
class PayloadFuzz {

    record Login(String id, int level, double rate, Optional<String> nickname, List<String> roles) {}

    /**
     * @param token the payload, signed
     * @param check how it is read
     * @param sign signs the value that was read
     */
    private record Reader<T>(
            Function<byte[], byte[]> token, Function<byte[], Verdict<T>> check, Function<T, byte[]> sign) {

        static <T> Reader<T> of(Function<byte[], byte[]> token, Tokens<T> tokens) {
            return new Reader<>(token, tokens::checkBytes, tokens::signToBytes);
        }

        void run(byte[] payload) {
            var verdict = Bounds.verdict(() -> check.apply(token.apply(payload)));
            if (verdict instanceof Valid<T> valid) {
                byte[] again;
                try {
                    again = sign.apply(valid.value());
                } catch (IllegalArgumentException e) {
                    // A value may be too long to write: an escape is longer than what it stands for.
                    return;
                }
                if (!(check.apply(again) instanceof Valid<T> read)
                        || !Objects.deepEquals(read.value(), valid.value())) {
                    throw new AssertionError("what was read and signed again reads otherwise");
                }
            }
        }
    }

    private static final List<Reader<?>> READERS = List.of(
            own(Json.of(Login.class), Body.URL_SAFE),
            own(Json.map(), Body.URL_SAFE),
            own(Json.node(), Body.URL_SAFE),
            own(Codec.text(), Body.TEXT),
            serializer(ItsDangerous.V2_2_0.keys(Keys.python())),
            serializer(ItsDangerous.V2_2_0.keys(Keys.python()).lenient()),
            urlSafe(ItsDangerous.V2_2_0.keys(Keys.python())),
            urlSafe(ItsDangerous.V0_24.keys(Keys.python()).lenient()),
            timed(ItsDangerous.V2_2_0.keys(Keys.python())),
            timed(ItsDangerous.V1_1_0.keys(Keys.python()).lenient()),
            Reader.of(
                    payload -> jws("SHA-256", Keys.SECRET, bytes("{\"alg\":\"HS256\"}"), payload),
                    Jws.of(Keys.KEYRING, JwsAlgorithm.HS256, Json.node())),
            Reader.of(
                    payload -> jws("SHA-256", Keys.SECRET, bytes("{\"alg\":\"HS256\"}"), payload),
                    Jwt.of(Keys.KEYRING, JwsAlgorithm.HS256, Json.map())
                            .neverExpiring()
                            .clock(Keys.CLOCK)),
            pythonJws(ItsDangerous.V2_0_1.keys(Keys.python())),
            pythonJws(ItsDangerous.V0_24.keys(Keys.python()).lenient()));

    private static final StatelessApiTokens API_TOKENS =
            StatelessApiTokens.of(Keys.KEYRING).clock(Keys.CLOCK);
    private static final byte[] API_KEY = hmac("SHA-256", Keys.SECRET, bytes("stateless-api-token"));

    private static <T> Reader<T> own(Codec<T> codec, Body body) {
        var key = hmac("SHA-256", Keys.SECRET, bytes(body == Body.TEXT ? "fuzz\0plain" : "fuzz"));
        return Reader.of(
                payload -> signed("SHA-256", key, body == Body.TEXT ? payload : base64Url(payload), "."),
                Tokens.of(Keys.KEYRING, "fuzz", codec).body(body));
    }

    private static Reader<?> serializer(PythonTokens python) {
        var key = pythonKey(Keys.SECRET, "itsdangerous");
        return Reader.of(payload -> signed("SHA-1", key, payload, "."), python.serializer());
    }

    private static Reader<?> urlSafe(PythonTokens python) {
        var key = pythonKey(Keys.SECRET, "itsdangerous");
        return Reader.of(payload -> signed("SHA-1", key, base64Url(payload), "."), python.urlSafeSerializer());
    }

    private static Reader<?> timed(PythonTokens python) {
        var key = pythonKey(Keys.SECRET, "itsdangerous");
        var tokens = python.urlSafeTimedSerializer().clock(Keys.CLOCK);
        return new Reader<>(
                payload -> dated("SHA-1", key, base64Url(payload), time(Keys.NOW), "."),
                token -> tokens.checkBytes(token, Duration.ofHours(1)),
                tokens::signToBytes);
    }

    private static Reader<?> pythonJws(PythonTokens python) {
        var tokens = python.jws().algorithm(JwsAlgorithm.HS256).serializer();
        return Reader.of(payload -> jws("SHA-256", Keys.SECRET, bytes("{\"alg\":\"HS256\"}"), payload), tokens);
    }

    static {
        for (int i = 0; i < READERS.size(); i++) {
            var payload = i == 0
                    ? "{\"id\":\"a\",\"level\":1,\"rate\":1.5,\"nickname\":null,\"roles\":[]}"
                    : "{\"id\":\"a\"}";
            Bounds.reaches(READERS.get(i).check.apply(READERS.get(i).token.apply(bytes(payload))));
        }
        var claims = "{\"id\":\"" + "0123456789abcdef".repeat(2)
                + "\",\"sub\":\"ada\",\"scope\":\"\",\"exp\":1700000900,\"gen\":0}";
        if (!(API_TOKENS.check(apiToken(bytes(claims))) instanceof ApiTokenVerdict.Valid)) {
            throw new IllegalStateException("the target's own API token is refused");
        }
    }

    private static String apiToken(byte[] claims) {
        var body = join(bytes("cm_"), base64Url(claims));
        return Wire.latin1(dated("SHA-256", API_KEY, body, time(Keys.NOW), "."));
    }

    @FuzzTest
    void any_payload_gets_a_verdict(byte[] data) {
        var input = new Input(data);
        int which = input.choice(READERS.size() + 1);
        var payload = input.rest();
        if (which < READERS.size()) {
            READERS.get(which).run(payload);
        } else {
            var token = apiToken(payload);
            Bounds.held(() -> API_TOKENS.check(token).toString());
        }
    }
}
