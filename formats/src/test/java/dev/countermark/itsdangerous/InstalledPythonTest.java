package dev.countermark.itsdangerous;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.countermark.Codec;
import dev.countermark.json.PythonJson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/** Debian's {@code python3-itsdangerous}, both ways: each value signed here is read there, signed there, and read here. */
class InstalledPythonTest {

    private static final Path PYTHON = Path.of("/usr/bin/python3");
    private static final int VALUES = 1_000;
    private static final long SEED = 4711;

    /** One line in, one out: our token by hand, theirs of the value they found in it. */
    private static final String SCRIPT = """
            import sys, base64, itsdangerous as its
            tokens = getattr(its, sys.argv[1])("the key", salt="live")
            signer = sys.argv[1].endswith("Signer")
            for line in sys.stdin:
                token = base64.b64decode(line)
                again = tokens.sign(tokens.unsign(token)) if signer else tokens.dumps(tokens.loads(token)).encode()
                print(base64.b64encode(again).decode())
            """;

    @SuppressWarnings("ImmutableEnumChecker") // its functions hold nothing
    enum PythonClass {
        Signer(python -> python.signer()::sign, python -> python.signer()::verify),
        TimestampSigner(python -> python.timestampSigner()::sign, python -> python.timestampSigner()::verify),
        Serializer(
                python -> value -> python.serializer().sign(json(value)),
                python -> token -> text(python.serializer().verify(token))),
        TimedSerializer(
                python -> value -> python.timedSerializer().sign(json(value)),
                python -> token -> text(python.timedSerializer().verify(token))),
        URLSafeSerializer(
                python -> value -> python.urlSafeSerializer().sign(json(value)),
                python -> token -> text(python.urlSafeSerializer().verify(token))),
        URLSafeTimedSerializer(
                python -> value -> python.urlSafeTimedSerializer().sign(json(value)),
                python -> token -> text(python.urlSafeTimedSerializer().verify(token)));

        private final Function<PythonTokens, Function<String, String>> sign;
        private final Function<PythonTokens, Function<String, String>> verify;

        PythonClass(
                Function<PythonTokens, Function<String, String>> sign,
                Function<PythonTokens, Function<String, String>> verify) {
            this.sign = sign;
            this.verify = verify;
        }

        private static JsonNode json(String text) {
            return PythonJson.standard().loads(text);
        }

        private static String text(JsonNode value) {
            return PythonJson.standard().dumps(value);
        }
    }

    @ParameterizedTest
    @EnumSource
    void values_go_both_ways(PythonClass tested) throws IOException, InterruptedException {
        assumeTrue(Files.isExecutable(PYTHON), "skipped: there is no /usr/bin/python3");
        var version = run("import itsdangerous; print(itsdangerous.__version__)", List.of());
        assumeTrue(version.size() == 1, "skipped: python3-itsdangerous is not installed");
        var python = ItsDangerous.release(version.get(0)).keys("the key").salt("live");

        var random = new Random(SEED);
        var values = new ArrayList<String>();
        var tokens = new ArrayList<String>();
        for (int i = 0; i < VALUES; i++) {
            var value = tested.name().endsWith("Signer")
                    ? RandomValue.text(random)
                    : PythonClass.text(RandomValue.json(random, 0));
            values.add(value);
            tokens.add(Base64Text.encode(tested.sign.apply(python).apply(value)));
        }
        var answers = run(SCRIPT, tokens, tested.name());

        assertThat(answers).as("seed %d", SEED).hasSameSizeAs(values);
        for (int i = 0; i < answers.size(); i++) {
            var theirs = Base64Text.decode(answers.get(i));
            assertThat(tested.verify.apply(python).apply(theirs))
                    .as("seed %d, value %d", SEED, i)
                    .isEqualTo(values.get(i));
            if (!tested.name().startsWith("Time") && !tested.name().contains("Timed")) {
                assertThat(Base64Text.encode(theirs))
                        .as("seed %d, value %d", SEED, i)
                        .isEqualTo(tokens.get(i));
            }
        }
    }

    private static List<String> run(String script, List<String> lines, String... arguments)
            throws IOException, InterruptedException {
        var input = Files.createTempFile("tokens", ".txt");
        Files.write(input, lines);
        var command = new ArrayList<>(List.of(PYTHON.toString(), "-c", script));
        command.addAll(List.of(arguments));
        var process = new ProcessBuilder(command)
                .redirectInput(input.toFile())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        var answers = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                .lines()
                .toList();
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        Files.delete(input);
        return answers;
    }

    /** Lines may hold neither control characters nor line ends, so tokens travel in base64. */
    private static final class Base64Text {

        static String encode(String text) {
            return java.util.Base64.getEncoder().encodeToString(Codec.text().encode(text));
        }

        static String decode(String base64) {
            return Codec.text().decode(java.util.Base64.getDecoder().decode(base64));
        }
    }
}
