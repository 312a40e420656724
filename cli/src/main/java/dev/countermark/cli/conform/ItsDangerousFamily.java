package dev.countermark.cli.conform;

import dev.countermark.Codec;
import dev.countermark.DatedTokens;
import dev.countermark.Reason;
import dev.countermark.Rejected;
import dev.countermark.SigningKey;
import dev.countermark.Tokens;
import dev.countermark.Verdict;
import dev.countermark.itsdangerous.FallbackSigner;
import dev.countermark.itsdangerous.ItsDangerous;
import dev.countermark.itsdangerous.NoSignature;
import dev.countermark.itsdangerous.PythonKeys;
import dev.countermark.itsdangerous.PythonTokens;
import dev.countermark.mac.KeyDerivation;
import dev.countermark.python.LenientBase64;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** The six classes of itsdangerous that are not JWS. */
final class ItsDangerousFamily implements FormatFamily {

    private static final Set<String> FORMATS = Set.of(
            "itsdangerous.Signer",
            "itsdangerous.TimestampSigner",
            "itsdangerous.Serializer",
            "itsdangerous.TimedSerializer",
            "itsdangerous.URLSafeSerializer",
            "itsdangerous.URLSafeTimedSerializer");

    /** The first release whose classes are here; older ones compare signatures as text. */
    static final Set<String> TOO_OLD = Set.of("0.9.1", "0.11", "0.13", "0.14", "0.17", "0.18", "0.21");

    @Override
    public boolean knows(Request request) {
        var json = request.param("json");
        return FORMATS.contains(request.format())
                && !TOO_OLD.contains(request.version())
                && json.path("indent").isMissingNode()
                && !json.path("skipkeys").booleanValue(false);
    }

    @Override
    public Answer answer(Request request, boolean lenient) {
        var answer = Answer.to(request);
        var release = ItsDangerous.release(request.version());
        var settings = settings(request, release);
        var values = values(request, lenient);
        var original = subject(request, settings.lenient()).as(values(request, true));
        var subject = lenient ? original : subject(request, settings).as(values);
        if (request.writes()) {
            // Python writes what it reads leniently, whoever reads it.
            answer.written(original.sign(Values.present(request.input())));
        }
        var token = request.token();
        if (token != null) {
            var python = new PythonAnswer(subject, original, values, release, request.isPython2());
            python.read(token, answer);
            if (!hasDerivation(request) && needsKey(token, original.check(token), release)) {
                answer.failed("error");
            }
            if (request.format().endsWith("Serializer")) {
                answer.with("unsafe", python.unsafe(token));
            }
        }
        return answer;
    }

    private static Codec<Object> values(Request request, boolean lenient) {
        if (request.format().endsWith("Signer")) {
            return Values.bytes();
        }
        var json = PythonPrimitives.json(request.param("json"));
        return Values.json(lenient ? json.lenient() : json);
    }

    private static Subject<?> subject(Request request, PythonTokens settings) {
        return switch (request.format()) {
            case "itsdangerous.Signer" -> undated(settings.signer());
            case "itsdangerous.Serializer" -> undated(settings.serializer());
            case "itsdangerous.URLSafeSerializer" -> undated(settings.urlSafeSerializer());
            case "itsdangerous.TimestampSigner" -> dated(request, settings.timestampSigner());
            case "itsdangerous.TimedSerializer" -> dated(request, settings.timedSerializer());
            default -> dated(request, settings.urlSafeTimedSerializer());
        };
    }

    private static Subject<?> undated(Tokens<?> tokens) {
        return Subject.of(tokens.limits(NO_LIMITS));
    }

    private static Subject<?> dated(Request request, DatedTokens<?> tokens) {
        return Subject.of(
                tokens.limits(NO_LIMITS).clock(request.clock()),
                request.seconds("max_age").orElse(null));
    }

