package dev.countermark.frameworks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.countermark.Keyring;
import dev.countermark.Limits;
import dev.countermark.Reason;
import dev.countermark.Rejected;
import dev.countermark.SigningKey;
import dev.countermark.Valid;
import dev.countermark.Verdict;
import dev.countermark.mac.Hmac;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.DoubleNode;

class ExpressTest {

    private static final SigningKey NEW = SigningKey.weakText("keyboard cat");
    private static final SigningKey OLD = SigningKey.weakText("older cat");
    private static final Keyring KEYS = Keyring.of(NEW).accepting(OLD);

    private static JsonNode json(String text) {
        return JsonMapper.shared().readTree(text);
    }

    private static Reason reason(Verdict<?> verdict) {
        assertThat(verdict).isInstanceOf(Rejected.class);
        return ((Rejected<?>) verdict).reason();
    }

    @Test
    void a_signature_is_that_of_the_readme_of_cookie_signature() {
        var tobi = ExpressSignature.of(Keyring.of(SigningKey.weakText("tobiiscool")));

        assertThat(tobi.write("hello")).isEqualTo("hello.DGDUkGlIkCzPz+C0B064FNgHdEjox7ch8tOBGslZ5QI");
        assertThat(tobi.read("hello.DGDUkGlIkCzPz+C0B064FNgHdEjox7ch8tOBGslZ5QI"))
                .isEqualTo("hello");
    }

    /** Node.js 20 makes this signature of the empty text. */
    @Test
    void an_empty_text_is_signed_and_no_text_is_none() {
        var signed = ".aJcKKTu8Uv0mRiw7LTI435t+pOa+giU/WLAuLCKGEFc";
        var texts = ExpressSignature.of(KEYS);

        assertThat(texts.write("")).isEqualTo(signed);
        assertThat(texts.read(signed)).isEmpty();
        assertThat(reason(texts.check(signed.replace('.', 'x')))).isEqualTo(Reason.MALFORMED);
        assertThat(reason(texts.check("tobi"))).isEqualTo(Reason.MALFORMED);
        assertThat(reason(texts.check("."))).isEqualTo(Reason.SIGNATURE_MISMATCH);
    }

    @Test
    void what_is_nested_too_deeply_to_be_read_is_not_written() {
        var cookie = ExpressJsonCookie.of(KEYS);
        var deepest = json("[".repeat(100) + "]".repeat(100));

        assertThat(cookie.read(cookie.write(deepest))).isEqualTo(deepest);
        assertThatIllegalArgumentException().isThrownBy(() -> cookie.write(json("[".repeat(101) + "]".repeat(101))));
    }

