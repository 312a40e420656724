package dev.countermark.itsdangerous;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.countermark.Codec;
import dev.countermark.DatedTokens;
import dev.countermark.SigningKey;
import dev.countermark.Verdict;
import dev.countermark.WireFormat;
import dev.countermark.json.PythonJson;
import dev.countermark.jws.JwsAlgorithm;
import dev.countermark.mac.Digest;
import dev.countermark.mac.KeyDerivation;
import dev.countermark.vectors.VectorValue;
import dev.countermark.vectors.Vectors;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** A line of the file of what releases of itsdangerous wrote and said: settings, a token, and Python's answer. */
record PythonVector(JsonNode line) {

    static List<PythonVector> all() {
        return Vectors.lines("itsdangerous").stream().map(PythonVector::new).toList();
    }

    boolean isWritten() {
        return line.has("emit") || line.has("input");
    }

    boolean isRead() {
        return !line.get("token").isNull();
    }

    private boolean isJws() {
        return className().contains("JSONWeb");
    }

    /** The token that Python wrote; the name of our exception where it raised one. */
    String written() {
        return isRead() ? line.get("token").stringValue() : "IllegalArgumentException";
    }

    boolean isAccepted() {
        return line.get("expect").stringValue().equals("ok");
    }

    /** Python accepts it, with an {@code exp} that is no integer of the years 1970 to 9999. */
    boolean hasAnExpiryOfPythonsAlone() {
        return isAccepted() && line.path("tags").path(1).stringValue("").matches("exp-(float|str|huge|inf).*");
    }

    /** The value that Python returned, or what its error says; "nothing" where another exception left it. */
    String answer() {
        return switch (line.get("expect").stringValue()) {
            case "ok" -> line.get("value").toString();
            case "error" -> "nothing";
            default -> error();
        };
    }

    /** The error that Python raised: class, message, payload, date, header. */
    private String error() {
        var date = line.get("date_signed");
        var header = line.path("header");
        return String.join(
                " | ",
                line.get("error_class").stringValue() + ": "
                        + line.get("message").stringValue(),
                line.get("payload").toString(),
                date.isNull()
                        ? "no date"
                        : date.has("int") ? "number " + date.get("int").stringValue() : "date " + date.get("unix"),
                header.isMissingNode() ? "null" : header.toString());
    }

    /** The same of our error; "nothing" for none. */
    static String error(Verdict<?> verdict) {
        return verdict.detail(PythonError.class)
                .map(error -> String.join(
                        " | ",
                        error.className() + ": " + error.message(),
                        error.payload()
                                .map(PythonVector::notation)
                                .or(() -> error.payloadJson().map(PythonVector::notation))
                                .orElse("null"),
                        error.timestamp()
                                .map(number -> "number " + number)
                                .or(() -> error.dateSigned().map(date -> "date " + date.getEpochSecond()))
                                .orElse("no date"),
                        error.header().map(PythonVector::notation).orElse("null")))
                .orElse("nothing");
    }

    static String notation(Object value) {
        return value instanceof byte[] bytes
                ? "{\"$bytes\":\"" + Base64.getEncoder().encodeToString(bytes) + "\"}"
                : VectorValue.notation((JsonNode) value).toString();
    }

    Verdict<?> read(boolean lenient) {
        var token = line.get("token");
        var bytes =
                token.isObject() ? bytes(token.get("b64")) : token.stringValue().getBytes(UTF_8);
        var age = param("max_age");
        return age.isNumber() || age.isObject()
                ? tokens(lenient).checkBytes(bytes, seconds(age))
                : tokens(lenient).checkBytes(bytes);
    }

    String write() {
        var input = VectorValue.of(line.has("input") ? line.get("input") : line.get("value"));
        var json = PythonJson.standard().unbounded();
        return tokens(true).sign(input instanceof byte[] ? input : json.loads(json.dumps(input)));
    }

