package dev.countermark.cli.conform;

import dev.countermark.Rejected;
import dev.countermark.Valid;
import dev.countermark.Verdict;
import dev.countermark.frameworks.DjangoCookie;
import dev.countermark.frameworks.DjangoJson;
import dev.countermark.frameworks.DjangoMessages;
import dev.countermark.frameworks.DjangoPasswordReset;
import dev.countermark.frameworks.DjangoRelease;
import dev.countermark.frameworks.DjangoSession;
import dev.countermark.frameworks.DjangoSessionData;
import dev.countermark.frameworks.DjangoSigner;
import dev.countermark.frameworks.DjangoTimestampSigner;
import dev.countermark.frameworks.FrameworkError;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What Django signs. */
final class DjangoFamily implements FormatFamily {

    @Override
    public boolean knows(Request request) {
        return switch (request.format()) {
            case "django.Signer",
                    "django.TimestampSigner",
                    "django.signing.dumps",
                    "django.signed-cookie",
                    "django.session-cookie",
                    "django.session-data",
                    "django.messages",
                    "django.password-reset" -> true;
            default -> false;
        };
    }

    @Override
    public Answer answer(Request request, boolean lenient) {
        return switch (request.format()) {
            case "django.Signer" -> signer(request);
            case "django.TimestampSigner" -> timestampSigner(request, lenient);
            case "django.signing.dumps" -> dumps(request, lenient);
            case "django.signed-cookie" -> cookie(request, lenient);
            case "django.session-cookie" -> session(request, lenient);
            case "django.session-data" -> sessionData(request, lenient);
            case "django.messages" -> messages(request, lenient);
            default -> passwordReset(request, lenient);
        };
    }

    private static Answer signer(Request request) {
        var signer = DjangoSigner.of(request.keyring())
                .release(release(request))
                .salt(text(request, "salt"))
                .separator(text(request, "sep"))
                .digest(request.digest("algorithm"))
                .limits(NO_LIMITS);
        var answer = Answer.to(request);
        if (request.writes()) {
            answer.written(signer.write(request.textInput()));
        }
        return request.tokenText()
                .map(token -> read(answer, token, signer.check(token)))
                .orElse(answer);
    }

    private static Answer timestampSigner(Request request, boolean lenient) {
        var signer = DjangoTimestampSigner.of(request.keyring())
                .release(release(request))
                .salt(text(request, "salt"))
                .separator(text(request, "sep"))
                .digest(request.digest("algorithm"))
                .clock(request.clock())
                .limits(NO_LIMITS);
        var answer = Answer.to(request);
        if (request.writes()) {
            answer.written(signer.write(request.textInput()));
        }
        var reader = lenient ? signer.lenient() : signer;
        return request.tokenText()
                .map(token -> read(
                        answer,
                        token,
                        maxAge(request).map(age -> reader.check(token, age)).orElseGet(() -> reader.check(token))))
                .orElse(answer);
    }

    private static Answer dumps(Request request, boolean lenient) {
        var json = DjangoJson.of(request.keyring())
                .release(release(request))
                .salt(text(request, "salt"))
                .clock(request.clock())
                .limits(NO_LIMITS);
        var writer = request.param("compress").booleanValue(false) ? json.compressed() : json;
        var answer = Answer.to(request);
        if (request.writes()) {
            answer.written(writer.lenient().write(Trees.asPythonJson(request.input())));
        }
        var reader = lenient ? json.lenient() : json;
        return request.tokenText()
                .map(token -> read(
                        answer,
                        token,
                        maxAge(request).map(age -> reader.check(token, age)).orElseGet(() -> reader.check(token))))
                .orElse(answer);
    }

    private static Answer cookie(Request request, boolean lenient) {
        var cookie = DjangoCookie.of(request.keyring(), request.text("cookie_name"))
                .salt(request.text("cookie_salt"))
                .release(release(request))
                .clock(request.clock())
                .limits(NO_LIMITS);
        cookie = request.param("legacy_salt_fallback").booleanValue(false) ? cookie.acceptingLegacySalt() : cookie;
        var answer = Answer.to(request);
        if (request.writes()) {
            answer.written(cookie.write(request.textInput()));
        }
        var reader = lenient ? cookie.lenient() : cookie;
        return request.tokenText()
                .map(token -> read(
                        answer,
                        token,
                        maxAge(request).map(age -> reader.check(token, age)).orElseGet(() -> reader.check(token))))
                .orElse(answer);
    }

