package dev.countermark.python;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.countermark.json.PythonJson;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Random values against the system's own Python, when there is one. */
class LivePythonTest {

    /** Debian's; another {@code python3} may stand before it on the path. */
    private static final Path PYTHON = Path.of("/usr/bin/python3");

    private static final int VALUES = 100_000;
    private static final long SEED = 20261123;

    @TempDir
    Path folder;

    @Test
    void doubles_have_the_digits_of_python() throws Exception {
        var doubles = new ArrayList<Double>();
        for (int exponent = -1074; exponent < 1024; exponent++) {
            double power = Math.scalb(1.0, exponent);
            doubles.addAll(List.of(power, Math.nextUp(power), Math.nextDown(power)));
        }
        for (int exponent = -323; exponent < 309; exponent++) {
            double power = Double.parseDouble("1e" + exponent);
            doubles.addAll(List.of(power, 2 * power, Math.nextUp(power), Math.nextDown(power)));
        }
        for (long bits = 1; bits < 5_000; bits++) {
            doubles.add(Double.longBitsToDouble(bits));
        }
        var random = new Random(SEED);
        while (doubles.size() < VALUES) {
            doubles.add(
                    random.nextBoolean()
                            ? Double.longBitsToDouble(random.nextLong())
                            : random.nextInt(1_000_000_000) / Math.pow(10, random.nextInt(12)));
        }
        var lines = doubles.stream()
                .map(d -> Long.toHexString(Double.doubleToLongBits(d)))
                .toList();
        var answers = python("""
                import struct, sys
                for line in open(sys.argv[1]):
                    print(repr(struct.unpack('>d', bytes.fromhex(line.strip().zfill(16)))[0]))
                """, lines);
        assertThat(answers).hasSameSizeAs(doubles);
        for (int i = 0; i < answers.size(); i++) {
            var repr = Repr.of(doubles.get(i));
            if (!repr.equals(answers.get(i))) {
                assertThat(repr).isEqualTo(answers.get(i));
            }
        }
    }

    @Test
    void json_of_random_values_has_the_bytes_of_python() throws Exception {
        var random = new Random(SEED);
        var json = PythonJson.standard().unbounded();
        var texts = new ArrayList<String>();
        for (int i = 0; i < VALUES; i++) {
            texts.add(json.dumps(value(random, 3)));
        }
        var answers = python("""
                import json, sys
                for line in open(sys.argv[1]):
                    v = json.loads(line)
                    print(json.dumps(v))
                    print(json.dumps(v, separators=(',', ':'), sort_keys=True))
                    print(json.dumps(v, ensure_ascii=False).encode('utf-8', 'surrogatepass').hex())
                """, texts);
        assertThat(answers).hasSize(3 * VALUES);
        var unescaped = json.unescaped();
        for (int i = 0; i < VALUES; i++) {
            var tree = json.loads(texts.get(i));
            var ours = List.of(
                    json.dumps(tree), json.compact().sortedKeys().dumps(tree), surrogatePass(unescaped.dumps(tree)));
            var theirs = answers.subList(3 * i, 3 * i + 3);
            if (!ours.equals(theirs) || !texts.get(i).equals(theirs.get(0))) {
                assertThat(ours)
                        .as("seed %s, value %s: %s", SEED, i, texts.get(i))
                        .isEqualTo(theirs);
            }
        }
    }

    private static String surrogatePass(String text) {
        var hex = new StringBuilder();
        text.codePoints().forEach(c -> {
            if (c >= 0xd800 && c < 0xe000) {
                int encoded = 0xe08080 | (c >> 12) << 16 | (c >> 6 & 63) << 8 | c & 63;
                hex.append(Integer.toHexString(encoded));
            } else {
                for (byte b : Character.toString(c).getBytes(UTF_8)) {
                    hex.append(Character.forDigit(b >> 4 & 15, 16)).append(Character.forDigit(b & 15, 16));
                }
            }
        });
        return hex.toString();
    }

    private static Object value(Random random, int depth) {
        return switch (random.nextInt(depth == 0 ? 6 : 8)) {
            case 0 -> text(random);
            case 1 -> random.nextInt(1000) - 500;
            case 2 -> new BigInteger(random.nextInt(200), random);
            case 3 -> Double.longBitsToDouble(random.nextLong());
            case 4 -> random.nextBoolean();
            case 5 -> null;
            case 6 -> {
                var list = new ArrayList<Object>();
                for (int i = random.nextInt(5); i > 0; i--) {
                    list.add(value(random, depth - 1));
                }
                yield list;
            }
            default -> {
                var map = new LinkedHashMap<Object, Object>();
                for (int i = random.nextInt(5); i > 0; i--) {
                    map.put(text(random), value(random, depth - 1));
                }
                yield map;
            }
        };
    }

    private static String text(Random random) {
        var text = new StringBuilder();
        for (int i = random.nextInt(8); i > 0; i--) {
            text.append(
                    switch (random.nextInt(4)) {
                        case 0 -> (char) random.nextInt(0x100);
                        case 1 -> (char) random.nextInt(0x10000);
                        case 2 -> (char) (0xd800 + random.nextInt(0x800));
                        default -> (char) (' ' + random.nextInt(95));
                    });
        }
        return text.toString();
    }

    private List<String> python(String program, List<String> lines) throws IOException, InterruptedException {
        assumeThat(PYTHON).as("needs the system's Python").exists();
        var input = Files.write(folder.resolve("input"), lines);
        var output = folder.resolve("output");
        var process = new ProcessBuilder(PYTHON.toString(), "-c", program, input.toString())
                .redirectOutput(output.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue()).isZero();
        return Files.readAllLines(output);
    }
}
