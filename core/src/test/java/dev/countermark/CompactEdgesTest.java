package dev.countermark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The first and the last of each thing that a token of ours can have; found as mutants that no test noticed. */
class CompactEdgesTest {

    private static final Duration HOUR = Duration.ofHours(1);
    private static final Keyring ROTATED = Keyring.of(TestKeys.NEW).accepting(TestKeys.OLD);

    private static Tokens<String> tokens(Keyring keys, Body body) {
        return Tokens.of(keys, "edge", Codec.text()).body(body);
    }

    @ParameterizedTest
    @EnumSource
    void an_older_key_asks_for_a_new_token_and_the_newest_does_not(Body body) {
        var reader = tokens(ROTATED, body);
        var old = (Valid<String>)
                reader.check(tokens(Keyring.of(TestKeys.OLD), body).sign("a"));
        var young = (Valid<String>)
                reader.check(tokens(Keyring.of(TestKeys.NEW), body).sign("a"));
        assertThat(old.reissue()).isTrue();
        assertThat(young.reissue()).isFalse();
    }

    @ParameterizedTest
    @EnumSource
    void a_token_of_exactly_the_limit_is_read(Body body) {
        var plain = tokens(TestKeys.KEYS, body);
        var token = plain.sign("some text");
        var fits = plain.limits(Limits.DEFAULT.tokenLength(token.length()));
        var tooSmall = plain.limits(Limits.DEFAULT.tokenLength(token.length() - 1));

        assertThat(fits.verify(token)).isEqualTo("some text");
        assertThat(fits.unverified(token).unverifiedValue()).contains("some text");
        assertThat(((Rejected<?>) tooSmall.check(token)).reason()).isEqualTo(Reason.TOO_LONG);
        assertThat(tooSmall.unverified(token).isWellFormed()).isFalse();
        assertThat(fits.sign("some text")).isEqualTo(token);
        assertThatIllegalArgumentException().isThrownBy(() -> tooSmall.sign("some text"));
    }

    /** Its separator, or the mark of its expiry, is the first character. */
    @ParameterizedTest
    @EnumSource
    void an_empty_value_has_every_kind_of_token(Body body) {
        var plain = tokens(TestKeys.KEYS, body);
        var dated = plain.dated().clock(TestKeys.at(TestKeys.NOW));

        assertThat(plain.verify(plain.sign(""))).isEmpty();
        assertThat(plain.unverified(plain.sign("")).unverifiedValue()).contains("");
        assertThat(dated.check(dated.sign("")).orThrow()).isEmpty();
        assertThat(dated.unverified(dated.sign("")).unverifiedSignedAt()).contains(Instant.ofEpochSecond(TestKeys.NOW));
        var expiring = dated.sign("", HOUR);
        var valid = (Valid<String>) dated.check(expiring);
        assertThat(valid.expiresAt()).contains(Instant.ofEpochSecond(TestKeys.NOW + 3600));
        assertThat(dated.clock(TestKeys.at(TestKeys.NOW + 3600)).check(expiring))
                .isInstanceOf(Valid.class);
        assertThat(dated.clock(TestKeys.at(TestKeys.NOW + 3601)).check(expiring))
                .isInstanceOf(Expired.class);
    }

    /** Bodies in base64 share a key with and without a date, so nothing else keeps a value from becoming one. */
    @Test
    void a_value_that_ends_like_a_date_is_none() {
        var plain = Tokens.of(TestKeys.KEYS, "edge", Codec.bytes()).body(Body.URL_SAFE);
        var dated = plain.dated().clock(TestKeys.at(TestKeys.NOW));
        var now = dated.sign(new byte[0]).substring(1, 7);
        var token = plain.sign(Base64.getUrlDecoder().decode("A" + now));

        assertThat(token).startsWith("A" + now + ".");
        assertThat(((Rejected<?>) dated.check(token)).reason()).isEqualTo(Reason.DATE_MISSING);
    }

