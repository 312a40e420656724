package dev.countermark.frameworks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countermark.Keyring;
import dev.countermark.Limits;
import dev.countermark.Reason;
import dev.countermark.Rejected;
import dev.countermark.SigningKey;
import dev.countermark.Valid;
import dev.countermark.Verdict;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.node.JsonNodeFactory;

/** A text and a value of exactly the limits are read, and one byte more is refused for what it is. */
class FrameworkLimitsTest {

    private static final Keyring KEYS = Keyring.of(SigningKey.weakText("a key"));
    private static final String TEXT = "some text";

    /** @param payload number of bytes of the value: of the text, or of JSON without spaces */
    record Format(String token, int payload, BiFunction<Limits, String, Verdict<?>> check) {}

    static Stream<Named<Format>> formats() {
        var json = JsonNodeFactory.instance.objectNode().put("n", 1);
        var signer = DjangoSigner.of(KEYS);
        var stamped = DjangoTimestampSigner.of(KEYS);
        var dumps = DjangoJson.of(KEYS);
        var cookie = DjangoCookie.of(KEYS, "c");
        var session = DjangoSession.of(KEYS);
        var data = DjangoSessionData.of(KEYS);
        var old = data.release(DjangoRelease.V2_2);
        var express = ExpressSignature.of(KEYS);
        var marked = ExpressCookie.of(KEYS);
        var flask = FlaskSession.of(KEYS);
        var login = FlaskLogin.of(KEYS);
        var starlette = StarletteSession.of(KEYS);
        var rails = RailsMessageVerifier.of(KEYS);
        return Stream.of(
                named(
                        "signer",
                        signer.write(TEXT),
                        9,
                        (l, t) -> signer.limits(l).check(t)),
                named(
                        "stamped",
                        stamped.write(TEXT),
                        9,
                        (l, t) -> stamped.limits(l).check(t)),
                named("dumps", dumps.write(json), 7, (l, t) -> dumps.limits(l).check(t)),
                named(
                        "cookie",
                        cookie.write(TEXT),
                        9,
                        (l, t) -> cookie.limits(l).check(t)),
                named(
                        "session",
                        session.write(json),
                        7,
                        (l, t) -> session.limits(l).check(t)),
                named(
                        "session data",
                        data.write(json),
                        7,
                        (l, t) -> data.limits(l).check(t)),
                named(
                        "old session data",
                        old.write(json),
                        7,
                        (l, t) -> old.limits(l).check(t)),
                named(
                        "express",
                        express.write(TEXT),
                        9,
                        (l, t) -> express.limits(l).check(t)),
                named(
                        "express cookie",
                        marked.write(TEXT),
                        9,
                        (l, t) -> marked.limits(l).check(t)),
                named(
                        "flask",
                        flask.write(Map.of("n", 1)),
                        7,
                        (l, t) -> flask.limits(l).check(t)),
                named("login", login.write(TEXT), 9, (l, t) -> login.limits(l).check(t)),
                named(
                        "starlette",
                        starlette.write(json),
                        8,
                        (l, t) -> starlette.limits(l).check(t)),
                named("rails", rails.write(json), 7, (l, t) -> rails.limits(l).check(t)));
    }

    private static Named<Format> named(
            String name, String token, int payload, BiFunction<Limits, String, Verdict<?>> check) {
        return Named.of(name, new Format(token, payload, check));
    }

    @ParameterizedTest
    @MethodSource("formats")
    void a_text_of_exactly_the_limit_is_read(Format format) {
        int length = format.token.length();
        assertThat(format.check.apply(Limits.DEFAULT.tokenLength(length), format.token))
                .isInstanceOf(Valid.class);
        var verdict = format.check.apply(Limits.DEFAULT.tokenLength(length - 1), format.token);
        assertThat(verdict)
                .isInstanceOfSatisfying(
                        Rejected.class,
                        rejected -> assertThat(rejected.reason()).isEqualTo(Reason.TOO_LONG));
    }

    @ParameterizedTest
    @MethodSource("formats")
    void a_value_of_exactly_the_limit_is_read(Format format) {
        assertThat(format.check.apply(Limits.DEFAULT.payloadLength(format.payload), format.token))
                .isInstanceOf(Valid.class);
        assertThat(format.check.apply(Limits.DEFAULT.payloadLength(format.payload - 1), format.token))
                .isInstanceOf(Rejected.class);
    }

    @ParameterizedTest
    @MethodSource("formats")
    void what_is_too_short_for_any_signature_is_refused(Format format) {
        var token = format.token;
        for (int length = 0; length < token.length(); length++) {
            assertThat(format.check.apply(Limits.DEFAULT, token.substring(0, length)))
                    .isInstanceOf(Rejected.class);
            assertThat(format.check.apply(Limits.DEFAULT, token.substring(token.length() - length)))
                    .isInstanceOf(Rejected.class);
        }
    }

    private static List<String> halves(String token) {
        return List.of(token + "\ud800", "\ud800" + token, token + "\u00e9");
    }

    @ParameterizedTest
    @MethodSource("formats")
    void what_is_no_text_of_a_header_is_refused(Format format) {
        for (var text : halves(format.token)) {
            assertThat(format.check.apply(Limits.DEFAULT, text)).isInstanceOf(Rejected.class);
        }
    }
}
