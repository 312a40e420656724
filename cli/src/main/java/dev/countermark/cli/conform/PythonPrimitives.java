package dev.countermark.cli.conform;

import dev.countermark.encoding.Zlib;
import dev.countermark.json.PythonJson;
import dev.countermark.python.LenientBase64;
import dev.countermark.python.Repr;
import java.util.Base64;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Functions of CPython that tokens are made of. */
final class PythonPrimitives implements FormatFamily {

    @Override
    public boolean knows(Request request) {
        return switch (request.format()) {
            case "python.json.dumps" ->
                request.param("indent").isNull() && !request.param("skipkeys").booleanValue(false);
            case "python.json.loads",
                    "python.base64.itsdangerous-decode",
                    "python.repr.bytes",
                    "python.repr.str",
                    "python.zlib.compress" -> true;
            default -> false;
        };
    }

    /** Modes make no difference: these are the functions themselves. */
    @Override
    public Answer answer(Request request, boolean lenient) {
        var answer = Answer.to(request);
        var token = request.token();
        if (request.format().equals("python.json.loads") && token != null) {
            return answer.accepted(PythonJson.standard().unbounded().decode(token));
        }
        if (request.format().startsWith("python.base64.") && token != null) {
            var bytes = LenientBase64.urlSafeOrNull(token, 0, token.length);
            return bytes == null ? answer.failed("error") : answer.accepted(bytes);
        }
        if (!request.writes()) {
            return answer;
        }
        return answer.with("written", written(request))
                .with("expect", "ok")
                .with("error_class", null)
                .with("message", null);
    }

    private static @Nullable Object written(Request request) {
        var input = request.input();
        if (request.format().equals("python.json.dumps")) {
            return ValueNotation.write(json(request).dumps(input));
        }
        if (input instanceof String text) {
            return Repr.of(text);
        }
        if (!(input instanceof byte[] bytes)) {
            throw new IllegalArgumentException("this function takes text or bytes");
        }
        return request.format().equals("python.zlib.compress")
                ? Map.of("b64", Base64.getEncoder().encodeToString(Zlib.compress(bytes)))
                : Repr.of(bytes);
    }

    /** The writer that the settings {@code separators}, {@code ensure_ascii}, {@code sort_keys} describe. */
    static PythonJson json(JsonNode settings) {
        var separators = settings.path("separators");
        var json = PythonJson.standard()
                .separators(
                        separators.path(0).stringValue(", "), separators.path(1).stringValue(": "));
        json = settings.path("ensure_ascii").booleanValue(true) ? json : json.unescaped();
        return settings.path("sort_keys").booleanValue(false) ? json.sortedKeys() : json;
    }

    private static PythonJson json(Request request) {
        var json = json(request.member("params"));
        return request.param("allow_nan").booleanValue(true) ? json.unbounded() : json;
    }
}