    @Test
    void an_older_key_reads_and_asks_for_a_new_cookie() {
        var old = ExpressCookie.of(Keyring.of(OLD)).write("tobi");

        assertThat(ExpressCookie.of(KEYS).check(old))
                .isInstanceOfSatisfying(
                        Valid.class, valid -> assertThat(valid.reissue()).isTrue());
        assertThat(reason(ExpressCookie.of(Keyring.of(NEW)).check(old))).isEqualTo(Reason.SIGNATURE_MISMATCH);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "s", "s:", "s%3A", "tobi", "j%3A1", "%", "s%3", "s%3a%ff.x", "S%3Atobi.x"})
    void what_is_no_signed_cookie_is_refused(String cookie) {
        assertThat(ExpressCookie.of(KEYS).check(cookie)).isInstanceOf(Rejected.class);
        assertThat(ExpressJsonCookie.of(KEYS).check(cookie)).isInstanceOf(Rejected.class);
    }

    /** The answers of cookie-parser 1.4.7 with cookie 0.7.2, which leaves a value as it is whose escapes are broken. */
    @Test
    void a_cookie_is_marked_as_signed_when_express_takes_it_for_one() {
        var cookie = ExpressCookie.of(KEYS);
        assertThat(List.of("s:", "s%3A", "s%3a.x", "%73%3Atobi", "s:%")).allMatch(cookie::isMarkedAsSigned);
        assertThat(List.of("", "tobi", "s%3Atobi.x%2", "s%3Atobi%zz.x", "s%3A%ff.x", "S%3Atobi.x", "s%253A"))
                .noneMatch(cookie::isMarkedAsSigned);
    }

    @Test
    void a_text_and_json_are_not_mixed_up() {
        var text = ExpressCookie.of(KEYS).write("tobi");
        var object = ExpressJsonCookie.of(KEYS).write(json("{\"id\":7}"));

        assertThat(reason(ExpressJsonCookie.of(KEYS).check(text))).isEqualTo(Reason.PAYLOAD_MALFORMED);
        assertThat(ExpressCookie.of(KEYS).read(object)).isEqualTo("j:{\"id\":7}");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ExpressJsonCookie.of(KEYS).write(json("7")));
        assertThat(ExpressJsonCookie.of(KEYS).read(ExpressJsonCookie.of(KEYS).write(json("null"))))
                .isEqualTo(json("null"));
    }

    @Test
    void a_cookie_is_safe_in_a_header() {
        var cookie = ExpressCookie.of(KEYS).write("a; b=\"c\"\r\nX: y, é\\");

        assertThat(SetCookie.of("text", cookie).header()).isEqualTo("text=" + cookie);
        assertThat(ExpressCookie.of(KEYS).read(cookie)).isEqualTo("a; b=\"c\"\r\nX: y, é\\");
    }

    @Test
    void a_session_belongs_to_its_cookie_and_its_signature() {
        var session = ExpressSession.of(KEYS, "session");
        var cookies = session.write(json("{\"user\":\"tobi\"}"));

        assertThat(session.read(cookies.value(), cookies.signature())).isEqualTo(json("{\"user\":\"tobi\"}"));
        assertThat(reason(ExpressSession.of(KEYS, "other").check(cookies.value(), cookies.signature())))
                .isEqualTo(Reason.SIGNATURE_MISMATCH);
        assertThat(reason(session.check(cookies.value() + "=", cookies.signature())))
                .isEqualTo(Reason.SIGNATURE_MISMATCH);
        assertThat(session.check(cookies.value(), cookies.signature() + "=")).isInstanceOf(Rejected.class);
        assertThat(session.check(cookies.value(), "")).isInstanceOf(Rejected.class);
        assertThatIllegalArgumentException().isThrownBy(() -> session.write(json("[]")));
        assertThat(cookies).hasToString("Cookies[]");
    }

    @Test
    void a_session_that_is_none_is_refused_though_signed() {
        var grip = Keygrip.of(KEYS);
        for (var value : new String[] {"W10=", "bnVsbA==", "e30", "!", "", "eyJhIjoxLCJhIjoyfQ=="}) {
            assertThat(reason(ExpressSession.of(KEYS, "session").check(value, grip.write("session=" + value))))
                    .as(value)
                    .isIn(Reason.PAYLOAD_MALFORMED);
        }
    }

    @Test
    void a_signature_of_one_text_is_none_of_another_that_it_could_be_joined_with() {
        var grip = Keygrip.of(KEYS);
        var signature = grip.write("evil.data");

        assertThat(grip.read("evil.data", signature)).isEqualTo("evil.data");
        assertThat(grip.check("data", signature + "evil.")).isInstanceOf(Rejected.class);
        assertThat(grip.check("l.data", signature + "evi")).isInstanceOf(Rejected.class);
        assertThat(grip.index("evil.data", signature)).isZero();
        assertThat(grip.index("evil.data", Keygrip.of(Keyring.of(OLD)).write("evil.data")))
                .isEqualTo(1);
        assertThat(grip.index("evil.data", grip.digest(Hmac.SHA256).write("evil.data")))
                .isEqualTo(-1);
    }

    @Test
    void sizes_are_bounded_before_work() {
        var cookie = ExpressCookie.of(KEYS).limits(Limits.DEFAULT.tokenLength(100));

        assertThat(reason(cookie.check("s%3A" + "%41".repeat(40)))).isEqualTo(Reason.TOO_LONG);
        assertThatIllegalArgumentException().isThrownBy(() -> cookie.write("x".repeat(60)));
    }

    @Test
    void a_text_of_exactly_the_limit_is_looked_at() {
        var cookie = ExpressCookie.of(KEYS).limits(Limits.DEFAULT.tokenLength(10));

        assertThat(cookie.isMarkedAsSigned("s%3Atobi.x")).isTrue();
        assertThat(cookie.isMarkedAsSigned("s%3Atobi.xy")).isFalse();
        var grip = Keygrip.of(KEYS);
        var signature = grip.write("tobi");
        assertThat(grip.limits(Limits.DEFAULT.payloadLength(4)).read("tobi", signature))
                .isEqualTo("tobi");
        assertThat(reason(grip.limits(Limits.DEFAULT.payloadLength(3)).check("tobi", signature)))
                .isEqualTo(Reason.PAYLOAD_TOO_LARGE);
    }

    @Test
    void the_place_of_a_key_is_told_within_the_limits_only() {
        var grip = Keygrip.of(KEYS);
        var signature = grip.write("tobi");

        assertThat(grip.limits(new Limits(31, 4)).index("tobi", signature)).isZero();
        assertThat(grip.limits(new Limits(30, 4)).index("tobi", signature)).isEqualTo(-1);
        assertThat(grip.limits(new Limits(31, 3)).index("tobi", signature)).isEqualTo(-1);
        assertThat(grip.index("tobi\ud800", signature)).isEqualTo(-1);
        assertThat(grip.index("tobi", signature.substring(1) + "\ud800")).isEqualTo(-1);
    }

    /** Found by fuzzing: data that just fitted was signed and then, with its signature, refused. */
    @Test
    void what_is_written_apart_from_its_signature_is_read_at_every_size() {
        var limits = Limits.DEFAULT.tokenLength(100);
        var grip = Keygrip.of(KEYS).limits(limits);
        var sessions = ExpressSession.of(KEYS, "session").limits(limits);
        for (int length = 0; length <= 73; length++) {
            var data = "x".repeat(length);
            assertThat(grip.check(data, grip.write(data))).isInstanceOf(Valid.class);
        }
        assertThatIllegalArgumentException().isThrownBy(() -> grip.write("x".repeat(74)));
        for (int length = 0; length <= 37; length++) {
            var session = json("{\"a\":\"" + "x".repeat(length) + "\"}");
            var cookies = sessions.write(session);
            assertThat(sessions.check(cookies.value(), cookies.signature())).isInstanceOf(Valid.class);
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> sessions.write(json("{\"a\":\"" + "x".repeat(60) + "\"}")));
    }

    /** From node 20: {@code JSON.stringify(x)}. */
    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "-0.0, 0",
        "1.0, 1",
        "1e20, 100000000000000000000",
        "1e21, 1e+21",
        "1.5e21, 1.5e+21",
        "1e-6, 0.000001",
        "1e-7, 1e-7",
        "1.25e-7, 1.25e-7",
        "0.1, 0.1",
        "-1.5, -1.5",
        "5e-324, 5e-324",
        "2e23, 2e+23",
        "1.7976931348623157e308, 1.7976931348623157e+308",
        "123456789.125, 123456789.125"
    })
    void numbers_are_written_as_in_javascript(double value, String expected) {
        assertThat(new String(ForeignJson.JAVASCRIPT.encode(DoubleNode.valueOf(value)), StandardCharsets.US_ASCII))
                .isEqualTo(expected);
    }

    /** From Ruby 3.1.2: {@code JSON.generate(x)}. */
    @ParameterizedTest
    @CsvSource({
        "0.0, 0.0",
        "-0.0, -0.0",
        "1.0, 1.0",
        "1e14, 100000000000000.0",
        "1e15, 1.0e+15",
        "1e16, 1.0e+16",
        "999999999999999.0, 999999999999999.0",
        "1234567890123456.8, 1234567890123456.8",
        "1234567890123456.0, 1.234567890123456e+15",
        "0.0001, 0.0001",
        "0.00012345, 0.00012345",
        "1e-5, 1.0e-05",
        "9.9e-5, 9.9e-05",
        "1e100, 1.0e+100",
        "5e-324, 5.0e-324",
        "1.5e-7, 1.5e-07"
    })
    void numbers_are_written_as_in_ruby(double value, String expected) {
        assertThat(new String(ForeignJson.RUBY.encode(DoubleNode.valueOf(value)), StandardCharsets.US_ASCII))
                .isEqualTo(expected);
    }

    @Test
    void no_text_makes_a_reader_throw() {
        long seed = 20261123;
        var random = new Random(seed);
        var cookie = ExpressJsonCookie.of(KEYS).write(json("{\"id\":7}"));
        for (int round = 0; round < 20_000; round++) {
            var text = new StringBuilder(cookie);
            for (int i = random.nextInt(6); i >= 0; i--) {
                int at = random.nextInt(text.length());
                text.replace(at, at + random.nextInt(2), String.valueOf((char)
                        random.nextInt(random.nextBoolean() ? 128 : 65536)));
            }
            var verdict = ExpressJsonCookie.of(KEYS).check(text.toString());
            if (verdict instanceof Valid<JsonNode> valid) {
                assertThat(valid.value())
                        .as("seed %d, round %d: %s", seed, round, text)
                        .isEqualTo(json("{\"id\":7}"));
            }
            ExpressSession.of(KEYS, "session").check(text.toString(), text.substring(0, Math.min(27, text.length())));
        }
    }
}
