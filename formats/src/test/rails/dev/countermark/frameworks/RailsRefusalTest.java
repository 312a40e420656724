package dev.countermark.frameworks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countermark.Expired;
import dev.countermark.Keyring;
import dev.countermark.Limits;
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
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Why a message is refused, and what Rails 6.1.7, 7.0.10 and 8.1.3.1 say to it. */
class RailsRefusalTest {

    private static final String ERROR = "ActiveSupport::MessageVerifier::InvalidSignature";
    private static final SigningKey KEY = SigningKey.weakText("a secret of Rails");
    private static final Keyring KEYS = Keyring.of(KEY);
    private static final Instant NOW = Instant.parse("2026-11-23T12:00:00.500Z");
    private static final JsonNode SEVEN = JsonMapper.shared().readTree("7");
    private static final RailsMessageVerifier<JsonNode> VERIFIER =
            RailsMessageVerifier.ofPlainJson(KEYS).digest(Hmac.SHA256).clock(at(NOW));

    private static Clock at(Instant instant) {
        return Clock.fixed(instant, ZoneOffset.UTC);
    }

    /** A text with the right digest. */
    private static String signed(String text) {
        var digest = Hmac.SHA256.withKey(KEY.revealSecret()).compute(text.getBytes(StandardCharsets.UTF_8));
        return text + "--" + HexFormat.of().formatHex(digest);
    }

    private static String message(String body) {
        return signed(Base64.getEncoder().encodeToString(body.getBytes(StandardCharsets.UTF_8)));
    }

    private static void refused(Verdict<?> verdict, Reason reason) {
        assertThat(verdict)
                .isInstanceOfSatisfying(
                        Rejected.class,
                        rejected -> assertThat(rejected.reason()).isEqualTo(reason));
    }

    private static void refused(RailsMessageVerifier<JsonNode> verifier, String message, Reason reason, String words) {
        var verdict = verifier.check(message);
        refused(verdict, reason);
        assertThat(verdict.detail(FrameworkError.class)).contains(new FrameworkError(ERROR, words));
        var before = verifier.release(RailsRelease.V7_0).check(message);
        refused(before, reason);
        assertThat(before.detail(FrameworkError.class)).contains(new FrameworkError(ERROR, ERROR));
    }

    @Test
    void a_refusal_is_told_in_the_words_of_rails() {
        var login = VERIFIER.purpose("login");
        var message = login.write(SEVEN);

        refused(login, message + "x", Reason.MALFORMED, "mismatched digest");
        refused(
                login,
                message.replace("--", "--0").substring(0, message.length()),
                Reason.SIGNATURE_MISMATCH,
                "mismatched digest");
        refused(login, signed("!!"), Reason.PAYLOAD_MALFORMED, "invalid base64");
        refused(
                VERIFIER,
                message("{\"_rails\":{\"message\":\"!!\",\"exp\":null,\"pur\":null}}"),
                Reason.PAYLOAD_MALFORMED,
                "invalid base64");
        refused(VERIFIER, message, Reason.CLAIM_MISMATCH, "mismatched purpose");
        refused(VERIFIER.purpose("reset"), message, Reason.CLAIM_MISMATCH, "mismatched purpose");
        refused(login, VERIFIER.write(SEVEN), Reason.CLAIM_MISMATCH, "missing metadata");
        var late = login.write(SEVEN, Duration.ofMillis(-1));
        refused(VERIFIER, late, Reason.CLAIM_MISMATCH, "expired");
        assertThat(login.check(late)).isInstanceOf(Expired.class);
        assertThat(login.check(late).detail(FrameworkError.class)).contains(new FrameworkError(ERROR, "expired"));
    }