    @ParameterizedTest
    @EnumSource
    void what_nobody_has_verified_says_its_dates(Body body) {
        var dated = tokens(TestKeys.KEYS, body).dated().clock(TestKeys.at(TestKeys.NOW));
        for (var value : new String[] {"", "a", "a.b"}) {
            var lasting = dated.unverified(dated.sign(value));
            assertThat(lasting.unverifiedValue()).contains(value);
            assertThat(lasting.unverifiedSignedAt()).contains(Instant.ofEpochSecond(TestKeys.NOW));
            assertThat(lasting.unverifiedExpiresAt()).isEmpty();
            var expiring = dated.unverified(dated.sign(value, HOUR));
            assertThat(expiring.unverifiedValue()).contains(value);
            assertThat(expiring.unverifiedSignedAt()).contains(Instant.ofEpochSecond(TestKeys.NOW));
            assertThat(expiring.unverifiedExpiresAt()).contains(Instant.ofEpochSecond(TestKeys.NOW + 3600));
        }
    }

    @Test
    void a_text_that_has_no_form_is_none() {
        var plain = tokens(TestKeys.KEYS, Body.TEXT);
        var dated = plain.dated();
        for (var text : new String[] {"", ".", "a", "a.b", "x".repeat(43), "." + "x".repeat(42)}) {
            assertThat(plain.unverified(text).isWellFormed()).as(text).isFalse();
            assertThat(dated.unverified(text).isWellFormed()).as(text).isFalse();
        }
        assertThat(plain.unverified("." + "x".repeat(43)).isWellFormed()).isTrue();
        assertThat(dated.unverified("." + "x".repeat(43)).isWellFormed()).isFalse();
        assertThat(((Rejected<?>) plain.check("." + "x".repeat(43))).reason()).isEqualTo(Reason.SIGNATURE_MISMATCH);
        assertThat(((Rejected<?>) plain.check("x".repeat(43))).reason()).isEqualTo(Reason.MALFORMED);
    }

