package dev.countermark.secrets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.countermark.BadTokenException;
import dev.countermark.Codec;
import dev.countermark.Keyring;
import dev.countermark.Limits;
import dev.countermark.Purposes;
import dev.countermark.Reading;
import dev.countermark.Reason;
import dev.countermark.Scheme;
import dev.countermark.SignedUrl;
import dev.countermark.SigningKey;
import dev.countermark.Terms;
import dev.countermark.Tokens;
import dev.countermark.Verdict;
import dev.countermark.canary.Canary;
import dev.countermark.encoding.Zlib;
import dev.countermark.frameworks.DjangoCookie;
import dev.countermark.frameworks.DjangoJson;
import dev.countermark.frameworks.DjangoMessages;
import dev.countermark.frameworks.DjangoPasswordReset;
import dev.countermark.frameworks.DjangoSession;
import dev.countermark.frameworks.DjangoSessionData;
import dev.countermark.frameworks.DjangoSigner;
import dev.countermark.frameworks.DjangoTimestampSigner;
import dev.countermark.frameworks.ExpressCookie;
import dev.countermark.frameworks.ExpressJsonCookie;
import dev.countermark.frameworks.ExpressSession;
import dev.countermark.frameworks.ExpressSignature;
import dev.countermark.frameworks.FlaskCsrf;
import dev.countermark.frameworks.FlaskLogin;
import dev.countermark.frameworks.FlaskSession;
import dev.countermark.frameworks.Keygrip;
import dev.countermark.frameworks.RailsCookie;
import dev.countermark.frameworks.RailsKeyGenerator;
import dev.countermark.frameworks.RailsMessageVerifier;
import dev.countermark.frameworks.RailsRelease;
import dev.countermark.frameworks.RailsSignedId;
import dev.countermark.frameworks.SetCookie;
import dev.countermark.frameworks.StarletteSession;
import dev.countermark.itsdangerous.FallbackSigner;
import dev.countermark.itsdangerous.ItsDangerous;
import dev.countermark.itsdangerous.PythonKeys;
import dev.countermark.json.Json;
import dev.countermark.json.PythonJson;
import dev.countermark.jws.Jws;
import dev.countermark.jws.JwsAlgorithm;
import dev.countermark.jws.Jwt;
import dev.countermark.mac.Digest;
import dev.countermark.mac.Hmac;
import dev.countermark.mac.KeyDerivation;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** A planted key, token, signature and subject show in no exception and in no {@code toString} of a public type. */
class SecretsTest {

    private static final Keyring KEYS = Keyring.of(SigningKey.fromBase64(Canary.KEY));
    private static final Clock CLOCK = Clock.fixed(Instant.ofEpochSecond(1_700_000_000), ZoneOffset.UTC);
    private static final Clock LATER = Clock.offset(CLOCK, Duration.ofDays(100));
    private static final JsonNode VALUE =
            JsonNodeFactory.instance.objectNode().put("sub", Canary.SUBJECT).put("filler", "x".repeat(60));

    /** Values of the user's own, which show what they hold as a list or a string does. */
    private static final List<Class<?>> VALUES =
            List.of(FlaskSession.Tuple.class, FlaskSession.Markup.class, DjangoMessages.Message.class);

    /** A format: its object, a token that it wrote, and its check at a time. */
    private record Format(
            Object object, String token, Function<String, Verdict<?>> check, Function<String, Verdict<?>> late) {}

