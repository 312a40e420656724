package dev.countermark.frameworks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.countermark.Expired;
import dev.countermark.Keyring;
import dev.countermark.Reason;
import dev.countermark.Rejected;
import dev.countermark.SigningKey;
import dev.countermark.Valid;
import dev.countermark.Verdict;
import dev.countermark.mac.Hmac;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class RailsTest {

    private static final Instant NOW = Instant.parse("2026-11-23T12:00:00.500Z");
    private static final SigningKey KEY = SigningKey.weakText("a secret of Rails");
    private static final Keyring KEYS = Keyring.of(KEY);
    private static final JsonNode SEVEN = JsonMapper.shared().readTree("7");
    private static final RailsMessageVerifier<JsonNode> VERIFIER =
            RailsMessageVerifier.of(KEYS).digest(Hmac.SHA256).clock(at(NOW));

    private static Clock at(Instant instant) {
        return Clock.fixed(instant, ZoneOffset.UTC);
    }

    private static Reason reason(Verdict<?> verdict) {
        assertThat(verdict).isInstanceOf(Rejected.class);
        return ((Rejected<?>) verdict).reason();
    }

    /** A message over any body, rightly signed. */
    private static String message(String body) {
        var base64 = Base64.getEncoder().encodeToString(body.getBytes(StandardCharsets.UTF_8));
        var digest = Hmac.SHA256.withKey(KEY.revealSecret()).compute(base64.getBytes(StandardCharsets.UTF_8));
        return base64 + "--" + HexFormat.of().formatHex(digest);
    }

    @Test
    void a_message_expires_at_the_millisecond() {
        for (var verifier : new RailsMessageVerifier<?>[] {VERIFIER, VERIFIER.newEnvelope()}) {
            @SuppressWarnings("unchecked")
            var json = (RailsMessageVerifier<JsonNode>) verifier;
            var message = json.write(SEVEN, Duration.ofMillis(10));

            assertThat(json.clock(at(NOW.plusMillis(9))).read(message)).isEqualTo(SEVEN);
            assertThat(json.clock(at(NOW.plusMillis(10))).check(message)).isInstanceOf(Expired.class);
        }
    }

    @Test
    void an_expiry_lies_in_the_years_1970_to_9999() {
        var ids = RailsSignedId.of(KEYS, "User").clock(at(NOW));
        for (var absurd : new Duration[] {
            Duration.ofSeconds(Long.MAX_VALUE), Duration.ofSeconds(Long.MIN_VALUE), Duration.ofDays(4_000_000)
        }) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> VERIFIER.write(SEVEN, absurd))
                    .withMessageContaining("year 10000");
            assertThatIllegalArgumentException().isThrownBy(() -> ids.write(SEVEN, absurd));
        }
        assertThatIllegalArgumentException().isThrownBy(() -> VERIFIER.write(SEVEN, Instant.MAX));
    }

    @Test
    void a_purpose_and_its_absence_must_match() {
        var login = VERIFIER.purpose("login");
        var message = login.write(SEVEN);

        assertThat(login.read(message)).isEqualTo(SEVEN);
        assertThat(login.newEnvelope().read(message)).isEqualTo(SEVEN);
        assertThat(login.read(login.newEnvelope().write(SEVEN))).isEqualTo(SEVEN);
        assertThat(reason(VERIFIER.purpose("Login").check(message))).isEqualTo(Reason.CLAIM_MISMATCH);
        assertThat(reason(VERIFIER.check(message))).isEqualTo(Reason.CLAIM_MISMATCH);
        assertThat(reason(login.check(VERIFIER.write(SEVEN)))).isEqualTo(Reason.CLAIM_MISMATCH);
    }

    @Test
    void an_expired_message_of_another_purpose_is_not_ours() {
        var message = VERIFIER.purpose("login").write(SEVEN, Duration.ofMillis(-1));

        assertThat(VERIFIER.purpose("login").check(message)).isInstanceOf(Expired.class);
        assertThat(reason(VERIFIER.purpose("reset").check(message))).isEqualTo(Reason.CLAIM_MISMATCH);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"_rails\":5}",
                "{\"_rails\":\"x\"}",
                "{\"_rails\":{}}",
                "{\"_rails\":{\"message\":\"!!\",\"exp\":null,\"pur\":null}}",
                "{\"_rails\":{\"message\":7,\"exp\":null,\"pur\":null}}",
                "{\"_rails\":{\"message\":\"Nw==\",\"exp\":\"never\",\"pur\":null}}",
                "{\"_rails\":{\"message\":\"Nw==\",\"exp\":\"\",\"pur\":null}}",
                "{\"_rails\":{\"message\":\"Nw==\",\"exp\":4102444800,\"pur\":null}}",
                "{\"_rails\":{\"message\":\"Nw==\",\"exp\":false,\"pur\":null}}",
                "{\"_rails\":{\"message\":\"Nw==\",\"exp\":\"2099-01-01T00:00:00\",\"pur\":null}}",
                "{\"_rails\":{\"message\":\"Nw==\",\"exp\":\"2020-01-01T00:00:00Z\",\"exp\":null,\"pur\":null}}",
                "{\"_rails\":{\"message\":\"Nw==\",\"pur\":[]}}",
                "{\"_rails\":{\"data\":7},\"other\":1}",
                " {\"_rails\":{\"data\":7}}",
                "{\"_rails\":{\"data\":7,\"exp\":\"2020-01-01T00:00:00Z\"}}",
                "nope",
                "",
                "[1,",
            })
    void a_body_that_rails_does_not_write_is_refused_though_signed(String body) {
        for (var release : RailsRelease.values()) {
            assertThat(VERIFIER.release(release).check(message(body)))
                    .as(release.name())
                    .isNotInstanceOf(Valid.class);
            assertThat(VERIFIER.release(release).lenient().check(message(body)))
                    .as(release.name())
                    .isNotNull();
        }
    }

    @Test
    void a_text_that_looks_like_an_envelope_has_one_before_7_1_whatever_the_serializer() {
        var body = "{\"_rails\":{\"message\":\"Nw==\",\"exp\":\"2020-01-01T00:00:00.000Z\",\"pur\":null}}";
        var bytes = RailsMessageVerifier.ofBytes(KEYS).digest(Hmac.SHA256).clock(at(NOW));

        assertThat(bytes.release(RailsRelease.V7_0).check(message(body))).isInstanceOf(Expired.class);
        assertThat(bytes.check(message(body))).isInstanceOf(Expired.class);
        assertThat(bytes.read(message("say \"_rails\""))).isEqualTo("say \"_rails\"".getBytes(StandardCharsets.UTF_8));
        assertThat(bytes.release(RailsRelease.V7_0).read(message("say \"_rails\"")))
                .isEqualTo("say \"_rails\"".getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void a_marshal_reader_takes_nothing_but_marshal() {
        var marshal = RailsMessageVerifier.ofMarshal(KEYS).digest(Hmac.SHA256).clock(at(NOW));

        assertThat(reason(marshal.check(message("7")))).isEqualTo(Reason.PAYLOAD_MALFORMED);
        assertThat(reason(marshal.check(VERIFIER.write(SEVEN)))).isEqualTo(Reason.PAYLOAD_MALFORMED);
        assertThat(marshal.read(message("\4\bi\f"))).isEqualTo(new byte[] {4, 8, 'i', 12});
        assertThat(reason(VERIFIER.check(message("\4\bi\f")))).isEqualTo(Reason.PAYLOAD_MALFORMED);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> marshal.newEnvelope().purpose("x").write(new byte[] {7}));
    }

    @Test
    void an_expiry_in_the_new_envelope_of_marshal_holds() {
        var marshal = RailsMessageVerifier.ofMarshal(KEYS)
                .newEnvelope()
                .purpose("login")
                .clock(at(NOW));
        var value = new byte[] {4, 8, 'i', 12};
        var message = marshal.write(value, Duration.ofSeconds(1));

        assertThat(marshal.read(message)).isEqualTo(value);
        assertThat(marshal.clock(at(NOW.plusSeconds(1))).check(message)).isInstanceOf(Expired.class);
        assertThat(reason(marshal.purpose("reset").check(message))).isEqualTo(Reason.CLAIM_MISMATCH);
    }

    /** The envelope is two levels around the value. */
    @ParameterizedTest
    @ValueSource(ints = {97, 98, 99, 100, 101})
    void what_is_nested_too_deeply_to_be_read_in_its_envelope_is_not_written(int depth) {
        var json = VERIFIER.newEnvelope().purpose("login");
        var marshal = RailsMessageVerifier.ofMarshal(KEYS).newEnvelope().purpose("login");
        var list = JsonMapper.shared().readTree("[".repeat(depth) + "]".repeat(depth));
        var dump = ("\4\b" + "[\6".repeat(depth) + "0").getBytes(StandardCharsets.US_ASCII);

        if (depth <= 98) {
            assertThat(json.read(json.write(list))).isEqualTo(list);
            assertThat(marshal.read(marshal.write(dump))).isEqualTo(dump);
        } else {
            assertThatIllegalArgumentException().isThrownBy(() -> json.write(list));
            assertThatIllegalArgumentException().isThrownBy(() -> marshal.write(dump));
        }
    }

    /** Releases before 7.1 look for no envelope in Marshal, so they read what the others refuse. */
    @ParameterizedTest
    @ValueSource(ints = {99, 100, 101, 200})
    void a_hash_that_is_nested_too_deeply_to_be_read_is_not_written(int depth) {
        var marshal = RailsMessageVerifier.ofMarshal(KEYS);
        var dump = ("\4\b" + "{\6i\6".repeat(depth) + "0").getBytes(StandardCharsets.US_ASCII);
        var older = marshal.release(RailsRelease.V7_0);
        var cookie = RailsCookie.ofMarshal(KEYS, "seen");

        assertThat(older.read(older.write(dump))).isEqualTo(dump);
        assertThat(marshal.purpose("x").read(marshal.purpose("x").write(dump))).isEqualTo(dump);
        assertThat(cookie.read(cookie.write(dump))).isEqualTo(dump);
        if (depth <= 100) {
            assertThat(marshal.read(marshal.write(dump))).isEqualTo(dump);
        } else {
            assertThatIllegalArgumentException().isThrownBy(() -> marshal.write(dump));
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> cookie.writingNoPurpose().write(dump));
        }
    }

    @Test
    void what_readers_would_refuse_without_an_envelope_is_not_written() {
        var marshal = RailsMessageVerifier.ofMarshal(KEYS);
        for (var body : new String[] {"7", "\4\b", "\4\b{", "\4\b{\6", "\4\b{\0x", "\4\bI\"\6a\6;\0T"}) {
            assertThatIllegalArgumentException()
                    .as(body)
                    .isThrownBy(() -> marshal.write(body.getBytes(StandardCharsets.ISO_8859_1)));
            assertThatIllegalArgumentException()
                    .as(body)
                    .isThrownBy(
                            () -> marshal.newEnvelope().purpose("x").write(body.getBytes(StandardCharsets.ISO_8859_1)));
        }
        var bytes = RailsMessageVerifier.ofBytes(KEYS);
        for (var body : new String[] {"{\"_rails\":{\"message\":", "{\"_rails\":7}", "{\"_rails\""}) {
            assertThatIllegalArgumentException()
                    .as(body)
                    .isThrownBy(() -> bytes.release(RailsRelease.V7_0).write(body.getBytes(StandardCharsets.UTF_8)));
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> VERIFIER.write(JsonMapper.shared().readTree("{\"_rails\":7}")));
    }

    /** Rails writes it, and reads another value, for the purpose that the members of this one name. */
    @Test
    void a_value_that_readers_would_take_for_an_envelope_is_not_written() {
        var value = JsonMapper.shared().readTree("{\"_rails\":{\"data\":7,\"pur\":\"admin\"}}");
        var hash = "\4\b{\6I\"\u000b_rails\6:\6ET{\6I\"\tdata\6;\0Ti\f".getBytes(StandardCharsets.ISO_8859_1);
        var old = "{\"_rails\":{\"message\":\"Nw==\",\"exp\":null,\"pur\":\"admin\"}}".getBytes(StandardCharsets.UTF_8);
        var marshal = RailsMessageVerifier.ofMarshal(KEYS);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> VERIFIER.write(value))
                .withMessageContaining("_rails");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> marshal.write(hash))
                .withMessageContaining("_rails");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RailsMessageVerifier.ofBytes(KEYS).write(old))
                .withMessageContaining("_rails");
        for (var login : new RailsMessageVerifier<?>[] {
            VERIFIER.purpose("login"), VERIFIER.purpose("login").newEnvelope()
        }) {
            @SuppressWarnings("unchecked")
            var json = (RailsMessageVerifier<JsonNode>) login;
            assertThat(json.read(json.write(value))).isEqualTo(value);
        }
        var nested = JsonMapper.shared().readTree("[" + value + "]");
        assertThat(VERIFIER.read(VERIFIER.write(nested))).isEqualTo(nested);
        assertThat(marshal.purpose("x").read(marshal.purpose("x").write(hash))).isEqualTo(hash);
    }

    @Test
    void a_rotation_reads_what_was_signed_otherwise() {
        var old = RailsMessageVerifier.ofPlainJson(Keyring.of(SigningKey.weakText("older")));
        var verifier = VERIFIER.purpose("login").alsoReading(old);

        assertThat(verifier.check(old.purpose("login").write(SEVEN)))
                .isInstanceOfSatisfying(
                        Valid.class, valid -> assertThat(valid.reissue()).isTrue());
        assertThat(verifier.check(old.write(SEVEN))).isInstanceOf(Rejected.class);
        assertThat(VERIFIER.purpose("login")
                        .alsoReading(verifier)
                        .read(old.purpose("login").write(SEVEN)))
                .isEqualTo(SEVEN);
    }

    @Test
    void a_message_in_an_other_alphabet_is_read_by_releases_that_read_both() {
        var text = JsonMapper.shared().readTree("\"???>>>~~~\"");
        var urlSafe = VERIFIER.urlSafe();

        assertThat(urlSafe.write(text)).doesNotContainAnyWhitespaces().matches("[A-Za-z0-9_-]+");
        assertThat(VERIFIER.read(urlSafe.write(text))).isEqualTo(text);
        assertThat(reason(VERIFIER.release(RailsRelease.V7_2).check(urlSafe.write(text))))
                .isEqualTo(Reason.PAYLOAD_MALFORMED);
    }

    @Test
    void a_message_has_one_text() {
        var message = VERIFIER.write(SEVEN);

        for (var changed : new String[] {
            message + "--x",
            message + "--",
            "--" + message,
            message.replace("--", "---"),
            message.replace("--", "-"),
            message.toUpperCase(java.util.Locale.ROOT),
            message + "\n",
            " " + message,
            message.replace("=", ""),
            message.replace("=", "%3D"),
        }) {
            for (var release : RailsRelease.values()) {
                assertThat(VERIFIER.release(release).check(changed)).as(changed).isInstanceOf(Rejected.class);
            }
        }
        assertThat(VERIFIER.release(RailsRelease.V6_1).lenient().check(message + "--x"))
                .isInstanceOf(Valid.class);
        assertThat(VERIFIER.lenient().check(message + "--x")).isInstanceOf(Rejected.class);
    }

    @Test
    void a_cookie_is_good_under_its_name_only() {
        var cookie = RailsCookie.of(KEYS, "user_id").digest(Hmac.SHA256).clock(at(NOW));
        var header = cookie.write(SEVEN);

        assertThat(SetCookie.of("user_id", header).header())
                .startsWith("user_id=")
                .doesNotContain("==--");
        assertThat(cookie.read(header)).isEqualTo(SEVEN);
        assertThat(cookie.decoded().read(header.replace("%3D", "="))).isEqualTo(SEVEN);
        var other = RailsCookie.of(KEYS, "admin_id").digest(Hmac.SHA256).clock(at(NOW));
        assertThat(reason(other.check(header))).isEqualTo(Reason.CLAIM_MISMATCH);
        assertThat(reason(other.acceptingNoPurpose().check(header))).isEqualTo(Reason.CLAIM_MISMATCH);
        var nameless = cookie.writingNoPurpose().write(SEVEN);
        assertThat(reason(other.check(nameless))).isEqualTo(Reason.CLAIM_MISMATCH);
        assertThat(other.acceptingNoPurpose().read(nameless)).isEqualTo(SEVEN);
    }

    @Test
    void a_cookie_may_hold_false_and_null_in_every_release() {
        for (var release : RailsRelease.values()) {
            var cookie = RailsCookie.of(KEYS, "seen").release(release);
            for (var value : new String[] {"false", "null", "0", "\"\""}) {
                var node = JsonMapper.shared().readTree(value);
                assertThat(cookie.read(cookie.write(node))).isEqualTo(node);
            }
        }
        assertThat(reason(VERIFIER.release(RailsRelease.V7_0).check(message("false"))))
                .isEqualTo(Reason.PAYLOAD_MALFORMED);
    }

    @Test
    void a_signed_id_is_good_for_its_model_and_purpose_only() {
        var ids = RailsSignedId.of(KEYS, "Admin::BlogPost").purpose("email").clock(at(NOW));
        var id = ids.write(SEVEN, Duration.ofMinutes(5));

        assertThat(ids.read(id)).isEqualTo(SEVEN);
        assertThat(RailsSignedId.of(KEYS, "admin/blog_post")
                        .purpose("email")
                        .clock(at(NOW))
                        .read(id))
                .isEqualTo(SEVEN);
        assertThat(reason(
                        RailsSignedId.of(KEYS, "Admin::BlogPost").clock(at(NOW)).check(id)))
                .isEqualTo(Reason.CLAIM_MISMATCH);
        assertThat(reason(RailsSignedId.of(KEYS, "BlogPost")
                        .purpose("email")
                        .clock(at(NOW))
                        .check(id)))
                .isEqualTo(Reason.CLAIM_MISMATCH);
        assertThat(ids.clock(at(NOW.plusSeconds(300))).check(id)).isInstanceOf(Expired.class);
    }

    @Test
    void no_text_makes_a_reader_throw() {
        long seed = 20261123;
        var random = new Random(seed);
        var message = VERIFIER.purpose("login").write(SEVEN, Duration.ofHours(1));
        var readers = new RailsMessageVerifier<?>[] {
            VERIFIER,
            VERIFIER.release(RailsRelease.V6_0).lenient(),
            RailsMessageVerifier.ofMarshal(KEYS).digest(Hmac.SHA256).lenient(),
            RailsMessageVerifier.ofBytes(KEYS).urlSafe()
        };
        for (int round = 0; round < 20_000; round++) {
            var text = new StringBuilder(message);
            for (int i = random.nextInt(6); i >= 0; i--) {
                int at = random.nextInt(text.length());
                text.replace(at, at + random.nextInt(2), String.valueOf((char)
                        random.nextInt(random.nextBoolean() ? 128 : 65536)));
            }
            for (var reader : readers) {
                assertThat(reader.check(text.toString()))
                        .as("seed %d, round %d: %s", seed, round, text)
                        .isInstanceOf(Rejected.class);
            }
        }
    }

    @Test
    void nothing_shows_a_secret() {
        assertThat(VERIFIER.toString() + RailsCookie.of(KEYS, "a") + RailsSignedId.of(KEYS, "A"))
                .doesNotContain("a secret of Rails")
                .doesNotContain(KEY.fingerprint());
    }
}
