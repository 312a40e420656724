package dev.countermark.cli.conform;

import dev.countermark.Codec;
import dev.countermark.Keyring;
import dev.countermark.Reason;
import dev.countermark.Rejected;
import dev.countermark.SigningKey;
import dev.countermark.Valid;
import dev.countermark.Verdict;
import dev.countermark.frameworks.ExpressCookie;
import dev.countermark.frameworks.ExpressJsonCookie;
import dev.countermark.frameworks.ExpressSession;
import dev.countermark.frameworks.ExpressSignature;
import dev.countermark.frameworks.Keygrip;
import dev.countermark.mac.Hmac;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What packages of npm sign for Express. */
final class ExpressFamily implements FormatFamily {

    private static final String FALSE = "bad-signature";

    @Override
    public boolean knows(Request request) {
        return request.format().startsWith("express.");
    }

    @Override
    public Answer answer(Request request, boolean lenient) {
        return switch (request.format()) {
            case "express.cookie-signature" -> signature(request);
            case "express.signed-cookie" ->
                request.param("json_prefix").booleanValue(false) ? json(request) : cookie(request);
            case "express.keygrip" -> keygrip(request);
            case "express.cookie-session" -> session(request);
            default -> Answer.unsupported(request);
        };
    }

    private static Answer signature(Request request) {
        var signature = ExpressSignature.of(Keyring.of(SigningKey.weak(secret(request))));
        var answer = Answer.to(request);
        if (request.writes()) {
            answer.written(utf8(signature.write(String.valueOf(request.input()))));
        }
        var token = text(request.token());
        return token == null ? answer.failed(FALSE) : told(answer, signature.check(token));
    }

    private static Answer cookie(Request request) {
        var cookie = ExpressCookie.of(keys(request));
        var answer = Answer.to(request);
        if (request.writes()) {
            answer.written(utf8(cookie.write(String.valueOf(request.input()))));
        }
        return read(request, answer, cookie::check);
    }

    private static Answer json(Request request) {
        var cookie = ExpressJsonCookie.of(keys(request));
        var answer = Answer.to(request);
        if (request.writes()) {
            answer.written(utf8(
                    request.input() instanceof String text
                            ? ExpressCookie.of(keys(request)).write(text)
                            : cookie.write(Trees.of(request.input()))));
        }
        var text = text(request.token());
        boolean object = text != null
                && cookie.check(text) instanceof Valid<JsonNode> valid
                && valid.value().isContainer();
        if (object) {
            return read(request, answer, cookie::check);
        }
        // What is no object behind the mark stays the text that it is.
        read(request, answer, ExpressCookie.of(keys(request))::check);
        return fault(request).map(why -> answer.refused("error", why)).orElse(answer);
    }

    /** Why a cookie that JavaScript reads as JSON is not read here. */
    private static Optional<String> fault(Request request) {
        return ExpressCookie.of(keys(request)).check(String.valueOf(text(request.token())))
                                instanceof Valid<String> valid
                        && valid.value().startsWith("j:")
                ? Refusals.ofJson(valid.value().substring(2))
                : Optional.empty();
    }

    private interface Check<T> {
        Verdict<T> check(String cookie);
    }

    private static <T> Answer read(Request request, Answer answer, Check<T> cookie) {
        var token = text(request.token());
        if (token == null) {
            return answer.failed(FALSE);
        }
        return ExpressCookie.of(keys(request)).isMarkedAsSigned(token)
                ? told(answer, cookie.check(token))
                : answer.failed("not-signed");
    }

    private static Answer keygrip(Request request) {
        var keygrip = Keygrip.of(keys(request)).digest(hmac(request));
        var data = request.text("data");
        var answer = Answer.to(request);
        if (request.writes()) {
            answer.written(utf8(keygrip.write(data)));
        }
        int index = keygrip.index(data, Objects.requireNonNullElse(text(request.token()), ""));
        return index < 0 ? answer.failed(FALSE).with("value", -1) : answer.accepted(index);
    }

    private static Answer session(Request request) {
        var session =
                ExpressSession.of(keys(request), request.text("cookie_name")).digest(hmac(request));
        var answer = Answer.to(request);
        if (request.writes()) {
            var cookies = session.write(Trees.of(request.input()));
            answer.written(utf8(cookies.value())).with("signature", cookies.signature());
        }
        var value = Objects.requireNonNullElse(text(request.token()), "");
        var verdict = session.check(value, request.member("signature").stringValue(""));
        var fault = verdict instanceof Rejected<JsonNode> rejected && rejected.reason() == Reason.PAYLOAD_MALFORMED
                ? Refusals.ofBase64(value)
                : Optional.<String>empty();
        return fault.map(why -> answer.refused("error", why)).orElseGet(() -> told(answer, verdict));
    }

    private static <T> Answer told(Answer answer, Verdict<T> verdict) {
        return verdict instanceof Valid<T> valid ? answer.accepted(valid.value()) : answer.failed(FALSE);
    }

    /** All keys, that which signs first; named, since an application may give one twice. */
    private static Keyring keys(Request request) {
        var secrets = new ArrayList<SigningKey>();
        request.param("secrets")
                .forEach((JsonNode secret) ->
                        secrets.add(SigningKey.weak(Base64.getDecoder().decode(secret.stringValue()))
                                .named("secret-" + secrets.size())));
        var signing = secrets.remove(request.param("signed_with").intValue(0));
        return Keyring.of(signing).accepting(secrets.toArray(SigningKey[]::new));
    }

    private static byte[] secret(Request request) {
        return request.bytes("secret").orElseThrow(() -> new IllegalArgumentException("a request has a secret"));
    }

    private static Hmac hmac(Request request) {
        return Hmac.valueOf(request.text("digest").toUpperCase(Locale.ROOT));
    }

    private static @Nullable String text(byte @Nullable [] token) {
        try {
            return token == null ? null : Codec.text().decode(token);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
