package dev.countermark.cli.conform;

import dev.countermark.Codec;
import dev.countermark.Keyring;
import dev.countermark.Rejected;
import dev.countermark.SigningKey;
import dev.countermark.Valid;
import dev.countermark.Verdict;
import dev.countermark.frameworks.FrameworkError;
import dev.countermark.frameworks.RailsCookie;
import dev.countermark.frameworks.RailsKeyGenerator;
import dev.countermark.frameworks.RailsMessageVerifier;
import dev.countermark.frameworks.RailsRelease;
import dev.countermark.frameworks.RailsSignedId;
import dev.countermark.mac.Hmac;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What Rails signs. The values of Marshal are bytes, both ways. */
final class RailsFamily implements FormatFamily {

    @Override
    public boolean knows(Request request) {
        return request.format().startsWith("rails.") && release(request).isPresent();
    }

    @Override
    public Answer answer(Request request, boolean lenient) {
        return switch (request.format()) {
            case "rails.key-generator" -> key(request);
            case "rails.message-verifier" -> message(request, lenient);
            case "rails.signed-cookie" -> cookie(request, lenient);
            case "rails.signed-id" -> signedId(request, lenient);
            default -> Answer.unsupported(request);
        };
    }

    /** {@code rails-7.2.2.2 ruby-3.3.8} is of the line 7.2. */
    private static Optional<RailsRelease> release(Request request) {
        var version = request.version();
        for (var release : RailsRelease.values()) {
            var line = "rails-" + release.name().substring(1).replace('_', '.') + ".";
            if (version.startsWith(line)) {
                return Optional.of(release);
            }
        }
        return Optional.empty();
    }

    private static Answer key(Request request) {
        var key = generator(request, "digest", "iterations")
                .generate(
                        secret(request, "secret_key_base"),
                        bytes(request, "salt"),
                        request.param("length").intValue());
        return Answer.to(request).written(key).accepted(null);
    }

    private static RailsKeyGenerator generator(Request request, String digest, String iterations) {
        return RailsKeyGenerator.of(release(request).orElseThrow())
                .digest(hmac(request.text(digest)))
                .iterations(request.param(iterations).intValue());
    }

    private static Answer message(Request request, boolean lenient) {
        return switch (request.text("serializer")) {
            case "json" -> message(request, lenient, RailsMessageVerifier::ofPlainJson);
            case "marshal", "marshal (symbol)" -> message(request, lenient, RailsMessageVerifier::ofMarshal);
            case "null" -> message(request, lenient, RailsMessageVerifier::ofBytes);
            case "active_support_json", "json (symbol)", "json_allow_marshal (symbol)" ->
                message(request, lenient, RailsMessageVerifier::of);
            default -> Answer.unsupported(request);
        };
    }

    private static <T> Answer message(Request request, boolean lenient, Function<Keyring, RailsMessageVerifier<T>> of) {
        var digest = hmac(request.text("digest"));
        var verifier = configured(request, lenient, of.apply(Keyring.of(secret(request, "secret"))))
                .digest(digest);
        for (var rotation : request.param("rotations")) {
            var secret = Base64.getDecoder().decode(rotation.path("secret").stringValue());
            var older = configured(request, lenient, of.apply(Keyring.of(SigningKey.weak(secret))));
            verifier = verifier.alsoReading(
                    older.digest(hmac(rotation.path("digest").stringValue(digest.name()))));
        }
        var answer = Answer.to(request);
        if (isWritten(request)) {
            var value = RailsFamily.<T>input(request);
            var expiry = expiry(request);
            answer.written(utf8(expiry == null ? verifier.write(value) : verifier.write(value, expiry)));
        }
        return told(request, answer, verifier.check(text(request)), true);
    }

    private static <T> RailsMessageVerifier<T> configured(
            Request request, boolean lenient, RailsMessageVerifier<T> verifier) {
        var configured = verifier.release(release(request).orElseThrow()).clock(request.clock());
        configured = lenient ? configured.lenient() : configured;
        configured = request.param("url_safe").booleanValue(false) ? configured.urlSafe() : configured;
        configured = request.text("metadata_envelope", "legacy").equals("new") ? configured.newEnvelope() : configured;
        var purpose = request.text("purpose", "");
        if (purpose.isEmpty()) {
            return configured;
        }
        // Whoever made the vectors gave this one as a symbol and the others as texts; only Marshal shows it.
        return purpose.equals("reset") ? configured.purposeSymbol(purpose) : configured.purpose(purpose);
    }

    private static Answer cookie(Request request, boolean lenient) {
        var secrets = Keyring.of(secret(request, "secret_key_base"));
        var name = request.text("cookie_name");
        return request.text("serializer").equals("marshal")
                ? cookie(request, lenient, RailsCookie.ofMarshal(secrets, name))
                : cookie(request, lenient, RailsCookie.of(secrets, name));
    }

