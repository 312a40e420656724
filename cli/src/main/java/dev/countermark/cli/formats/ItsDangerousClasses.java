package dev.countermark.cli.formats;

import dev.countermark.DatedTokens;
import dev.countermark.Verdict;
import dev.countermark.itsdangerous.ItsDangerous;
import dev.countermark.itsdangerous.PythonError;
import dev.countermark.itsdangerous.PythonKeys;
import dev.countermark.itsdangerous.PythonTokens;
import dev.countermark.json.PythonJson;
import dev.countermark.mac.Digest;
import dev.countermark.mac.KeyDerivation;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** The signers and serializers of itsdangerous; keys in Python's order, the last one signs. */
final class ItsDangerousClasses implements TokenFormat {

    private static final String NAME = "itsdangerous";
    private static final int SHA_1 = 20;
    private static final int SHA_512 = 64;

    private enum PythonClass {
        SIGNER,
        TIMESTAMP,
        SERIALIZER,
        TIMED,
        URL_SAFE,
        URL_SAFE_TIMED;

        private String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        private boolean isDated() {
            return this == TIMESTAMP || this == TIMED || this == URL_SAFE_TIMED;
        }
    }

    /** A name taken apart. */
    private record Variant(ItsDangerous release, PythonClass pythonClass) {

        private static Variant of(String name) {
            int colon = name.indexOf(':');
            var release = name.startsWith(NAME + "@")
                    ? ItsDangerous.release(name.substring(NAME.length() + 1, colon < 0 ? name.length() : colon))
                    : ItsDangerous.newest();
            var word = colon < 0 ? "" : name.substring(colon + 1);
            return Arrays.stream(PythonClass.values())
                    .filter(each -> each.word().equals(word))
                    .findFirst()
                    .map(found -> new Variant(release, found))
                    .orElseThrow(() -> new IllegalArgumentException((word.isEmpty()
                                    ? "say which class of itsdangerous, for instance itsdangerous:timed; there are "
                                    : "'" + word + "' is no class of itsdangerous; choose one of ")
                            + Arrays.stream(PythonClass.values())
                                    .map(PythonClass::word)
                                    .collect(Collectors.joining(", "))));
        }
    }

    @Override
    public String usage() {
        return "itsdangerous@RELEASE:CLASS";
    }

    @Override
    public String summary() {
        return "Python's, 0.22 to 2.2.0; signer, timestamp, serializer, timed, url-safe, url-safe-timed";
    }

    @Override
    public boolean matches(String name) {
        return name.startsWith(NAME + "@") || name.startsWith(NAME + ":") || name.equals(NAME);
    }

    @Override
    public Map<String, String> options() {
        var options = new LinkedHashMap<String, String>();
        options.put("key-derivation", "django-concat (the default), concat, hmac or none");
        options.put("digest", "sha1 (mostly the default), sha256, sha512, …");
        options.put("separator", "what stands between the parts; a dot by default");
        options.put(Settings.LENIENT, "yes: read every spelling that the release reads");
        return options;
    }

    @Override
    public String sign(Settings settings, String value) {
        if (settings.expiresIn().isPresent()) {
            throw new IllegalArgumentException(
                    "itsdangerous writes no expiry into these tokens; give --max-age when verifying");
        }
        var python = python(settings);
        return switch (Variant.of(settings.format()).pythonClass()) {
            case SIGNER -> python.signer().sign(value);
            case TIMESTAMP -> clocked(settings, python.timestampSigner()).sign(value);
            case SERIALIZER -> python.serializer().sign(json(settings, value));
            case TIMED -> clocked(settings, python.timedSerializer()).sign(json(settings, value));
            case URL_SAFE -> python.urlSafeSerializer().sign(json(settings, value));
            case URL_SAFE_TIMED ->
                clocked(settings, python.urlSafeTimedSerializer()).sign(json(settings, value));
        };
    }