    private static List<Format> formats() {
        var python = ItsDangerous.newest().keys(PythonKeys.of(KEYS));
        var jws = ItsDangerous.V2_0_1.keys(PythonKeys.of(KEYS)).jws().algorithm(JwsAlgorithm.HS256);
        var formats = new ArrayList<Format>();
        var own = Tokens.of(KEYS, "canary", Json.node())
                .expiringAfter(Duration.ofHours(1))
                .clock(CLOCK);
        formats.add(new Format(own, own.sign(VALUE), own::check, own.clock(LATER)::check));
        var text = Tokens.of(KEYS, "canary", Codec.text());
        formats.add(new Format(text, text.sign(Canary.SUBJECT), text::check, text::check));
        var timed = python.urlSafeTimedSerializer()
                .expiringAfter(Duration.ofHours(1))
                .clock(CLOCK);
        formats.add(new Format(timed, timed.sign(VALUE), timed::check, timed.clock(LATER)::check));
        var lenient = python.lenient().timestampSigner().clock(CLOCK);
        formats.add(new Format(
                lenient,
                lenient.sign(Canary.SUBJECT),
                lenient::check,
                token -> lenient.clock(LATER).check(token, Duration.ofHours(1))));
        var timedJws = jws.timedSerializer(Duration.ofHours(1)).clock(CLOCK);
        formats.add(new Format(timedJws, timedJws.sign(VALUE), timedJws::check, timedJws.clock(LATER)::check));
        var plainJws = Jws.of(KEYS, JwsAlgorithm.HS256, Json.node());
        formats.add(new Format(plainJws, plainJws.sign(VALUE), plainJws::check, plainJws::check));
        var jwt = Jwt.of(KEYS, JwsAlgorithm.HS256, Json.node())
                .expiringAfter(Duration.ofHours(1))
                .clock(CLOCK);
        formats.add(new Format(jwt, jwt.sign(VALUE), jwt::check, jwt.clock(LATER)::check));
        var flask = FlaskSession.of(KEYS).clock(CLOCK);
        formats.add(
                new Format(flask, flask.write(Map.of("sub", Canary.SUBJECT)), flask::check, flask.clock(LATER)::check));
        var csrf = FlaskCsrf.of(KEYS).clock(CLOCK);
        formats.add(new Format(
                csrf,
                csrf.write(Canary.SUBJECT),
                token -> csrf.check(token, Canary.SUBJECT),
                token -> csrf.clock(LATER).check(token, Canary.SUBJECT)));
        var login = FlaskLogin.of(KEYS);
        formats.add(new Format(login, login.write(Canary.SUBJECT), login::check, login::check));
        var starlette = StarletteSession.of(KEYS).clock(CLOCK);
        formats.add(new Format(starlette, starlette.write(VALUE), starlette::check, starlette.clock(LATER)::check));
        var signer = DjangoSigner.of(KEYS);
        formats.add(new Format(signer, signer.write(Canary.SUBJECT), signer::check, signer::check));
        var stamped = DjangoTimestampSigner.of(KEYS).clock(CLOCK);
        formats.add(new Format(
                stamped,
                stamped.write(Canary.SUBJECT),
                stamped::check,
                token -> stamped.clock(LATER).check(token, Duration.ofHours(1))));
        var json = DjangoJson.of(KEYS).clock(CLOCK);
        formats.add(new Format(
                json, json.write(VALUE), json::check, token -> json.clock(LATER).check(token, Duration.ofHours(1))));
        var cookie = DjangoCookie.of(KEYS, "name").clock(CLOCK);
        formats.add(new Format(
                cookie,
                cookie.write(Canary.SUBJECT),
                cookie::check,
                token -> cookie.clock(LATER).check(token, Duration.ofHours(1))));
        var session = DjangoSession.of(KEYS).clock(CLOCK);
        formats.add(new Format(session, session.write(VALUE), session::check, session.clock(LATER)::check));
        var data = DjangoSessionData.of(KEYS).clock(CLOCK);
        formats.add(new Format(data, data.write(VALUE), data::check, data::check));
        var verifier = RailsMessageVerifier.of(KEYS).clock(CLOCK);
        formats.add(new Format(
                verifier, verifier.write(VALUE, Duration.ofHours(1)), verifier::check, verifier.clock(LATER)::check));
        var rails = RailsCookie.of(KEYS, "name").clock(CLOCK).decoded();
        formats.add(new Format(rails, rails.write(VALUE), rails::check, rails::check));
        var express = ExpressSignature.of(KEYS);
        formats.add(new Format(express, express.write(Canary.SUBJECT), express::check, express::check));
        var expressJson = ExpressJsonCookie.of(KEYS).decoded();
        formats.add(new Format(expressJson, expressJson.write(VALUE), expressJson::check, expressJson::check));
        return formats;
    }

    @Test
    void no_refusal_shows_what_was_refused() {
        for (var format : formats()) {
            var token = Canary.plantToken(format.token);
            Canary.requireAbsent("a format", format.object.toString());
            examine(format.check.apply(token));
            examine(format.late.apply(token));
            examine(format.check.apply(token + "A"));
            examine(format.check.apply(token.substring(1)));
            examine(format.check.apply(token.substring(0, token.length() - 3)));
            examine(format.check.apply("A" + token));
            examine(format.check.apply(token.replace('.', ':')));
            for (int i = 0; i < token.length(); i += 5) {
                examine(format.check.apply(token.substring(0, i) + "~" + token.substring(i + 1)));
            }
        }
    }

