package dev.countermark.fuzzing;

import static dev.countermark.fuzzing.Wire.bytes;
import static dev.countermark.fuzzing.Wire.jws;
import static dev.countermark.fuzzing.Wire.signed;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.countermark.Keyring;
import dev.countermark.SigningKey;
import dev.countermark.Valid;
import dev.countermark.Verdict;
import dev.countermark.itsdangerous.ItsDangerous;
import dev.countermark.json.Json;
import dev.countermark.jws.Jws;
import dev.countermark.jws.JwsAlgorithm;
import dev.countermark.jws.Jwt;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Any header under a good signature. What is accepted, a second reader of JSON must find harmless. */
class JwsHeaderFuzz {

    private static final Set<String> REFUSED =
            Set.of("crit", "b64", "zip", "jku", "jwk", "x5u", "x5c", "x5t", "x5t#S256");
    private static final int LONGEST = 4096;

    private static final JsonMapper SECOND_READER = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    /** @param expires whether {@code exp} belongs into the header */
    private record Reader(String good, boolean strict, boolean expires, Function<byte[], Verdict<?>> check) {

        Verdict<?> read(byte[] header) {
            return check.apply(jws("SHA-256", Keys.SECRET, header, bytes("{\"sub\":\"ada\",\"exp\":1700003600}")));
        }
    }

    private static final Keyring NAMED = Keyring.of(SigningKey.of(Keys.SECRET).named("key-1"));

    private static final List<Reader> READERS = List.of(
            reader(Jws.of(Keys.KEYRING, JwsAlgorithm.HS256, Json.node())::checkBytes),
            reader(Jws.of(NAMED, JwsAlgorithm.HS256, Json.node())::checkBytes),
            new Reader(
                    "{\"alg\":\"HS256\",\"typ\":\"a+jwt\"}",
                    true,
                    false,
                    Jws.typed(Keys.KEYRING, JwsAlgorithm.HS256, "a+jwt", Json.node())::checkBytes),
            reader(Jwt.of(Keys.KEYRING, JwsAlgorithm.HS256, Json.map())
                    .expiringAfter(Duration.ofHours(1))
                    .clock(Keys.CLOCK)::checkBytes),
            reader(ItsDangerous.V2_0_1
                    .keys(Keys.python())
                    .jws()
                    .algorithm(JwsAlgorithm.HS256)
                    .serializer()::checkBytes),
            new Reader(
                    "{\"alg\":\"HS256\"}",
                    false,
                    false,
                    ItsDangerous.V0_24.keys(Keys.python()).lenient().jws().serializer()::checkBytes),
            timed(true),
            timed(false));

    private static Reader reader(Function<byte[], Verdict<?>> check) {
        return new Reader("{\"alg\":\"HS256\"}", true, false, check);
    }

    private static Reader timed(boolean strict) {
        var python = ItsDangerous.V2_0_1.keys(Keys.python());
        var tokens = (strict ? python : python.lenient())
                .jws()
                .algorithm(JwsAlgorithm.HS256)
                .timedSerializer(Duration.ofHours(1))
                .clock(Keys.CLOCK);
        return new Reader(
                "{\"alg\":\"HS256\",\"iat\":1700000000,\"exp\":1700003600}", strict, true, tokens::checkBytes);
    }

    static {
        READERS.forEach(reader -> Bounds.reaches(reader.read(bytes(reader.good))));
    }

    @FuzzTest
    void any_header_gets_a_verdict(byte[] data) {
        var input = new Input(data);
        var reader = READERS.get(input.choice(READERS.size()));
        if (input.choice(4) == 3) {
            // Text in place of base64, with any number of dots.
            var text = input.rest();
            Bounds.verdict(() -> reader.check.apply(signed("SHA-256", Keys.SECRET, text, ".")));
            return;
        }
        var header = input.rest();
        var verdict = Bounds.verdict(() -> reader.read(header));
        if (reader.strict && verdict instanceof Valid) {
            requireHarmless(header, reader.expires);
        }
    }

    private static void requireHarmless(byte[] header, boolean expires) {
        JsonNode read;
        try {
            read = SECOND_READER.readTree(new String(header, StandardCharsets.UTF_8));
        } catch (JacksonException e) {
            throw new AssertionError("a header was accepted that is not JSON to others", e);
        }
        boolean harmless = header.length <= LONGEST
                && read.isObject()
                && read.path("alg").isString()
                && read.path("alg").stringValue().equals("HS256")
                && REFUSED.stream().noneMatch(read::has)
                && read.has("exp") == expires
                && (!expires
                        || read.path("exp").isIntegralNumber()
                                && read.path("exp").longValue() >= Keys.NOW);
        if (!harmless) {
            throw new AssertionError("a header was accepted that must not be");
        }
    }
}