    /** Rails ends in a JSON::ParserError, a TypeError or an ArgumentError, or reads it. */
    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "{\"_rails\":5}, PAYLOAD_MALFORMED",
                "{\"other\":1;\"_rails\":{\"message\":\"e30=\"}}, PAYLOAD_MALFORMED",
                "{\"_rails\":{\"message\":\"e30=\";\"exp\":\"not a time\";\"pur\":null}}, EXPIRY_MALFORMED"
            })
    void a_refusal_that_is_none_of_rails_has_none_of_its_errors(String body, Reason reason) {
        for (var release : List.of(RailsRelease.V7_0, RailsRelease.V8_1)) {
            var verdict = VERIFIER.release(release).check(message(body.replace(';', ',')));
            refused(verdict, reason);
            assertThat(verdict.detail()).isEmpty();
        }
    }

    @Test
    void a_size_beyond_ours_is_no_error_of_rails() {
        var message = message("[1,2]");
        var short_ = VERIFIER.limits(Limits.DEFAULT.tokenLength(message.length() - 1));
        var small = VERIFIER.limits(Limits.DEFAULT.payloadLength(4));

        refused(short_.check(message), Reason.TOO_LONG);
        assertThat(short_.check(message).detail()).isEmpty();
        refused(small.check(message), Reason.PAYLOAD_TOO_LARGE);
        assertThat(small.check(message).detail()).isEmpty();
    }

    /** Rails before 7.1 takes these for no value; a text that nothing serializes is one. */
    @ParameterizedTest
    @ValueSource(strings = {"null", "false", " null\n", " false"})
    void null_and_false_are_values_of_json_since_7_1(String json) {
        for (var each : List.of(VERIFIER, RailsMessageVerifier.of(KEYS).digest(Hmac.SHA256))) {
            refused(each.release(RailsRelease.V6_1).check(message(json)), Reason.PAYLOAD_MALFORMED);
            refused(each.release(RailsRelease.V7_0).check(message(json)), Reason.PAYLOAD_MALFORMED);
            assertThat(each.release(RailsRelease.V7_0).check(message(json)).detail())
                    .contains(new FrameworkError(ERROR, ERROR));
            assertThat(each.release(RailsRelease.V7_1).read(message(json)))
                    .isEqualTo(JsonMapper.shared().readTree(json));
        }
        var bytes = RailsMessageVerifier.ofBytes(KEYS).digest(Hmac.SHA256).release(RailsRelease.V6_1);
        assertThat(bytes.read(message(json))).asString(StandardCharsets.UTF_8).isEqualTo(json);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\4\b0", "\4\bF"})
    void nil_and_false_are_values_of_marshal_since_7_1(String dump) {
        var marshal = RailsMessageVerifier.ofMarshal(KEYS).digest(Hmac.SHA256);

        refused(marshal.release(RailsRelease.V6_1).check(message(dump)), Reason.PAYLOAD_MALFORMED);
        refused(marshal.release(RailsRelease.V7_0).check(message(dump)), Reason.PAYLOAD_MALFORMED);
        assertThat(marshal.release(RailsRelease.V7_1).read(message(dump)))
                .asString(StandardCharsets.UTF_8)
                .isEqualTo(dump);
        var bytes = RailsMessageVerifier.ofBytes(KEYS).digest(Hmac.SHA256).release(RailsRelease.V6_1);
        assertThat(bytes.read(message(dump))).asString(StandardCharsets.UTF_8).isEqualTo(dump);
        assertThat(marshal.release(RailsRelease.V6_1).check(message("\4\bT"))).isInstanceOf(Valid.class);
        assertThat(marshal.release(RailsRelease.V6_1).check(message("\4\bT")).detail())
                .isEmpty();
    }

    @Test
    void a_dump_without_a_value_is_no_marshal() {
        var marshal = RailsMessageVerifier.ofMarshal(KEYS).digest(Hmac.SHA256);

        refused(marshal.check(message("\4\b")), Reason.PAYLOAD_MALFORMED);
        refused(marshal.release(RailsRelease.V7_0).check(message("\4\b")), Reason.PAYLOAD_MALFORMED);
    }

    @ParameterizedTest
    @EnumSource(
            value = RailsRelease.class,
            names = {"V6_1", "V7_0"})
    void a_text_without_a_body_or_outside_ascii_is_no_message(RailsRelease release) {
        for (var verifier :
                List.of(VERIFIER.release(release), VERIFIER.release(release).lenient())) {
            refused(verifier.check(signed("")), Reason.MALFORMED);
            refused(verifier.check(signed("\u00e9")), Reason.MALFORMED);
            refused(verifier.check("\u00e9Nw==--" + "0".repeat(63)), Reason.MALFORMED);
            refused(verifier.check("\u00e9Nw==-" + "-".repeat(65)), Reason.MALFORMED);
            refused(verifier.check("-".repeat(66)), Reason.MALFORMED);
            refused(verifier.check("0".repeat(65)), Reason.MALFORMED);
            refused(verifier.check(signed("\u007f")), Reason.PAYLOAD_MALFORMED);
        }
    }

    /** Ruby 3.1.2 with Rails 6.1.7.10 reads 7 in all three, whatever the serializer. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                " {\"_rails\":{\"message\":\"Nw==\",\"exp\":null,\"pur\":null}}",
                "{\"x\":1,\"_rails\":{\"message\":\"Nw==\",\"exp\":null,\"pur\":null}}"
            })
    void an_envelope_that_rails_did_not_write_is_read_only_when_lenient(String body) {
        var json = VERIFIER.release(RailsRelease.V6_1);
        var bytes = RailsMessageVerifier.ofBytes(KEYS).digest(Hmac.SHA256).release(RailsRelease.V6_1);

        refused(json.check(message(body)), Reason.PAYLOAD_MALFORMED);
        refused(bytes.check(message(body)), Reason.PAYLOAD_MALFORMED);
        assertThat(json.lenient().read(message(body))).isEqualTo(SEVEN);
        assertThat(bytes.lenient().read(message(body)))
                .asString(StandardCharsets.UTF_8)
                .isEqualTo("7");
    }

    private static Optional<Instant> expiry(String message) {
        return ((Valid<JsonNode>) VERIFIER.check(message)).expiresAt();
    }

    @Test
    void a_verdict_tells_the_last_second_before_the_expiry() {
        var second = Instant.parse("2026-11-23T12:00:00Z");

        assertThat(expiry(VERIFIER.write(SEVEN))).isEmpty();
        assertThat(expiry(VERIFIER.write(SEVEN, second.plusMillis(501)))).contains(second);
        assertThat(expiry(VERIFIER.write(SEVEN, second.plusSeconds(1)))).contains(second);
        assertThat(expiry(VERIFIER.write(SEVEN, second.plusMillis(1001)))).contains(second.plusSeconds(1));
    }
}
