package dev.countermark.cli.conform;

import dev.countermark.Keyring;
import dev.countermark.Limits;
import dev.countermark.SigningKey;
import dev.countermark.frameworks.DjangoCookie;
import dev.countermark.frameworks.DjangoJson;
import dev.countermark.frameworks.FlaskSession;
import dev.countermark.frameworks.StarletteSession;
import dev.countermark.json.PythonJson;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Hostile rows of the formats flask, starlette, django and django-cookie. */
record HostilePython(JsonNode row, boolean lenient) {

    /**
     * The value of the row's token.
     *
     * @param token text or bytes
     * @throws dev.countermark.BadTokenException if it is refused
     * @throws IllegalArgumentException if the key is
     */
    Object verify(Object token) {
        var text = token instanceof byte[] bytes ? new String(bytes, StandardCharsets.UTF_8) : (String) token;
        return switch (row.path("format").stringValue()) {
            case "flask" -> {
                var values = flask().values();
                yield tree((token instanceof byte[] bytes ? values.checkBytes(bytes) : values.check(text)).orThrow());
            }
            case "starlette" -> starlette().check(text).orThrow();
            case "django" -> {
                var json = DjangoJson.of(keys()).clock(clock()).limits(limits());
                var reader = lenient ? json.lenient() : json;
                yield maxAge().map(age -> reader.check(text, age))
                        .orElseGet(() -> reader.check(text))
                        .orThrow();
            }
            default -> {
                var cookie = DjangoCookie.of(keys(), param("cookie").stringValue())
                        .salt(param("salt").stringValue(""))
                        .clock(clock())
                        .limits(limits());
                cookie = param("legacy_fallback").booleanValue(false) ? cookie.acceptingLegacySalt() : cookie;
                yield (lenient ? cookie.lenient() : cookie).check(text).orThrow();
            }
        };
    }

    private static JsonNode tree(Object value) {
        var json = PythonJson.standard().lenient();
        return json.loads(json.dumps(plain(value)));
    }

    /** The corpus writes tuples as lists and bytes as {@code {"bytes": base64}}. */
    private static Object plain(Object value) {
        if (value instanceof FlaskSession.Tuple tuple) {
            return tuple.items().stream().map(HostilePython::plain).toList();
        }
        return value instanceof byte[] bytes
                ? Map.of("bytes", Base64.getEncoder().encodeToString(bytes))
                : value;
    }

    private FlaskSession flask() {
        var sessions = FlaskSession.of(keys()).clock(clock()).limits(limits());
        sessions = maxAge().map(sessions::maxAge).orElse(sessions);
        return lenient ? sessions.lenient() : sessions;
    }

    private StarletteSession starlette() {
        var sessions = StarletteSession.of(keys()).clock(clock()).limits(limits());
        return lenient ? sessions.lenient() : sessions;
    }

    private JsonNode param(String name) {
        return row.path("params").path(name);
    }

    private Keyring keys() {
        var secret = row.path("secret").stringValue();
        boolean enforced = param("secret_policy").stringValue("").equals("enforced");
        return Keyring.of(enforced ? SigningKey.ofText(secret) : SigningKey.weakText(secret));
    }

    private Clock clock() {
        return Clock.fixed(Instant.ofEpochSecond(param("now").longValue(1_700_000_000)), ZoneOffset.UTC);
    }

    private Limits limits() {
        return Limits.DEFAULT.tokenLength(param("max_token_bytes").intValue(Integer.MAX_VALUE));
    }

    private Optional<Duration> maxAge() {
        return param("max_age").isNumber()
                ? Optional.of(Duration.ofSeconds(param("max_age").longValue()))
                : Optional.empty();
    }
}