    /** The settings of the request's class, strict. */
    static PythonTokens settings(Request request, ItsDangerous release) {
        var python = hasDerivation(request)
                ? release.keys(keys(request)).keyDerivation(derivation(request.text("key_derivation")))
                : release.keys(PythonKeys.oldestFirst(List.of()));
        python = python.digest(request.digest("digest"));
        var algorithm = request.param("algorithm");
        python = switch (algorithm.path("type").stringValue("")) {
            case "hmac" ->
                python.algorithm(Request.digestNamed(algorithm.path("digest").stringValue(""))
                        .hmac());
            case "none" -> python.algorithm(NoSignature.INSTANCE);
            default -> throw new IllegalArgumentException("the algorithm is hmac or none");
        };
        python = separator(request, python).salt(salt(request, release));
        var fallbacks = new ArrayList<FallbackSigner>();
        request.param("fallback_signers").forEach(each -> fallbacks.add(fallback(each)));
        return python.fallbackSigners(fallbacks.toArray(FallbackSigner[]::new));
    }

    static PythonKeys keys(Request request) {
        var secrets = request.param("secrets");
        if (secrets.isArray()) {
            var keys = new ArrayList<SigningKey>();
            secrets.forEach(
                    secret -> keys.add(SigningKey.weak(Base64.getDecoder().decode(secret.stringValue()))));
            return PythonKeys.oldestFirst(keys);
        }
        return PythonKeys.oldestFirst(SigningKey.weak(request.bytes("secret")
                .orElseThrow(() -> new IllegalArgumentException("a request has a secret, or secrets"))));
    }

    /** Python's None is a signer's default; 2.0.0 alone cannot take it. */
    private static byte[] salt(Request request, ItsDangerous release) {
        return request.bytes("call_salt").or(() -> request.bytes("salt")).orElseGet(() -> {
            if (release == ItsDangerous.V2_0_0) {
                throw new IllegalArgumentException("release 2.0.0 cannot do without a salt");
            }
            return "itsdangerous.Signer".getBytes(StandardCharsets.US_ASCII);
        });
    }

    private static PythonTokens separator(Request request, PythonTokens python) {
        var separator = request.bytes("sep").orElse(new byte[] {'.'});
        return request.text("sep_given_as", "text").equals("bytes")
                ? python.separator(separator)
                : python.separator(new String(separator, StandardCharsets.UTF_8));
    }

    private static FallbackSigner fallback(JsonNode entry) {
        if (entry.path("kind").stringValue("").equals("class")) {
            return FallbackSigner.sameSettings();
        }
        var fallback = FallbackSigner.defaults();
        if (entry.has("digest")) {
            fallback = fallback.digest(Request.digestNamed(entry.path("digest").stringValue()));
        }
        if (entry.has("key_derivation")) {
            fallback = fallback.keyDerivation(
                    derivation(entry.path("key_derivation").stringValue()));
        }
        if (entry.has("sep")) {
            var separator = Base64.getDecoder().decode(entry.path("sep").stringValue());
            fallback = fallback.separator(new String(separator, StandardCharsets.UTF_8));
        }
        return fallback;
    }

    /** Without it there is no key, so nothing is signed and nothing verifies. */
    private static boolean hasDerivation(Request request) {
        return Arrays.stream(KeyDerivation.values())
                .anyMatch(each -> derivationName(each).equals(request.text("key_derivation")));
    }

    private static String derivationName(KeyDerivation derivation) {
        return derivation.name().replace('_', '-').toLowerCase(Locale.ROOT);
    }

    /** Whether Python comes to the key, and so to an unknown derivation; since 2.0 it decodes the signature before. */
    private static boolean needsKey(byte[] token, Verdict<Object> verdict, ItsDangerous release) {
        int signature = new String(token, StandardCharsets.ISO_8859_1).lastIndexOf('.') + 1;
        return verdict instanceof Rejected<Object> rejected
                && rejected.reason() == Reason.SIGNATURE_MISMATCH
                && (release.compareTo(ItsDangerous.V2_0_0) < 0
                        || LenientBase64.urlSafeOrNull(token, signature, token.length) != null);
    }

    /** @throws IllegalArgumentException for one that there is not */
    static KeyDerivation derivation(String name) {
        return KeyDerivation.valueOf(name.replace('-', '_').toUpperCase(Locale.ROOT));
    }
}