    private static <T> Answer cookie(Request request, boolean lenient, RailsCookie<T> named) {
        var cookie = named.release(release(request).orElseThrow())
                .keyDigest(hmac(request.text("key_digest")))
                .digest(hmac(request.text("digest")))
                .clock(request.clock())
                .decoded();
        cookie = request.param("metadata").booleanValue(true) ? cookie : cookie.writingNoPurpose();
        cookie = lenient ? cookie.lenient() : cookie;
        var answer = Answer.to(request);
        if (isWritten(request)) {
            var value = RailsFamily.<T>input(request);
            var expiry = expiry(request);
            answer.written(utf8(expiry == null ? cookie.write(value) : cookie.write(value, expiry)));
        }
        return told(request, answer, cookie.check(text(request)), false);
    }

    private static Answer signedId(Request request, boolean lenient) {
        var ids = ids(request)
                .release(release(request).orElseThrow())
                .keyDigest(hmac(request.text("key_digest")))
                .clock(request.clock());
        ids = lenient ? ids.lenient() : ids;
        var answer = Answer.to(request);
        if (request.writes()) {
            var value = Trees.of(request.input());
            var expiry = expiry(request);
            answer.written(utf8(expiry == null ? ids.write(value) : ids.write(value, expiry)));
        }
        return told(request, answer, ids.check(text(request)), true);
    }

    /** The purpose in the vectors is whole: the model's name and what was asked for, or that of another model. */
    private static RailsSignedId ids(Request request) {
        var secrets = Keyring.of(secret(request, "secret_key_base"));
        var purpose = request.text("purpose");
        var model = request.text("model");
        var name = model.replace("::", "/").toLowerCase(Locale.ROOT);
        var joined = purpose.replace("_", "") + "/";
        if (!joined.startsWith(name + "/")) {
            return RailsSignedId.of(secrets, purpose);
        }
        var words = model.replaceAll("[^:]", "").length() / 2 + 1;
        int at = 0;
        for (int i = 0; i < words; i++) {
            at = (purpose + "/").indexOf('/', at) + 1;
        }
        return RailsSignedId.of(secrets, model).purpose(at > purpose.length() ? "" : purpose.substring(at));
    }

    private static <T> Answer told(Request request, Answer answer, Verdict<T> verdict, boolean raises) {
        if (verdict instanceof Valid<T> valid) {
            return answer.accepted(value(request, valid.value()));
        }
        answer.failed("bad-signature");
        if (verdict instanceof Rejected<T> rejected) {
            answer.because(Refusals.word(rejected.reason()));
        }
        if (raises) {
            var error = verdict.detail(FrameworkError.class);
            answer.with("error_class", error.map(FrameworkError::errorClass).orElse(null))
                    .with("message", error.map(FrameworkError::message).orElse(null));
        }
        return answer;
    }

    /** Bytes that nothing serialized are text in the vectors where Ruby knows their encoding. */
    private static Object value(Request request, Object value) {
        if (!(value instanceof byte[] bytes)) {
            return value;
        }
        if (isMarshal(request)) {
            return bytes;
        }
        boolean ascii = true;
        for (var b : bytes) {
            ascii &= b >= 0;
        }
        var token = text(request);
        var body = token.substring(0, Math.max(0, token.indexOf("--")));
        boolean bare = body.equals(Base64.getEncoder().encodeToString(bytes));
        boolean known = ascii || bare && release(request).orElseThrow().compareTo(RailsRelease.V7_1) < 0;
        try {
            return known ? Codec.text().decode(bytes) : bytes;
        } catch (IllegalArgumentException e) {
            return bytes;
        }
    }

    private static boolean isMarshal(Request request) {
        return request.text("serializer").startsWith("marshal");
    }

    /** Null is a value of JSON; for Marshal it says that there is nothing to write. */
    private static boolean isWritten(Request request) {
        return request.writes() && (request.input() != null || !isMarshal(request));
    }

    // The serializer decides the type of the verifier and of its values; null is a value of JSON.
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals", "NullAway"})
    private static <T> T input(Request request) {
        var input = request.input();
        return (T)
                (isMarshal(request)
                        ? input
                        : request.text("serializer").equals("null") ? utf8(String.valueOf(input)) : Trees.of(input));
    }

    private static @Nullable Instant expiry(Request request) {
        var text = request.text("expires_at", "");
        return text.isEmpty() ? null : Instant.parse(text);
    }

    private static SigningKey secret(Request request, String param) {
        return SigningKey.weak(bytes(request, param));
    }

    private static byte[] bytes(Request request, String param) {
        return request.bytes(param).orElseThrow(() -> new IllegalArgumentException("a request has a " + param));
    }

    private static Hmac hmac(String name) {
        return Hmac.valueOf(name.toUpperCase(Locale.ROOT));
    }

    /** The token; bytes that are no text as other characters than those of any token. */
    private static String text(Request request) {
        var token = request.token();
        if (token == null) {
            return "";
        }
        try {
            return Codec.text().decode(token);
        } catch (IllegalArgumentException e) {
            return new String(token, StandardCharsets.ISO_8859_1);
        }
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
