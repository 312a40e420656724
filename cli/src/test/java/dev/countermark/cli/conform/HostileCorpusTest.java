package dev.countermark.cli.conform;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.countermark.BadTokenException;
import dev.countermark.Codec;
import dev.countermark.DatedTokens;
import dev.countermark.Keyring;
import dev.countermark.Limits;
import dev.countermark.Purposes;
import dev.countermark.SigningKey;
import dev.countermark.Tokens;
import dev.countermark.itsdangerous.ItsDangerous;
import dev.countermark.itsdangerous.PythonJws;
import dev.countermark.itsdangerous.PythonKeys;
import dev.countermark.itsdangerous.PythonTokens;
import dev.countermark.json.PythonJson;
import dev.countermark.jws.Jws;
import dev.countermark.jws.JwsAlgorithm;
import dev.countermark.mac.Digest;
import dev.countermark.mac.KeyDerivation;
import dev.countermark.python.Repr;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Hostile inputs with the verdict each must get, in both modes: nothing but our exceptions, within the bytes that a row
 * allows, and within its time where {@code -Dcountermark.hostile.times} asks for that; {@code -Dcountermark.hostile=FILE}
 * reads another file.
 *
 * <p>Each format is a {@link Verifier} in {@link #VERIFIERS}, and every row of a file is run: one of an unknown format or
 * policy fails the test.
 */
class HostileCorpusTest {

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private static final long MEBIBYTE = 1 << 20;
    private static final int ROWS = 2426;

    /** First calls load classes; the least of a few counts. */
    private static final int CALLS = 3;

    private static final boolean TIMED = Boolean.getBoolean("countermark.hostile.times");
    private static final int WARM_UP = 300;
    private static final int TIMED_CALLS = 5;

    /** Headers go through the starter, in its tests. */
    private static final Set<String> ELSEWHERE = Set.of("bearer-header");

    private static final Set<String> POLICIES = Set.of("any", "strict", "python");

    private static final Map<String, Verifier> VERIFIERS = verifiers();

    private static Map<String, Verifier> verifiers() {
        var verifiers = new HashMap<String, Verifier>();
        verifiers.put(
                "signer", (row, mode) -> verify(row, python(row, mode).signer().as(Codec.bytes())));
        verifiers.put(
                "timestamp-signer", (row, mode) -> verify(row, python(row, mode).timestampSigner()));
        verifiers.put("serializer", (row, mode) -> verify(row, python(row, mode).serializer()));
        verifiers.put(
                "timed-serializer", (row, mode) -> verify(row, python(row, mode).timedSerializer()));
        verifiers.put("urlsafe", (row, mode) -> verify(row, python(row, mode).urlSafeSerializer()));
        verifiers.put(
                "urlsafe-timed", (row, mode) -> verify(row, python(row, mode).urlSafeTimedSerializer()));
        verifiers.put("jws", (row, mode) -> jws(row, mode));
        verifiers.put("timed-jws", (row, mode) -> timedJws(row, mode));
        verifiers.put("secret-policy", (row, mode) -> strongKey(row));
        verifiers.put("keyring-policy", (row, mode) -> purposes(row));
        for (var format : List.of("flask", "starlette", "django", "django-cookie")) {
            verifiers.put(
                    format,
                    (row, mode) -> () -> new HostilePython(row.line(), mode == Mode.PYTHON).verify(row.token()));
        }
        verifiers.put("rails", (row, mode) -> HostileWeb.rails(row));
        verifiers.put("express", (row, mode) -> HostileWeb.express(row));
        verifiers.put("cookie-set", (row, mode) -> HostileWeb.cookie(row));
        return verifiers;
    }

    enum Mode {
        STRICT,
        PYTHON
    }

    /** Makes what verifies a row's token: it returns the value, or throws one of our exceptions. */
    interface Verifier {
        Callable<Object> prepare(Row row, Mode mode);
    }

    /** One line of the corpus. */
    record Row(JsonNode line) {

        String text(String member) {
            return line.path(member).stringValue("");
        }

        JsonNode param(String name) {
            return line.path("params").path(name);
        }

        boolean has(String param) {
            return !param(param).isMissingNode();
        }

        boolean isFor(Mode mode) {
            return text("policy").equals("any") || text("policy").equals(mode == Mode.STRICT ? "strict" : "python");
        }

        byte[] secret() {
            return param("secret_b64").isString()
                    ? Base64.getDecoder().decode(param("secret_b64").stringValue())
                    : text("secret").getBytes(StandardCharsets.UTF_8);
        }

        Clock clock() {
            return Clock.fixed(Instant.ofEpochSecond(param("now").longValue(1_700_000_000)), ZoneOffset.UTC);
        }

        Limits limits() {
            return Limits.DEFAULT.tokenLength(param("max_token_bytes").intValue(Integer.MAX_VALUE));
        }

        /** Text, or bytes where the row gives bytes. */
        Object token() {
            return switch (text("token_enc")) {
                case "base64" -> Base64.getDecoder().decode(text("token"));
                case "expr" -> {
                    var text = new StringBuilder();
                    JsonMapper.shared()
                            .readTree(text("token"))
                            .forEach(part -> text.append(
                                    part.get(0).stringValue().repeat(part.get(1).intValue())));
                    yield text.toString();
                }
                default -> text("token");
            };
        }
    }

    private static PythonKeys keys(Row row) {
        var keys = new ArrayList<SigningKey>();
        row.param("older_secrets").forEach(secret -> keys.add(SigningKey.weakText(secret.stringValue())));
        keys.add(SigningKey.weak(row.secret()));
        return PythonKeys.oldestFirst(keys);
    }

    private static PythonTokens python(Row row, Mode mode) {
        var python = ItsDangerous.newest().keys(keys(row));
        python = row.has("salt") ? python.salt(row.param("salt").stringValue()) : python;
        python = row.has("sep") ? python.separator(row.param("sep").stringValue()) : python;
        python = row.has("key_derivation") ? python.keyDerivation(derivation(row)) : python;
        python = row.has("digest")
                ? python.digest(Request.digestNamed(row.param("digest").stringValue()))
                : python;
        return mode == Mode.STRICT ? python : python.lenient();
    }

    /** A token of another format may carry an expiry, which a reader heeds only where it is told that they come. */
    private static Callable<Object> jws(Row row, Mode mode) {
        if (isNone(row)) {
            return () -> null;
        }
        var jws = settings(row, mode);
        jws = row.text("cat").equals("cross") ? jws.alsoReadingTimed() : jws;
        return verify(row, jws.serializer().clock(row.clock()));
    }

    private static Callable<Object> timedJws(Row row, Mode mode) {
        if (isNone(row)) {
            return () -> null;
        }
        var limited = settings(row, mode)
                .timedSerializer(Duration.ofHours(1))
                .limits(row.limits())
                .clock(row.clock());
        return row.token() instanceof byte[] bytes
                ? () -> limited.checkBytes(bytes).orThrow()
                : calling((String) row.token(), limited::verify);
    }

    /** There is no such reader, so nothing is accepted. */
    private static boolean isNone(Row row) {
        return row.param("alg").stringValue("").equals("none");
    }

    private static PythonJws settings(Row row, Mode mode) {
        var python = ItsDangerous.V2_0_1.keys(keys(row));
        return (mode == Mode.STRICT ? python : python.lenient())
                .jws()
                .algorithm(JwsAlgorithm.valueOf(row.param("alg").stringValue("HS512")));
    }

    private static KeyDerivation derivation(Row row) {
        return ItsDangerousFamily.derivation(row.param("key_derivation").stringValue());
    }

    private static Callable<Object> verify(Row row, Tokens<?> tokens) {
        var limited = tokens.limits(row.limits());
        return row.token() instanceof byte[] bytes
                ? () -> limited.checkBytes(bytes).orThrow()
                : calling((String) row.token(), limited::verify);
    }

    private static Callable<Object> verify(Row row, DatedTokens<?> tokens) {
        var limited = tokens.limits(row.limits()).clock(row.clock());
        var token = row.token();
        if (!row.param("max_age").isNumber()) {
            return token instanceof byte[] bytes
                    ? () -> limited.checkBytes(bytes).orThrow()
                    : calling((String) token, limited::verify);
        }
        var age = Duration.ofSeconds(row.param("max_age").longValue());
        return token instanceof byte[] bytes
                ? () -> limited.checkBytes(bytes, age).orThrow()
                : calling((String) token, text -> limited.verify(text, age));
    }

    private static Callable<Object> calling(String token, Function<String, ?> verify) {
        return () -> verify.apply(token);
    }

    /** A refused secret is a refused configuration; so is one too short for its algorithm (RFC 7518 section 3.2). */
    private static Callable<Object> strongKey(Row row) {
        return () -> {
            var key = row.has("secret_utf16_hex")
                    ? SigningKey.ofText(utf16(row.param("secret_utf16_hex").stringValue()))
                    : SigningKey.of(row.secret());
            return row.has("alg")
                    ? Jws.of(
                            Keyring.of(key),
                            JwsAlgorithm.valueOf(row.param("alg").stringValue()),
                            Codec.text())
                    : key;
        };
    }

    private static String utf16(String hex) {
        var text = new StringBuilder();
        for (int i = 0; i < hex.length(); i += 4) {
            text.append((char) Integer.parseInt(hex, i, i + 4, 16));
        }
        return text.toString();
    }

    private static Callable<Object> purposes(Row row) {
        return () -> {
            var purposes = Purposes.under(derivation(row), Digest.SHA1);
            for (var each : row.param("purposes")) {
                purposes.add(
                        each.path("name").stringValue(each.path("salt").stringValue()),
                        SigningKey.weakText(each.path("secret").stringValue()),
                        each.path("salt").stringValue().getBytes(StandardCharsets.UTF_8));
            }
            return purposes;
        };
    }

    @Test
    void every_row_is_run_in_some_mode() throws Exception {
        var rows = Vectors.hostile().stream().map(Row::new).toList();
        assertThat(rows).isNotEmpty();
        assertThat(rows).allSatisfy(row -> {
            assertThat(row.text("policy")).as(row.text("id")).isIn(POLICIES);
            assertThat(row.text("must")).as(row.text("id")).isIn("accept", "reject");
            assertThat(VERIFIERS.containsKey(row.text("format")) || ELSEWHERE.contains(row.text("format")))
                    .as(row.text("id") + " of format " + row.text("format"))
                    .isTrue();
        });
        if (System.getProperty("countermark.hostile") == null) {
            // The project's own file has not lost a row.
            assertThat(rows).hasSize(ROWS);
        }
    }

    @ParameterizedTest
    @EnumSource
    void every_row_gets_its_verdict_and_stays_within_its_memory(Mode mode) throws Exception {
        var rows = Vectors.hostile().stream()
                .map(Row::new)
                .filter(row -> row.isFor(mode) && !ELSEWHERE.contains(row.text("format")))
                .toList();
        assertThat(rows).isNotEmpty();

        var wrong = new ArrayList<String>();
        for (var row : rows) {
            var verify = VERIFIERS.get(row.text("format")).prepare(row, mode);
            var complaint = complaint(row, verify);
            if (complaint == null && TIMED) {
                complaint = slowness(row, verify);
            }
            if (complaint != null) {
                wrong.add(row.text("id") + " " + row.text("format") + ", " + row.text("why") + ": " + complaint);
            }
        }
        assertThat(wrong).isEmpty();
    }

    /** The median of five calls after warming up. */
    private static @Nullable String slowness(Row row, Callable<Object> verify) {
        var times = new long[TIMED_CALLS];
        for (int i = -WARM_UP; i < TIMED_CALLS; i++) {
            long start = System.nanoTime();
            try {
                verify.call();
            } catch (Exception e) {
                // What it may throw was asked before.
            }
            if (i >= 0) {
                times[i] = System.nanoTime() - start;
            }
        }
        Arrays.sort(times);
        long median = times[TIMED_CALLS / 2];
        return median <= row.line().path("max_ms").longValue() * 1_000_000 ? null : median + " ns";
    }

    private static @Nullable String complaint(Row row, Callable<Object> verify) {
        boolean accept = row.text("must").equals("accept");
        long least = Long.MAX_VALUE;
        for (int i = 0; i < CALLS; i++) {
            long before = THREADS.getCurrentThreadAllocatedBytes();
            Object value;
            try {
                value = verify.call();
            } catch (BadTokenException | IllegalArgumentException e) {
                value = null;
                if (!(e instanceof BadTokenException) && !refusesKeys(row)) {
                    return "not one of our exceptions: " + e;
                }
            } catch (Throwable e) {
                return "not one of our exceptions: " + e;
            }
            least = Math.min(least, THREADS.getCurrentThreadAllocatedBytes() - before);
            if (accept != (value != null)) {
                return "must " + row.text("must");
            }
            if (value != null && row.line().hasNonNull("value") && !isExpected(row, value)) {
                return "the value is " + value;
            }
        }
        return least <= row.line().path("max_mem_mb").longValue() * MEBIBYTE ? null : least + " bytes allocated";
    }

    private static boolean refusesKeys(Row row) {
        return row.text("format").endsWith("-policy")
                || row.param("secret_policy").stringValue("").equals("enforced");
    }

    private static boolean isExpected(Row row, Object value) {
        var expected = row.line().path("value");
        if (value instanceof JsonNode node) {
            return node.equals(PythonJson.standard().lenient().loads(expected.toString()));
        }
        if (!expected.isString()) {
            return false;
        }
        var text = value instanceof byte[] bytes ? new String(bytes, StandardCharsets.UTF_8) : value;
        return expected.stringValue().equals(text)
                || value instanceof byte[] bytes && Repr.of(bytes).equals("b'" + expected.stringValue() + "'");
    }
}
