package dev.countermark.itsdangerous;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countermark.Codec;
import dev.countermark.DatedTokens;
import dev.countermark.Expired;
import dev.countermark.Reason;
import dev.countermark.Rejected;
import dev.countermark.Valid;
import dev.countermark.json.PythonJson;
import dev.countermark.mac.KeyDerivation;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Tokens printed in a forum post of 2015 and those of installed releases; no expected value is our own. */
class PythonTokensTest {

    private static final String FORUM_TOKEN = "{\"id\": \"foobar\"}.COWWsA.dect1vZLaDdgFQUA1G_iTpPY3Hg";
    private static final Instant FORUM_TIME = Instant.parse("2015-09-24T14:14:08Z");
    private static final JsonNode FORUM_VALUE = PythonJson.standard().loads("{\"id\": \"foobar\"}");

    private static Clock at(Instant instant) {
        return Clock.fixed(instant, ZoneOffset.UTC);
    }

    private static DatedTokens<JsonNode> forum(Instant now) {
        return ItsDangerous.V0_24.keys("sekrit").timedSerializer().clock(at(now));
    }

    @Test
    void the_forum_token_is_written_and_read() {
        assertThat(forum(FORUM_TIME).sign(FORUM_VALUE)).isEqualTo(FORUM_TOKEN);
        var verdict = forum(FORUM_TIME.plusSeconds(60)).check(FORUM_TOKEN, Duration.ofSeconds(60));
        assertThat(verdict.orThrow()).isEqualTo(FORUM_VALUE);
        assertThat(verdict instanceof Valid<?> valid ? valid.signedAt() : null).contains(FORUM_TIME);
    }

    @Test
    void an_expired_token_says_what_python_says() {
        var verdict = forum(FORUM_TIME.plusSeconds(18)).check(FORUM_TOKEN, Duration.ZERO);
        assertThat(verdict).isInstanceOf(Expired.class);
        assertThat(verdict.detail(PythonError.class)).hasValueSatisfying(error -> {
            assertThat(error.className()).isEqualTo("SignatureExpired");
            assertThat(error.message()).isEqualTo("Signature age 18 > 0 seconds");
            assertThat(error.payload()).hasValue("{\"id\": \"foobar\"}".getBytes(StandardCharsets.UTF_8));
            assertThat(error.dateSigned()).contains(FORUM_TIME);
        });
    }

    @Test
    void a_newer_release_finds_the_token_41_years_old_unless_it_accepts_both_epochs() {
        var python = ItsDangerous.V2_2_0.keys("sekrit");
        var now = at(FORUM_TIME.plusSeconds(1));
        var year = Duration.ofDays(365);
        assertThat(python.timedSerializer().clock(now).check(FORUM_TOKEN, year)).isInstanceOf(Expired.class);
        var both = python.acceptingBothEpochs().timedSerializer().clock(now);
        assertThat(both.check(FORUM_TOKEN, year)).isInstanceOf(Valid.class);
        assertThat(both.verify(both.sign(FORUM_VALUE), year)).isEqualTo(FORUM_VALUE);
    }

    @Test
    void another_spelling_of_the_signature_counts_only_when_lenient() {
        var padded = FORUM_TOKEN + "=";
        var verdict = forum(FORUM_TIME).check(padded);
        assertThat(verdict).isInstanceOf(Rejected.class);
        assertThat(verdict.detail()).as("Python accepts it").isEmpty();
        var lenient =
                ItsDangerous.V0_24.keys("sekrit").lenient().timedSerializer().clock(at(FORUM_TIME));
        assertThat(lenient.verify(padded)).isEqualTo(FORUM_VALUE);
    }

    @Test
    void the_newest_key_signs_and_all_are_read() {
        var before = ItsDangerous.V2_2_0.keys("old").signer();
        var after =
                ItsDangerous.V2_2_0.keys(PythonKeys.oldestFirst("old", "new")).signer();
        var then = ItsDangerous.V2_2_0.keys("new").signer();
        assertThat(then.verify(after.sign("value"))).isEqualTo("value");
        assertThat(after.check(before.sign("value")))
                .isInstanceOfSatisfying(
                        Valid.class, valid -> assertThat(valid.reissue()).isTrue());
    }

