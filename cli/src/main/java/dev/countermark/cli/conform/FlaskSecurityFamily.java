package dev.countermark.cli.conform;

import dev.countermark.SigningKey;
import dev.countermark.Valid;
import dev.countermark.itsdangerous.PythonKeys;
import java.nio.charset.StandardCharsets;
import tools.jackson.databind.JsonNode;

/** The tokens of Flask-Security: {@code URLSafeTimedSerializer} under a salt of each use. */
final class FlaskSecurityFamily implements FormatFamily {

    @Override
    public boolean knows(Request request) {
        return request.format().startsWith("flask-security.");
    }

    @Override
    public Answer answer(Request request, boolean lenient) {
        var library = FlaskFamily.library(request);
        var secret = request.bytes("secret").orElseThrow(() -> new IllegalArgumentException("a request has a secret"));
        var python = library.keys(PythonKeys.oldestFirst(SigningKey.weak(secret)))
                .salt(request.bytes("salt").orElseThrow(() -> new IllegalArgumentException("a request has a salt")))
                .keyDerivation(ItsDangerousFamily.derivation(request.text("key_derivation")))
                .digest(request.digest("digest"));
        var tokens = python.lenient().urlSafeTimedSerializer().clock(request.clock());
        var answer = Answer.to(request);
        if (request.writes()) {
            answer.written(tokens.sign(Trees.asPythonJson(request.input())).getBytes(StandardCharsets.UTF_8));
        }
        var bytes = request.token();
        if (bytes == null) {
            return answer;
        }
        var token = new String(bytes, StandardCharsets.UTF_8);
        var reader = lenient ? tokens : python.urlSafeTimedSerializer().clock(request.clock());
        var verdict =
                request.seconds("max_age").map(age -> reader.check(token, age)).orElseGet(() -> reader.check(token));
        return verdict instanceof Valid<JsonNode> valid
                ? FlaskFamily.dated(answer.accepted(valid.value()), valid, library)
                : FlaskFamily.failed(answer, verdict, token, library);
    }
}