    @Override
    public Outcome verify(Settings settings, String token) {
        var python = python(settings);
        var pythonClass = Variant.of(settings.format()).pythonClass();
        if (settings.maxAge().isPresent() && !pythonClass.isDated()) {
            throw new IllegalArgumentException(
                    "tokens of the class " + pythonClass.word() + " carry no date; drop --max-age");
        }
        return switch (pythonClass) {
            case SIGNER -> outcome(python.signer().check(token), Function.identity());
            case TIMESTAMP -> outcome(check(settings, python.timestampSigner(), token), Function.identity());
            case SERIALIZER -> outcome(python.serializer().check(token), ItsDangerousClasses::text);
            case TIMED -> outcome(check(settings, python.timedSerializer(), token), ItsDangerousClasses::text);
            case URL_SAFE -> outcome(python.urlSafeSerializer().check(token), ItsDangerousClasses::text);
            case URL_SAFE_TIMED ->
                outcome(check(settings, python.urlSafeTimedSerializer(), token), ItsDangerousClasses::text);
        };
    }

    private static <T> Verdict<T> check(Settings settings, DatedTokens<T> tokens, String token) {
        var clocked = clocked(settings, tokens);
        return settings.maxAge().map(age -> clocked.check(token, age)).orElseGet(() -> clocked.check(token));
    }

    private static <T> DatedTokens<T> clocked(Settings settings, DatedTokens<T> tokens) {
        return tokens.clock(settings.clock());
    }

    /** What Python would have said comes first: whoever ports code compares it. */
    private static <T> Outcome outcome(Verdict<T> verdict, Function<? super T, String> text) {
        var outcome = Outcome.of(verdict, text);
        return verdict.detail(PythonError.class)
                .map(error -> outcome.message(error.message()).fact("python_error", error.className()))
                .orElse(outcome);
    }

    private static JsonNode json(Settings settings, String value) {
        try {
            return (settings.isLenient() ? PythonJson.standard().lenient() : PythonJson.standard()).loads(value);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "this class signs JSON, for instance '{\"id\": 7}'; " + e.getMessage(), e);
        }
    }

    /** Readable where that can be printed; half a surrogate pair cannot. */
    private static String text(JsonNode value) {
        try {
            return PythonJson.standard().unescaped().dumps(value);
        } catch (IllegalArgumentException e) {
            return PythonJson.standard().lenient().dumps(value);
        }
    }

    private static PythonTokens python(Settings settings) {
        var python = Variant.of(settings.format()).release().keys(PythonKeys.oldestFirst(settings.weakKeys()));
        python = settings.purpose().map(python::salt).orElse(python);
        python = settings.option("separator").map(python::separator).orElse(python);
        python = settings.option("key-derivation")
                .map(name -> named("key-derivation", KeyDerivation.values(), name))
                .map(python::keyDerivation)
                .orElse(python);
        python = settings.option("digest")
                .map(name -> named("digest", Digest.values(), name))
                .map(python::digest)
                .orElse(python);
        return settings.isLenient() ? python.lenient() : python;
    }

    private static <E extends Enum<E>> E named(String option, E[] values, String name) {
        return Stream.of(values)
                .filter(each -> each.name().equals(name.replace('-', '_').toUpperCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there is no " + option + " '" + name + "'"));
    }

    /** By the default digests, and the epoch under which the date is a likely one. */
    @Override
    public Optional<Sighting> recognise(String token) {
        return DottedToken.of(token, '.')
                .filter(found -> found.signatureLength() == SHA_1 || found.signatureLength() == SHA_512)
                .map(ItsDangerousClasses::sighting);
    }

    private static Sighting sighting(DottedToken token) {
        var kind = DottedToken.bodyText(token.body()).equals(token.body()) ? "" : "url-safe";
        boolean old = token.time() != null
                && DottedToken.seconds(token.time()).orElse(Long.MAX_VALUE) < DottedToken.EPOCH_2011;
        var release = token.signatureLength() == SHA_512 ? "@1.0.0" : old ? "@0.24" : "";
        var classes = kind.isEmpty()
                ? token.isDated() ? List.of("timed", "timestamp") : List.of("serializer", "signer")
                : token.isDated() ? List.of("url-safe-timed") : List.of("url-safe");
        var names = classes.stream().map(each -> NAME + release + ":" + each).toList();
        return new Sighting(names, "a token of Python's itsdangerous", token.parts());
    }
}
