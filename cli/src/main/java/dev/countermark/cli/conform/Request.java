package dev.countermark.cli.conform;

import dev.countermark.Keyring;
import dev.countermark.SigningKey;
import dev.countermark.mac.Digest;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** One line of vectors without its outcome. */
final class Request {

    private final JsonNode line;

    private Request(JsonNode line) {
        this.line = line;
    }

    /** @throws IllegalArgumentException if it is no JSON object with an id, a format and params */
    static Request of(String line) {
        JsonNode node;
        try {
            node = JsonMapper.shared().readTree(line);
        } catch (JacksonException e) {
            throw new IllegalArgumentException("a request is one JSON object a line", e);
        }
        if (!node.path("id").isString()
                || !node.path("format").isString()
                || !node.path("params").isObject()) {
            throw new IllegalArgumentException("a request has at least id, format and params");
        }
        return new Request(node);
    }

    String id() {
        return line.path("id").stringValue();
    }

    String format() {
        return line.path("format").stringValue();
    }

    /** The release of the program, or an empty text. */
    String version() {
        return line.path("version").stringValue("");
    }

    /** Whether CPython 2.7 ran the program. */
    boolean isPython2() {
        return line.path("runtime").stringValue("").equals("cpython-2.7");
    }

    /** A member of the line itself; a missing node where there is none. */
    JsonNode member(String name) {
        return line.path(name);
    }

    /** A setting; a missing node where it is not there. */
    JsonNode param(String name) {
        return line.path("params").path(name);
    }

    /** A setting that is text. */
    String text(String param) {
        if (!param(param).isString()) {
            throw new IllegalArgumentException("the setting " + param + " is no text");
        }
        return param(param).stringValue();
    }

    /** A setting that is text, or the other text where it is absent or null. */
    String text(String param, String other) {
        return param(param).stringValue(other);
    }

    /** A setting that is base64 of bytes; empty where it is absent or null. */
    Optional<byte[]> bytes(String param) {
        return param(param).isString()
                ? Optional.of(Base64.getDecoder().decode(param(param).stringValue()))
                : Optional.empty();
    }

    /**
     * A setting that names a hash function.
     *
     * @throws IllegalArgumentException for one that there is not
     */
    Digest digest(String param) {
        return digestNamed(text(param));
    }

    /** @throws IllegalArgumentException for one that there is not */
    static Digest digestNamed(String name) {
        return Digest.valueOf(name.toUpperCase(Locale.ROOT));
    }

    /**
     * The settings {@code secret} and {@code secret_fallbacks}, keys of any strength. They are named, since a vector may give
     * one key twice.
     */
    Keyring keyring() {
        var secret =
                bytes("secret").orElseThrow(() -> new IllegalArgumentException("there is no key of these characters"));
        var fallbacks = new ArrayList<SigningKey>();
        param("secret_fallbacks")
                .forEach(fallback ->
                        fallbacks.add(SigningKey.weak(Base64.getDecoder().decode(fallback.stringValue()))
                                .named("fallback-" + fallbacks.size())));
        return Keyring.of(SigningKey.weak(secret).named("secret")).accepting(fallbacks.toArray(SigningKey[]::new));
    }

    /** A setting that is a number of seconds, possibly with a fraction; empty where it is absent or null. */
    Optional<Duration> seconds(String param) {
        var value = ValueNotation.read(param(param));
        return value instanceof Number number ? Optional.of(duration(number)) : Optional.empty();
    }

    private static Duration duration(Number seconds) {
        var exact = new BigDecimal(seconds.toString());
        var whole = exact.setScale(0, RoundingMode.FLOOR);
        return Duration.ofSeconds(
                whole.longValueExact(), exact.subtract(whole).movePointRight(9).longValue());
    }

    /** The frozen clock. */
    Clock clock() {
        var time = line.path("time");
        return Clock.fixed(
                time.isNumber() ? Instant.EPOCH.plus(duration(time.numberValue())) : Instant.EPOCH, ZoneOffset.UTC);
    }

    /** The bytes of the token to read; null where there is none. */
    byte @Nullable [] token() {
        var token = line.path("token");
        if (token.isString()) {
            return token.stringValue().getBytes(StandardCharsets.UTF_8);
        }
        return token.path("b64").isString()
                ? Base64.getDecoder().decode(token.path("b64").stringValue())
                : null;
    }

    /** The token as text, bytes that are none replaced; empty where there is none. */
    Optional<String> tokenText() {
        var token = token();
        return token == null ? Optional.empty() : Optional.of(new String(token, StandardCharsets.UTF_8));
    }

    /** Whether a token is to be written; if it is not there is one to read, or settings to try. */
    boolean writes() {
        return line.has("input") && (line.path("emit").booleanValue(false) || token() == null);
    }

    /** The value to write, see {@link ValueNotation}. */
    @Nullable
    Object input() {
        return ValueNotation.read(line.path("input"));
    }

    /**
     * The value to write, for a format that signs text.
     *
     * @throws IllegalArgumentException if it is another one
     */
    String textInput() {
        if (input() instanceof String text) {
            return text;
        }
        throw new IllegalArgumentException("this format signs text");
    }
}
