package dev.countermark.frameworks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import dev.countermark.Keyring;
import dev.countermark.SigningKey;
import dev.countermark.Verdict;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * Whatever the text, a check answers with a verdict. {@code -Dcountermark.texts=1000000} tries a million a format, and
 * {@code -Dcountermark.seed=…} other ones.
 */
class AnyTextTest {

    private static final int ROUNDS = Integer.getInteger("countermark.texts", 20_000);
    private static final long SEED = Long.getLong("countermark.seed", 0);
    private static final byte[] MARSHAL_NIL = {4, 8, '0'};
    private static final String ALPHABET = "ABab01-_=.:|+/%{}[]\"\\ \u0000\n\u00e9\ud83d\ude00\ud800";
    private static final Keyring KEYS = Keyring.of(SigningKey.weakText("a key"));

    record Format(String text, Function<String, Verdict<?>> check) {}

    static Stream<Named<Format>> formats() {
        var json = JsonNodeFactory.instance.objectNode().put("n", 1);
        var user = new DjangoPasswordReset.User("1", "hash", null, null);
        var reset = DjangoPasswordReset.of(KEYS, ZoneOffset.UTC);
        var message = new DjangoMessages.Message(20, "hello", false, null);
        var flask = FlaskSession.of(KEYS);
        var data = DjangoSessionData.of(KEYS);
        var old = data.release(DjangoRelease.V2_2);
        var rails = RailsMessageVerifier.of(KEYS).purpose("login");
        var rails61 = rails.release(RailsRelease.V6_1);
        var marshal = RailsMessageVerifier.ofMarshal(KEYS).purpose("login").newEnvelope();
        var cookie = RailsCookie.of(KEYS, "c");
        var express = ExpressCookie.of(KEYS);
        var session = ExpressSession.of(KEYS, "session");
        var cookies = session.write(json);
        return Stream.of(
                Named.of("flask", new Format(flask.write(Map.of("n", 1)), flask::check)),
                Named.of("flask lenient", new Format(flask.write(Map.of("n", 1)), flask.lenient()::check)),
                Named.of(
                        "csrf",
                        new Format(
                                FlaskCsrf.of(KEYS).write("ab"),
                                t -> FlaskCsrf.of(KEYS).check(t, "ab"))),
                Named.of("login", new Format(FlaskLogin.of(KEYS).write("1"), FlaskLogin.of(KEYS)::check)),
                Named.of(
                        "starlette",
                        new Format(StarletteSession.of(KEYS).write(json), StarletteSession.of(KEYS)::check)),
                Named.of(
                        "starlette lenient",
                        new Format(
                                StarletteSession.of(KEYS).write(json),
                                StarletteSession.of(KEYS).lenient()::check)),
                Named.of("signer", new Format(DjangoSigner.of(KEYS).write("a"), DjangoSigner.of(KEYS)::check)),
                Named.of("dumps", new Format(DjangoJson.of(KEYS).write(json), DjangoJson.of(KEYS)::check)),
                Named.of(
                        "dumps lenient",
                        new Format(
                                DjangoJson.of(KEYS).write(json),
                                DjangoJson.of(KEYS).lenient()::check)),
                Named.of(
                        "cookie", new Format(DjangoCookie.of(KEYS, "c").write("a"), DjangoCookie.of(KEYS, "c")::check)),
                Named.of("session data", new Format(data.write(json), data::check)),
                Named.of("old session data", new Format(old.write(json), old::check)),
                Named.of("old session data lenient", new Format(old.write(json), old.lenient()::check)),
                Named.of(
                        "messages",
                        new Format(DjangoMessages.of(KEYS).write(List.of(message)), DjangoMessages.of(KEYS)::check)),
                Named.of("reset", new Format(reset.write(user), text -> reset.check(user, text))),
                Named.of(
                        "timestamp lenient",
                        new Format(
                                DjangoTimestampSigner.of(KEYS).write("a"),
                                DjangoTimestampSigner.of(KEYS).lenient()::check)),
                Named.of("rails", new Format(rails.write(json), rails::check)),
                Named.of("rails lenient", new Format(rails.write(json), rails.lenient()::check)),
                Named.of("rails 6.1 lenient", new Format(rails61.write(json), rails61.lenient()::check)),
                Named.of("rails marshal", new Format(marshal.write(MARSHAL_NIL), marshal::check)),
                Named.of("rails cookie", new Format(cookie.write(json), cookie::check)),
                Named.of("express", new Format(express.write("tobi"), express::check)),
                Named.of(
                        "express json",
                        new Format(ExpressJsonCookie.of(KEYS).write(json), ExpressJsonCookie.of(KEYS)::check)),
                Named.of(
                        "cookie-session",
                        new Format(cookies.value(), text -> session.check(text, cookies.signature()))),
                Named.of(
                        "cookie-session signature",
                        new Format(cookies.signature(), text -> session.check(cookies.value(), text))));
    }

    @ParameterizedTest
    @MethodSource("formats")
    void a_changed_or_random_text_gets_a_verdict(Format format) {
        long seed = format.text().hashCode() + SEED;
        var random = new Random(seed);
        for (int i = 0; i < ROUNDS; i++) {
            var text = random.nextBoolean() ? mutated(format.text(), random) : random(random);
            assertThat(format.check().apply(text))
                    .as("seed %d, round %d", seed, i)
                    .isNotNull();
        }
    }

    @ParameterizedTest
    @MethodSource("formats")
    void null_is_refused_at_once(Format format) {
        assertThatNullPointerException().isThrownBy(() -> format.check().apply(null));
    }

    private static String mutated(String text, Random random) {
        var changed = new StringBuilder(text);
        for (int n = 1 + random.nextInt(3); n > 0; n--) {
            int at = random.nextInt(changed.length() + 1);
            switch (random.nextInt(3)) {
                case 0 -> changed.insert(at, any(random));
                case 1 -> changed.setLength(at);
                default -> {
                    if (at < changed.length()) {
                        changed.setCharAt(at, any(random));
                    }
                }
            }
        }
        return changed.toString();
    }

    private static String random(Random random) {
        var text = new StringBuilder();
        for (int n = random.nextInt(40); n > 0; n--) {
            text.append(any(random));
        }
        return text.toString();
    }

    private static char any(Random random) {
        return ALPHABET.charAt(random.nextInt(ALPHABET.length()));
    }

    /** Where it is given: a check can only answer with a verdict. */
    @Test
    void a_negative_age_is_refused_before_any_token() {
        var age = Duration.ofSeconds(-1);

        assertThatIllegalArgumentException().isThrownBy(() -> FlaskCsrf.of(KEYS).maxAge(age));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> FlaskSession.of(KEYS).maxAge(age));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> StarletteSession.of(KEYS).maxAge(age));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DjangoSession.of(KEYS).maxAge(age));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DjangoPasswordReset.of(KEYS, ZoneOffset.UTC).maxAge(age));
    }
}
