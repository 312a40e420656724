package dev.countermark.cli.conform;

import dev.countermark.Keyring;
import dev.countermark.Valid;
import dev.countermark.Verdict;
import dev.countermark.frameworks.FlaskCsrf;
import dev.countermark.frameworks.FlaskLogin;
import dev.countermark.frameworks.FlaskSession;
import dev.countermark.frameworks.FrameworkError;
import dev.countermark.frameworks.StarletteSession;
import dev.countermark.itsdangerous.ItsDangerous;
import dev.countermark.itsdangerous.PythonError;
import java.time.Duration;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** What Flask, its extensions and Starlette sign. */
final class FlaskFamily implements FormatFamily {

    @Override
    public boolean knows(Request request) {
        return switch (request.format()) {
            case "flask.session", "flask-wtf.csrf", "flask-login.remember", "starlette.session" -> true;
            default -> false;
        };
    }

    @Override
    public Answer answer(Request request, boolean lenient) {
        return switch (request.format()) {
            case "flask.session" -> flask(request, lenient);
            case "flask-wtf.csrf" -> csrf(request, lenient);
            case "starlette.session" -> starlette(request, lenient);
            default -> login(request);
        };
    }

    private static Answer flask(Request request, boolean lenient) {
        var library = library(request);
        var session = FlaskSession.of(request.keyring())
                .itsDangerous(library)
                .maxAge(maxAge(request, Duration.ofDays(31)))
                .clock(request.clock())
                .limits(NO_LIMITS);
        var answer = Answer.to(request);
        if (request.writes()) {
            var writer = request.version().startsWith("flask-3.1.0 ") ? session.signingWithLastFallback() : session;
            var input = FlaskValues.read(request.member("input"));
            if (input == null) {
                throw new IllegalArgumentException("a session is a dictionary");
            }
            answer.written(writer.lenient().values().sign(input));
        }
        var reader = (lenient ? session.lenient() : session).values();
        boolean aware = !request.version().startsWith("flask-1.");
        return request.tokenText()
                .map(token -> {
                    var verdict = reader.check(token);
                    return verdict instanceof Valid<Object> valid
                            ? dated(answer.accepted(FlaskValues.notable(valid.value(), aware)), valid, library)
                            : failed(answer, verdict, token, library);
                })
                .orElse(answer);
    }

    private static Answer starlette(Request request, boolean lenient) {
        var library = library(request);
        var session = StarletteSession.of(request.keyring())
                .itsDangerous(library)
                .maxAge(maxAge(request, Duration.ofDays(14)))
                .clock(request.clock())
                .limits(NO_LIMITS);
        var answer = Answer.to(request);
        if (request.writes()) {
            answer.written(session.lenient().write(Trees.asPythonJson(request.input())));
        }
        var reader = lenient ? session.lenient() : session;
        return request.tokenText()
                .map(token -> {
                    var verdict = reader.check(token);
                    return verdict instanceof Valid<JsonNode> valid
                            ? dated(answer.accepted(valid.value()), valid, library)
                            : failed(answer, verdict, token, library);
                })
                .orElse(answer);
    }

    private static Answer csrf(Request request, boolean lenient) {
        var tokens = FlaskCsrf.of(request.keyring())
                .itsDangerous(library(request))
                .maxAge(maxAge(request, Duration.ofHours(1)))
                .clock(request.clock())
                .limits(NO_LIMITS);
        var answer = Answer.to(request);
        if (request.writes()) {
            answer.written(tokens.write(request.textInput()));
        }
        var reader = lenient ? tokens.lenient() : tokens;
        var sessionToken = request.param("session_token").stringValue(null);
        return request.tokenText()
                .map(token -> csrf(answer, token, reader.check(token, sessionToken)))
                .orElse(answer);
    }

    private static Answer csrf(Answer answer, String token, Verdict<String> verdict) {
        if (verdict instanceof Valid<String> valid) {
            return answer.accepted(valid.value());
        }
        var error = verdict.detail(FrameworkError.class);
        if (error.isEmpty()) {
            return Refusals.refused(answer, verdict, token, '.');
        }
        var expect = switch (error.get().message()) {
            case "The CSRF token is missing." -> "missing";
            case "The CSRF session token is missing." -> "session-missing";
            case "The CSRF token has expired." -> "expired";
            case "The CSRF tokens do not match." -> "mismatch";
            default -> "bad-signature";
        };
        return answer.failed(expect)
                .with("error_class", error.get().errorClass())
                .with("message", error.get().message());
    }

    private static Answer login(Request request) {
        var secret = request.param("secret_text").stringValue(null);
        var key = secret == null ? null : FlaskLogin.key(secret);
        var cookies = FlaskLogin.of(key == null ? request.keyring() : Keyring.of(key))
                .digest(request.digest("digest"))
                .limits(NO_LIMITS);
        var answer = Answer.to(request);
        if (request.writes()) {
            answer.written(cookies.write(request.textInput()));
        }
        return request.tokenText()
                .map(token -> cookies.check(token) instanceof Valid<String> valid
                        ? answer.accepted(valid.value())
                        : answer.failed("bad-signature"))
                .orElse(answer);
    }

    static <T> Answer dated(Answer answer, Valid<T> valid, ItsDangerous library) {
        valid.signedAt().ifPresent(date -> answer.with("date_signed", Answer.date(date, isAware(library))));
        return answer;
    }

    static <T> Answer failed(Answer answer, Verdict<T> verdict, String token, ItsDangerous library) {
        var error = verdict.detail(PythonError.class);
        if (error.isEmpty()) {
            return Refusals.refused(answer, verdict, token, '.');
        }
        var expect = switch (error.get().className()) {
            case "SignatureExpired" -> "expired";
            case "BadTimeSignature" -> "bad-time-signature";
            case "BadSignature" -> "bad-signature";
            case "BadPayload" -> "bad-payload";
            default -> "bad-data";
        };
        answer.failed(expect)
                .with("error_class", error.get().className())
                .with("message", ValueNotation.write(error.get().message()))
                .with("payload", ValueNotation.write(error.get().payload().orElse(null)));
        error.get().dateSigned().ifPresent(date -> answer.with("date_signed", Answer.date(date, isAware(library))));
        error.get().timestamp().ifPresent(number -> answer.with("date_signed", Map.of("int", number.toString())));
        return answer;
    }

    private static boolean isAware(ItsDangerous library) {
        return library.compareTo(ItsDangerous.V2_0_0) >= 0;
    }

    /** The version reads {@code flask-3.1.3 itsdangerous-2.2.0}. */
    static ItsDangerous library(Request request) {
        var version = request.version();
        int at = version.indexOf("itsdangerous-");
        return at < 0 ? ItsDangerous.newest() : ItsDangerous.release(version.substring(at + "itsdangerous-".length()));
    }

    private static Duration maxAge(Request request, Duration other) {
        return request.seconds("max_age").orElse(other);
    }
}
