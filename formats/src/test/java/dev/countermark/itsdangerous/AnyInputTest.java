package dev.countermark.itsdangerous;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countermark.DatedTokens;
import dev.countermark.Valid;
import dev.countermark.Verdict;
import dev.countermark.json.PythonJson;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/**
 * Whatever comes in, a verdict comes out; what the strict mode accepts, the lenient mode reads alike. A million a class with
 * {@code -Dcountermark.texts=1000000}.
 */
class AnyInputTest {

    private static final int INPUTS = Integer.getInteger("countermark.texts", 150_000);
    private static final long SEED = 20261123;
    private static final Clock CLOCK = Clock.fixed(Instant.ofEpochSecond(1_700_000_000), ZoneOffset.UTC);
    private static final byte[] CHARACTERS = "..==AZaz09-_+/{}[]\":,\\u 1e\n".getBytes(StandardCharsets.US_ASCII);

    /** The classes, as readers of bytes. */
    @SuppressWarnings("ImmutableEnumChecker") // its functions hold nothing
    enum PythonClass {
        SIGNER(python -> python.signer()::checkBytes, python -> python.signer().sign("a.value")),
        TIMESTAMP(
                python -> dated(python.timestampSigner()),
                python -> python.timestampSigner().clock(CLOCK).sign("a.value")),
        SERIALIZER(
                python -> python.serializer()::checkBytes,
                python -> python.serializer().sign(value(3))),
        TIMED(
                python -> dated(python.timedSerializer()),
                python -> python.timedSerializer().clock(CLOCK).sign(value(3))),
        URL_SAFE(
                python -> python.urlSafeSerializer()::checkBytes,
                python -> python.urlSafeSerializer().sign(value(40))),
        URL_SAFE_TIMED(
                python -> dated(python.urlSafeTimedSerializer()),
                python -> python.urlSafeTimedSerializer().clock(CLOCK).sign(value(40)));

        private final Function<PythonTokens, Function<byte[], Verdict<?>>> reader;
        private final Function<PythonTokens, String> writer;

        PythonClass(
                Function<PythonTokens, Function<byte[], Verdict<?>>> reader, Function<PythonTokens, String> writer) {
            this.reader = reader;
            this.writer = writer;
        }

        private static Function<byte[], Verdict<?>> dated(DatedTokens<?> tokens) {
            return token -> tokens.clock(CLOCK).checkBytes(token, Duration.ofHours(1));
        }

        private static JsonNode value(int length) {
            return PythonJson.standard().loads("{\"id\": \"" + "foobar".repeat(length) + "\"}");
        }
    }

    @ParameterizedTest
    @EnumSource
    void any_input_gets_a_verdict(PythonClass tested) {
        var random = new Random(SEED);
        // Without a signature every body is read, so that it is the body that is tried.
        var signed = ItsDangerous.V2_2_0.keys("key");
        var open = signed.algorithm(NoSignature.INSTANCE);
        var settings = List.of(signed, open, ItsDangerous.V0_24.keys("key").algorithm(NoSignature.INSTANCE));
        var strict = settings.stream().map(tested.reader).toList();
        var lenient =
                settings.stream().map(PythonTokens::lenient).map(tested.reader).toList();
        var tokens = settings.stream()
                .map(python -> tested.writer.apply(python).getBytes(StandardCharsets.UTF_8))
                .toList();
        int told = 0;
        for (int i = 0; i < INPUTS; i++) {
            int which = i % settings.size();
            var input = mutated(tokens.get(which), random);
            var verdict = strict.get(which).apply(input);
            if (verdict instanceof Valid<?> valid) {
                var other = lenient.get(which).apply(input);
                assertThat(other.orNull())
                        .as("seed %d, input %d: %s", SEED, i, new String(input, StandardCharsets.ISO_8859_1))
                        .isEqualTo(valid.value());
            } else if (i % 4 == 0) {
                assertThat(lenient.get(which).apply(input)).isNotNull();
                // Its text is made when it is asked for.
                var error = verdict.detail(PythonError.class);
                error.ifPresent(found -> assertThat(found.message()).isNotEmpty());
                told += error.isPresent() ? 1 : 0;
            }
        }
        assertThat(told).isGreaterThan(INPUTS / 20);
    }

    /** Up to three changes; once in a while nothing of the token is left. */
    private static byte[] mutated(byte[] token, Random random) {
        if (random.nextInt(20) == 0) {
            var bytes = new byte[random.nextInt(40)];
            random.nextBytes(bytes);
            return bytes;
        }
        var text = token.clone();
        for (int changes = random.nextInt(4); changes > 0; changes--) {
            int at = random.nextInt(text.length);
            switch (random.nextInt(3)) {
                case 0 ->
                    text[at] = random.nextInt(4) == 0
                            ? (byte) random.nextInt(256)
                            : CHARACTERS[random.nextInt(CHARACTERS.length)];
                case 1 -> text[at] ^= (byte) (1 << random.nextInt(8));
                default -> text[at] = text[random.nextInt(text.length)];
            }
        }
        return text;
    }
}