    /** A question mark is also what Java writes for half a character: at no place may one text pass for the other. */
    @Test
    void half_a_character_is_no_question_mark_wherever_it_stands() {
        var plain = tokens(TestKeys.KEYS, Body.TEXT);
        for (int length = 1; length <= 40; length++) {
            for (int at = 0; at < length; at++) {
                var token = plain.sign("a".repeat(at) + "?" + "a".repeat(length - 1 - at));
                var other = token.substring(0, at) + "\ud800" + token.substring(at + 1);
                assertThat(plain.check(token)).isInstanceOf(Valid.class);
                assertThat(((Rejected<?>) plain.check(other)).reason())
                        .as("%d of %d", at, length)
                        .isEqualTo(Reason.NOT_CANONICAL);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void bytes_are_bounded_as_texts_are(Body body) {
        var plain = tokens(TestKeys.KEYS, body);
        var token = plain.signToBytes("some text");
        var fits = plain.limits(Limits.DEFAULT.tokenLength(token.length));
        var tooSmall = plain.limits(Limits.DEFAULT.tokenLength(token.length - 1));

        assertThat(fits.signToBytes("some text")).isEqualTo(token);
        assertThat(fits.checkBytes(token).orThrow()).isEqualTo("some text");
        assertThat(((Rejected<?>) tooSmall.checkBytes(token)).reason()).isEqualTo(Reason.TOO_LONG);
        assertThatIllegalArgumentException().isThrownBy(() -> tooSmall.signToBytes("some text"));
    }

    @ParameterizedTest
    @EnumSource
    void a_payload_of_exactly_the_limit_is_signed_and_read(Body body) {
        var plain = tokens(TestKeys.KEYS, body);
        for (var value : new String[] {"some text", "a".repeat(100)}) {
            var token = plain.sign(value);
            var fits = plain.limits(Limits.DEFAULT.payloadLength(value.length()));
            var tooSmall = plain.limits(Limits.DEFAULT.payloadLength(value.length() - 1));

            assertThat(fits.sign(value)).isEqualTo(token);
            assertThat(fits.verify(token)).isEqualTo(value);
            assertThat(fits.unverified(token).unverifiedValue()).contains(value);
            assertThatIllegalArgumentException().isThrownBy(() -> tooSmall.sign(value));
            assertThat(((Rejected<?>) tooSmall.check(token)).reason()).isEqualTo(Reason.PAYLOAD_TOO_LARGE);
            assertThat(tooSmall.unverified(token).unverifiedValue()).isEmpty();
        }
    }

    @Test
    void limits_are_positive() {
        assertThat(new Limits(1, 1).payloadLength()).isEqualTo(1);
        assertThatIllegalArgumentException().isThrownBy(() -> Limits.DEFAULT.tokenLength(0));
        assertThatIllegalArgumentException().isThrownBy(() -> Limits.DEFAULT.payloadLength(0));
    }

    /** What prints and cannot stand in a signature or before an expiry separates. */
    @Test
    void a_separator_is_any_printable_character_beside_the_alphabet() {
        var alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_=~";
        var plain = tokens(TestKeys.KEYS, Body.TEXT);
        for (char c = 0; c < 0x180; c++) {
            char separator = c;
            if (c > ' ' && c < 0x7f && alphabet.indexOf(c) < 0) {
                var own = plain.separator(separator);
                assertThat(own.verify(own.sign("a"))).isEqualTo("a");
            } else {
                assertThatIllegalArgumentException().isThrownBy(() -> plain.separator(separator));
            }
        }
    }

    @Test
    void leeway_adds_to_a_written_expiry() {
        var dated = tokens(TestKeys.KEYS, Body.TEXT).dated().leeway(Duration.ofSeconds(30));
        var token = dated.clock(TestKeys.at(TestKeys.NOW)).sign("a", HOUR);
        assertThat(dated.clock(TestKeys.at(TestKeys.NOW + 3630)).check(token)).isInstanceOf(Valid.class);
        assertThat(dated.clock(TestKeys.at(TestKeys.NOW + 3631)).check(token)).isInstanceOf(Expired.class);
        assertThatIllegalArgumentException().isThrownBy(() -> dated.clockSkew(Duration.ofSeconds(-1)));
    }

    @Test
    void bytes_are_read_by_older_readers_too_and_written_with_their_expiry() {
        var old = tokens(Keyring.of(TestKeys.OLD), Body.TEXT).expiringAfter(HOUR);
        var young = tokens(TestKeys.KEYS, Body.URL_SAFE).expiringAfter(HOUR);
        var both = young.alsoReading(old).clock(TestKeys.at(TestKeys.NOW));
        var oldToken = old.clock(TestKeys.at(TestKeys.NOW)).signToBytes("a");

        assertThat(((Valid<String>) both.checkBytes(oldToken)).reissue()).isTrue();
        assertThat(((Valid<String>) both.checkBytes(both.signToBytes("a"))).reissue())
                .isFalse();
        assertThat(both.clock(TestKeys.at(TestKeys.NOW + 3601)).checkBytes(oldToken))
                .isInstanceOf(Expired.class);
        oldToken[0]++;
        assertThat(both.checkBytes(oldToken)).isInstanceOf(Rejected.class);

        assertThat(((Valid<String>) both.checkBytes(both.signToBytes("a"))).expiresAt())
                .isEmpty();
        var written = both.writingExpiry().signToBytes("a");
        assertThat(((Valid<String>) both.checkBytes(written)).expiresAt())
                .contains(Instant.ofEpochSecond(TestKeys.NOW + 3600));
        assertThat(both.sign("a", HOUR))
                .asString()
                .isEqualTo(both.writingExpiry().sign("a"));
    }
}