    private static Answer session(Request request, boolean lenient) {
        var session = DjangoSession.of(request.keyring())
                .release(release(request))
                .maxAge(maxAge(request).orElse(Duration.ofDays(14)))
                .clock(request.clock())
                .limits(NO_LIMITS);
        var answer = Answer.to(request);
        if (request.writes()) {
            answer.written(session.lenient().write(Trees.asPythonJson(request.input())));
        }
        var reader = lenient ? session.lenient() : session;
        return request.tokenText()
                .map(token -> read(answer, token, reader.check(token)))
                .orElse(answer);
    }

    private static Answer sessionData(Request request, boolean lenient) {
        var session = DjangoSessionData.of(request.keyring())
                .release(release(request))
                .clock(request.clock())
                .limits(NO_LIMITS);
        var answer = Answer.to(request);
        if (request.writes()) {
            answer.written(session.lenient().write(Trees.asPythonJson(request.input())));
        }
        var reader = lenient ? session.lenient() : session;
        return request.tokenText()
                .map(token -> read(answer, token, reader.check(token)))
                .orElse(answer);
    }

    private static Answer messages(Request request, boolean lenient) {
        var messages = DjangoMessages.of(request.keyring())
                .release(release(request))
                .clock(request.clock())
                .limits(NO_LIMITS);
        var answer = Answer.to(request);
        if (request.writes()) {
            var list = new ArrayList<DjangoMessages.Message>();
            request.member("input").forEach(item -> list.add(message(item)));
            answer.written(messages.write(list));
        }
        var reader = lenient ? messages.lenient() : messages;
        return request.tokenText()
                .map(token -> read(answer, token, reader.check(token)))
                .orElse(answer);
    }

    private static DjangoMessages.Message message(JsonNode item) {
        var tags = item.path(4);
        return new DjangoMessages.Message(
                item.path(2).intValue(),
                item.path(3).stringValue(),
                item.path(1).intValue() != 0,
                tags.isString() ? tags.stringValue() : null);
    }

    private static List<Object> notation(DjangoMessages.Message message) {
        var item = new ArrayList<Object>(
                List.of("__json_message", message.safe() ? 1 : 0, message.level(), message.text()));
        if (message.tags() != null) {
            item.add(message.tags());
        }
        return item;
    }

    private static Answer passwordReset(Request request, boolean lenient) {
        // The vectors' time is the server's wall clock, written as if it were UTC.
        var resets = DjangoPasswordReset.of(request.keyring(), ZoneOffset.UTC)
                .release(release(request))
                .maxAge(request.seconds("timeout")
                        .orElseGet(() ->
                                Duration.ofDays(request.param("timeout_days").longValue(3))))
                .clock(request.clock());
        var member = request.param("user");
        var login = member.path("last_login").stringValue(null);
        var user = new DjangoPasswordReset.User(
                member.path("pk").stringValue(),
                member.path("password").stringValue(),
                login == null ? null : LocalDateTime.parse(login.replace(' ', 'T')),
                member.path("email").stringValue(null));
        var answer = Answer.to(request);
        if (request.writes()) {
            answer.written(resets.write(user));
        }
        var reader = lenient ? resets.lenient() : resets;
        return request.tokenText()
                .map(token -> {
                    var verdict = reader.check(user, token);
                    if (verdict instanceof Rejected<?> rejected) {
                        answer.because(Refusals.word(rejected.reason()));
                    }
                    return verdict instanceof Valid<?>
                            ? answer.accepted(true)
                            : answer.failed("invalid").with("value", false);
                })
                .orElse(answer);
    }

    private static <T> Answer read(Answer answer, String token, Verdict<T> verdict) {
        if (verdict instanceof Valid<T> valid) {
            return answer.accepted(value(valid.value()));
        }
        var error = verdict.detail(FrameworkError.class);
        if (error.isEmpty()) {
            return Refusals.refused(answer, verdict, token, ':');
        }
        var expect = switch (error.get().errorClass()) {
            case "SignatureExpired" -> "expired";
            case "BadSignature" -> "bad-signature";
            default -> throw new IllegalStateException("Django has no such error");
        };
        return answer.failed(expect)
                .with("error_class", error.get().errorClass())
                .with("message", ValueNotation.write(error.get().message()));
    }

    private static @Nullable Object value(Object value) {
        if (value instanceof List<?> messages) {
            return messages.stream()
                    .map(message -> notation((DjangoMessages.Message) message))
                    .toList();
        }
        return value;
    }

    private static Optional<Duration> maxAge(Request request) {
        return request.seconds("max_age");
    }

    private static DjangoRelease release(Request request) {
        return DjangoRelease.of(request.version().replace("django-", ""));
    }

    private static String text(Request request, String param) {
        return new String(request.bytes(param).orElseThrow(), StandardCharsets.UTF_8);
    }
}