    @Test
    void bytes_that_are_no_text_have_tokens_of_bytes() {
        var signer = ItsDangerous.V2_2_0.keys("key").signer().as(Codec.bytes());
        var value = new byte[] {(byte) 0xff, '.', (byte) 0xfe};
        assertThat(signer.checkBytes(signer.signToBytes(value)).orThrow()).isEqualTo(value);
        assertThatThrownBy(() -> signer.sign(value)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_separator_is_checked_as_the_release_checks_it() {
        assertThatThrownBy(() -> ItsDangerous.V1_1_0.keys("key").separator("zA"))
                .isInstanceOf(IllegalArgumentException.class);
        ItsDangerous.V1_1_0.keys("key").separator("Az");
        ItsDangerous.V0_24.keys("key").separator("zA");
    }

    @Test
    void a_release_selects_its_generation() {
        assertThat(ItsDangerous.release("0.23")).isEqualTo(ItsDangerous.V0_24);
        assertThat(ItsDangerous.release("2.0.0")).isEqualTo(ItsDangerous.V2_0_0);
        assertThat(ItsDangerous.release("2.0.1")).isEqualTo(ItsDangerous.V2_0_1);
        assertThat(ItsDangerous.release("2.1.1")).isEqualTo(ItsDangerous.V2_1_2);
        assertThat(ItsDangerous.release("2.2.0")).isEqualTo(ItsDangerous.newest());
        for (var unknown : new String[] {"0.21", "3.0", "2", "", "two"}) {
            assertThatThrownBy(() -> ItsDangerous.release(unknown)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void a_fallback_entry_takes_the_defaults_and_not_the_serializers_settings() {
        var hmac = ItsDangerous.V2_2_0.keys("key").keyDerivation(KeyDerivation.HMAC);
        var plain = ItsDangerous.V2_2_0.keys("key").serializer().sign(FORUM_VALUE);
        var own = hmac.serializer().sign(FORUM_VALUE);
        assertThat(hmac.serializer().check(plain)).isInstanceOf(Rejected.class);
        var withDefaults = hmac.fallbackSigners(FallbackSigner.defaults()).serializer();
        assertThat(withDefaults.check(plain))
                .isInstanceOfSatisfying(
                        Valid.class, valid -> assertThat(valid.reissue()).isTrue());
        assertThat(withDefaults.verify(own)).isEqualTo(FORUM_VALUE);
        assertThat(hmac.fallbackSigners(FallbackSigner.sameSettings())
                        .serializer()
                        .check(plain))
                .isInstanceOf(Rejected.class);
    }

    @Test
    void a_date_in_the_future_is_refused_with_the_words_of_the_release() {
        var verdict = ItsDangerous.V2_0_1
                .keys("key")
                .timestampSigner()
                .clock(at(FORUM_TIME))
                .check(
                        ItsDangerous.V2_0_1
                                .keys("key")
                                .timestampSigner()
                                .clock(at(FORUM_TIME.plusSeconds(5)))
                                .sign("value"),
                        Duration.ofMinutes(1));
        assertThat(verdict)
                .isInstanceOfSatisfying(
                        Rejected.class,
                        rejected -> assertThat(rejected.reason()).isEqualTo(Reason.FROM_THE_FUTURE));
        assertThat(verdict.detail(PythonError.class).map(PythonError::message))
                .contains("Signature age -5 < 0 seconds");
    }

    @Test
    void nothing_shows_a_key() {
        var python = ItsDangerous.V2_2_0.keys("the-secret-itself").salt("pepper");
        assertThat(python.toString() + python.urlSafeTimedSerializer()).doesNotContain("the-secret-itself");
    }
}