    /** The class of the line, its values being byte strings or trees. */
    @SuppressWarnings("unchecked") // which of the two they are, the codec knows
    private DatedTokens<Object> tokens(boolean lenient) {
        var json = settings(lenient).settings().compactJson();
        if (className().endsWith("Serializer") && !isJws() && !className().startsWith("URL")) {
            json = lenient ? PythonJson.standard().lenient() : PythonJson.standard();
        }
        Codec<?> codec = className().endsWith("Signer") ? Codec.bytes() : json;
        var tokens = (DatedTokens<Object>) DatedTokens.of(format(lenient), codec);
        return tokens.clock(Clock.fixed(Instant.EPOCH.plus(seconds(line.get("time"))), ZoneOffset.UTC));
    }

    private WireFormat format(boolean lenient) {
        var settings = settings(lenient);
        if (isJws()) {
            var jws = settings.jws().algorithm(JwsAlgorithm.valueOf(text("algorithm_name")));
            var fields = param("header_fields");
            jws = fields.isObject() ? jws.headerFields((ObjectNode) fields) : jws;
            return isDated() ? jws.timedFormat(seconds(param("expires_in"))) : PythonJwsFormat.untimed(jws);
        }
        var kind = className().endsWith("Signer")
                ? Kind.SIGNER
                : className().startsWith("URL") ? Kind.URL_SAFE : Kind.SERIALIZER;
        var format = PythonFormat.of(settings.settings(), kind, fallbacks());
        return isDated() ? format.dated() : format;
    }

    private PythonTokens settings(boolean lenient) {
        var release = ItsDangerous.release(line.get("version").stringValue());
        var secrets = new ArrayList<SigningKey>();
        (param("secrets").isArray()
                        ? param("secrets")
                        : JsonNodeFactory.instance.arrayNode().add(param("secret")))
                .forEach(secret -> secrets.add(SigningKey.weak(bytes(secret))));
        var settings = release.keys(PythonKeys.oldestFirst(secrets));
        settings = param("salt").isString() ? settings.salt(bytes(param("salt"))) : settings;
        if (!isJws()) {
            var separator = bytes(param("sep"));
            settings = settings.keyDerivation(derivation(text("key_derivation")))
                    .digest(digest(text("digest")))
                    .algorithm(digest(param("algorithm").get("digest").stringValue())
                            .hmac());
            settings = param("sep_given_as").stringValue("text").equals("bytes")
                    ? settings.separator(separator)
                    : settings.separator(new String(separator, UTF_8));
        }
        return lenient ? settings.lenient() : settings;
    }

    private List<FallbackSigner> fallbacks() {
        var listed = new ArrayList<FallbackSigner>();
        for (var entry : param("fallback_signers")) {
            var fallback = entry.get("kind").stringValue().equals("class")
                    ? FallbackSigner.sameSettings()
                    : FallbackSigner.defaults();
            fallback = entry.has("digest")
                    ? fallback.digest(digest(entry.get("digest").stringValue()))
                    : fallback;
            fallback = entry.has("key_derivation")
                    ? fallback.keyDerivation(
                            derivation(entry.get("key_derivation").stringValue()))
                    : fallback;
            listed.add(entry.has("sep") ? fallback.separator(new String(bytes(entry.get("sep")), UTF_8)) : fallback);
        }
        return listed;
    }

    private boolean isDated() {
        return className().startsWith("Time") || className().contains("Timed");
    }

    private String className() {
        return line.get("format").stringValue().substring("itsdangerous.".length());
    }

    private JsonNode param(String name) {
        return line.get("params").path(name);
    }

    private String text(String name) {
        return param(name).stringValue();
    }

    private static byte[] bytes(JsonNode base64) {
        return Base64.getDecoder().decode(base64.stringValue());
    }

    private static Duration seconds(JsonNode number) {
        var seconds = new BigDecimal(number.isObject() ? (double) VectorValue.of(number) : number.doubleValue());
        return Duration.ofSeconds(seconds.longValue())
                .plusNanos(seconds.remainder(BigDecimal.ONE).movePointRight(9).longValue());
    }

    private static KeyDerivation derivation(String name) {
        return KeyDerivation.valueOf(name.replace('-', '_').toUpperCase(Locale.ROOT));
    }

    private static Digest digest(String name) {
        return Digest.valueOf(name.toUpperCase(Locale.ROOT));
    }

    @Override
    public String toString() {
        return line.get("id").stringValue();
    }
}