    private static void examine(Verdict<?> verdict) {
        Canary.requireAbsent("a verdict", verdict.toString());
        verdict.detail().ifPresent(detail -> Canary.requireAbsent("a detail", detail.toString()));
        var thrown = catchThrowable(verdict::orThrow);
        if (thrown != null) {
            assertThat(thrown).isInstanceOf(BadTokenException.class);
            Canary.requireAbsent(thrown);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {Canary.KEY + "!", "canary-key-one", Canary.KEY + Canary.KEY + "\n\u00e9", "${" + Canary.KEY + "}"
            })
    void a_refused_key_is_not_shown(String text) {
        refused(() -> SigningKey.fromBase64(text));
        refused(() -> SigningKey.ofText(text.substring(0, Math.min(20, text.length()))));
        refused(() ->
                SigningKey.of(text.substring(0, Math.min(31, text.length())).getBytes(StandardCharsets.UTF_8)));
        refused(() -> SigningKey.weakText(Canary.KEY_TEXT + "\ud800"));
        refused(() -> Tokens.of(Keyring.of(SigningKey.weakText(Canary.KEY_TEXT)), "canary", Codec.text()));
        refused(() -> KEYS.accepting(SigningKey.fromBase64(Canary.KEY)));
        refused(() -> FlaskLogin.key(Canary.KEY_TEXT + "\u20ac"));
        refused(() -> Purposes.under(KeyDerivation.CONCAT, Digest.SHA1)
                .add("one", KEYS.primary(), Base64.getDecoder().decode(Canary.KEY))
                .add("two", KEYS.primary(), Base64.getDecoder().decode(Canary.KEY)));
        refused(() -> SetCookie.of("name", Canary.SUBJECT + ";" + Canary.KEY));
        refused(() -> PythonJson.standard().loads("{\"a\": " + Canary.SUBJECT + "}"));
        refused(() -> Json.map()
                .decode(("{\"" + Canary.SUBJECT + "\":1,\"" + Canary.SUBJECT + "\":2}")
                        .getBytes(StandardCharsets.UTF_8)));
    }

    private static void refused(Runnable call) {
        var thrown = catchThrowable(call::run);
        if (thrown != null) {
            Canary.requireAbsent(thrown);
        }
    }

    @Test
    void every_public_type_keeps_its_secrets_in_its_text() {
        var objects = new ArrayList<Object>();
        for (var format : formats()) {
            objects.add(format.object);
            for (var verdict : List.of(
                    format.check.apply(format.token), format.late.apply(format.token), format.check.apply("a.b.c"))) {
                objects.add(verdict);
                verdict.detail().ifPresent(objects::add);
                var thrown = catchThrowable(verdict::orThrow);
                if (thrown != null) {
                    objects.add(thrown);
                }
            }
        }
        var python = ItsDangerous.newest().keys(PythonKeys.of(KEYS));
        var express = ExpressSession.of(KEYS, "session");
        var jwt = Jwt.of(KEYS, JwsAlgorithm.HS256, Json.node());
        objects.addAll(List.of(
                KEYS,
                KEYS.primary(),
                python,
                PythonKeys.of(KEYS),
                ItsDangerous.V2_0_1.keys(PythonKeys.of(KEYS)).jws(),
                FallbackSigner.defaults().digest(Digest.SHA512),
                python.timedSerializer(),
                Tokens.of(KEYS, "canary", Codec.text()).unverified(Canary.SUBJECT + ".a"),
                Reading.refused(Reason.MALFORMED),
                Limits.DEFAULT,
                Terms.DEFAULT,
                Scheme.HMAC_SHA256,
                Hmac.SHA256.withKey(KEYS.primary().revealSecret()).compute(Canary.SUBJECT, 5, new byte[0]),
                SignedUrl.of(KEYS, "canary", Duration.ofHours(1)),
                Purposes.under(KeyDerivation.HMAC, Digest.SHA256),
                Zlib.inflate(Zlib.compress(Canary.KEY_TEXT.getBytes(StandardCharsets.UTF_8)), 0, 40, 100),
                PythonJson.standard(),
                jwt,
                jwt.neverExpiring()
                        .check(jwt.expiringAfter(Duration.ofHours(1)).sign(VALUE))
                        .detail()
                        .orElseThrow(),
                express,
                express.write(VALUE),
                ExpressCookie.of(KEYS),
                Keygrip.of(KEYS),
                RailsKeyGenerator.of(RailsRelease.V8_1),
                RailsSignedId.of(KEYS, "User"),
                SetCookie.of("name", Canary.SUBJECT),
                DjangoMessages.of(KEYS),
                DjangoPasswordReset.of(KEYS, ZoneOffset.UTC),
                new DjangoPasswordReset.User("7", Canary.KEY_TEXT, null, Canary.SUBJECT)));
        objects.add(catchThrowable(() -> PythonJson.standard().loads("[" + Canary.SUBJECT)));

        objects.forEach(object -> Canary.requireAbsent(object.getClass().getName(), object.toString()));
        assertThat(objects)
                .as("a text that says something")
                .noneMatch(object -> object.toString().isBlank());
        var types = new ArrayList<Class<?>>(PublicTypes.ofModuleOf(Tokens.class));
        types.addAll(PublicTypes.ofModuleOf(PythonJson.class));
        assertThat(types).hasSizeGreaterThan(40);
        assertThat(types.stream()
                        .filter(type ->
                                !VALUES.contains(type) && objects.stream().noneMatch(type::isInstance)))
                .as("public types whose text nobody has looked at")
                .isEmpty();
    }
}
