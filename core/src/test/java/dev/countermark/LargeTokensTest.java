package dev.countermark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import dev.countermark.mac.Digest;
import dev.countermark.mac.Hmac;
import dev.countermark.mac.KeyDerivation;
import dev.countermark.mac.MacAlgorithm;
import dev.countermark.mac.MacFunction;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Base64;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Tokens that are hashed piece by piece, and copied only for those who ask for bytes. */
class LargeTokensTest {

    /** From so many characters on. */
    private static final int LARGE = 32 * 1024 + 1;

    private static final Limits RAISED = Limits.DEFAULT.tokenLength(8_000_000).payloadLength(5_000_000);

    private static Tokens<String> tokens(Body body) {
        return Tokens.of(TestKeys.KEYS, "large", Codec.text()).body(body).limits(RAISED);
    }

    /** Letters of no order, which do not become shorter. */
    private static String text(int length) {
        return new Random(length)
                .ints(length, 'a', 'z' + 1)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    /** Of itsdangerous 2.1.2's {@code TimestampSigner}, as in {@link PythonTokensTest}. */
    @ParameterizedTest
    @CsvSource({
        "'', x, 32751, EUWNQepQE_Y5UzXkxCGjezWyn46-EV89eoHRzJRnr_k",
        "'', x, 1000000, AoIccbrZ_Jm90fztuZW5XigczoAmFljxlwxYWUuHeMU",
        "a, \uD83D\uDE00, 20000, OAj8KlQmATZx3D4HW1MhoqiVMoR9qgss_CDjJSRBMMU",
        "'', é\u20AC\uD83D\uDE00x, 10000, -eW2Wx1qX9_1QezCwycA8lb33gTVxM-Kd9jocZqEYEU"
    })
    void recorded_ones_are_written_and_read(String first, String repeated, int times, String signature) {
        var tokens = tokens(Body.TEXT).dated().clock(TestKeys.at(TestKeys.NOW));
        var value = first + repeated.repeat(times);
        var token = value + ".ZVPxAA." + signature;

        assertThat(token.length()).isGreaterThanOrEqualTo(LARGE);
        assertThat(tokens.sign(value).equals(token)).isTrue();
        assertThat(tokens.verify(token).equals(value)).isTrue();
    }

    @ParameterizedTest
    @EnumSource
    void every_layout_is_read_on_both_sides_of_the_bound(Body body) throws GeneralSecurityException {
        var plain = tokens(body);
        var dated = plain.dated().clock(TestKeys.at(TestKeys.NOW));
        int before = (body == Body.TEXT ? LARGE : LARGE * 3 / 4) - 70;
        for (int length = before; length < before + 80; length += 3) {
            var value = text(length);
            assertThat(plain.verify(plain.sign(value)).equals(value)).isTrue();
            assertThat(dated.verify(dated.sign(value)).equals(value)).isTrue();
            var expiring = (Valid<String>) dated.check(dated.sign(value, Duration.ofHours(1)));
            assertThat(expiring.value().equals(value)).isTrue();
            assertThat(expiring.tokenId()).isEqualTo(hashOfSigned(dated.sign(value, Duration.ofHours(1))));
            assertThat(expiring.signedAt()).hasValue(TestKeys.at(TestKeys.NOW).instant());
            assertThat(expiring.expiresAt())
                    .hasValue(TestKeys.at(TestKeys.NOW + 3600).instant());
        }
    }

    private static String hashOfSigned(String token) throws GeneralSecurityException {
        var signed = token.substring(0, token.lastIndexOf('.')).getBytes(StandardCharsets.UTF_8);
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(MessageDigest.getInstance("SHA-256").digest(signed));
    }

    @Test
    void half_a_character_is_refused_as_in_a_small_one() {
        var tokens = tokens(Body.TEXT);
        var token = tokens.sign("?".repeat(LARGE));
        for (int at : new int[] {0, 4095, 4096, LARGE - 1}) {
            for (char half : new char[] {'\uD83D', '\uDE00'}) {
                var other = token.substring(0, at) + half + token.substring(at + 1);
                assertThat(((Rejected<String>) tokens.check(other)).reason()).isEqualTo(Reason.NOT_CANONICAL);
            }
        }
    }

    @Test
    void every_key_is_tried_and_an_older_one_asks_for_a_new_token() {
        var reader = Tokens.of(Keyring.of(TestKeys.OLD).accepting(TestKeys.NEW), "large", Codec.text())
                .limits(RAISED);
        var valid = (Valid<String>) reader.check(tokens(Body.TEXT).sign(text(LARGE)));
        assertThat(valid.reissue()).isTrue();
    }

    @ParameterizedTest
    @EnumSource
    void one_character_changed_is_refused(Body body) {
        var tokens = tokens(body).dated();
        var token = tokens.sign(text(2 * LARGE));
        for (int at : new int[] {0, 4095, 4096, token.length() - 60, token.length() - 47, token.length() - 2}) {
            var forged = token.substring(0, at) + (token.charAt(at) == 'B' ? 'C' : 'B') + token.substring(at + 1);
            assertThat(((Rejected<String>) tokens.check(forged)).reason()).isEqualTo(Reason.SIGNATURE_MISMATCH);
        }
        assertThat(((Rejected<String>) tokens.check(token + "é")).reason()).isEqualTo(Reason.MALFORMED);
    }

    @Test
    void what_has_no_bytes_is_not_signed() {
        var tokens = tokens(Body.TEXT);
        for (int at : new int[] {0, 4095, 4096, LARGE - 1}) {
            for (char half : new char[] {'\uD83D', '\uDE00'}) {
                var value = new StringBuilder("v".repeat(LARGE));
                value.setCharAt(at, half);
                assertThatThrownBy(() -> tokens.sign(value.toString()))
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessageContaining("lone surrogate");
            }
        }
    }

    /** The limit is one of bytes, and a character has up to three. */
    @Test
    void a_payload_is_as_long_as_its_bytes() {
        var value = "\u20AC".repeat(LARGE);
        var bound = 3 * LARGE;
        var enough = tokens(Body.TEXT).limits(RAISED.payloadLength(bound));
        var token = enough.sign(value);
        assertThat(enough.verify(token).equals(value)).isTrue();

        var tooFew = enough.limits(RAISED.payloadLength(bound - 1));
        assertThat(((Rejected<String>) tooFew.check(token)).reason()).isEqualTo(Reason.PAYLOAD_TOO_LARGE);
        assertThatThrownBy(() -> tooFew.sign(value))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(bound + " bytes");
        assertThatThrownBy(() -> enough.limits(RAISED.tokenLength(LARGE)).sign(value))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("token");
    }

    @Test
    void an_expired_one_still_has_its_value() {
        var value = text(LARGE);
        var dated = tokens(Body.TEXT).dated();
        var signed = dated.clock(TestKeys.at(TestKeys.NOW));
        var later = dated.clock(TestKeys.at(TestKeys.NOW + 61));
        var written = (Expired<String>) later.check(signed.sign(value, Duration.ofSeconds(60)));
        assertThat(written.value().equals(value)).isTrue();
        var old = (Expired<String>) later.expiringAfter(Duration.ofSeconds(60)).check(signed.sign(value));
        assertThat(old.value().equals(value)).isTrue();
        assertThatThrownBy(() -> signed.sign(value, Duration.ZERO)).isInstanceOf(IllegalArgumentException.class);
    }

    /** Whatever comes between: another codec of text, a state, an algorithm of another's that knows bytes only. */
    @Test
    void those_who_ask_for_bytes_get_them() {
        var value = "é".repeat(LARGE);
        var token = tokens(Body.TEXT).sign(value);
        assertThat(tokens(Body.TEXT)
                        .as(new OtherText())
                        .body(Body.TEXT)
                        .verify(token)
                        .equals(value))
                .isTrue();

        var bound = tokens(Body.TEXT).boundTo(text -> "state");
        assertThat(bound.verify(bound.sign(value)).equals(value)).isTrue();
        var changed = tokens(Body.TEXT).boundTo(text -> "another");
        assertThat(((Rejected<String>) changed.check(bound.sign(value))).reason())
                .isEqualTo(Reason.STATE_CHANGED);

        var plugged = tokens(Body.TEXT).scheme(new Scheme(KeyDerivation.HMAC, Digest.SHA256, new BytesOnly()));
        assertThat(plugged.sign(value).equals(token)).isTrue();
        assertThat(plugged.verify(token).equals(value)).isTrue();
        var half = tokens(Body.TEXT).sign("?" + value).replace('?', '\uD83D');
        assertThat(((Rejected<String>) plugged.check(half)).reason()).isEqualTo(Reason.NOT_CANONICAL);
    }

    private static final class OtherText implements Codec<String> {

        @Override
        public byte[] encode(String value) {
            return value.getBytes(StandardCharsets.UTF_8);
        }

        @Override
        public String decode(byte[] bytes) {
            return new String(bytes, StandardCharsets.UTF_8);
        }
    }

    private static final class BytesOnly implements MacAlgorithm {

        @Override
        public String algorithmName() {
            return Hmac.SHA256.algorithmName();
        }

        @Override
        public int length() {
            return Hmac.SHA256.length();
        }

        @Override
        public MacFunction withKey(byte[] key) {
            var function = Hmac.SHA256.withKey(key);
            return (data, offset, length) -> function.compute(data, offset, length);
        }
    }

    /** Latin letters take a byte each in memory: a value, a token and a copy of one would be three megabytes. */
    @Test
    void signing_and_checking_make_one_copy() {
        var tokens = tokens(Body.TEXT);
        var value = "v".repeat(1_000_000);
        var token = tokens.sign(value);
        assertThat(allocated(() -> tokens.sign(value))).isBetween(1_000_000L, 1_100_000L);
        assertThat(allocated(() -> tokens.check(token))).isBetween(1_000_000L, 1_100_000L);
    }

    private static long allocated(Runnable call) {
        var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        call.run();
        long before = threads.getCurrentThreadAllocatedBytes();
        call.run();
        return threads.getCurrentThreadAllocatedBytes() - before;
    }

    @Test
    void a_forged_one_is_refused_without_a_copy() {
        var tokens = tokens(Body.TEXT);
        var forged = tokens.sign("v".repeat(1_000_000)).replace("vvvvvvvvv.", "vvvvvvvvw.");
        assertThat(tokens.check(forged)).isInstanceOf(Rejected.class);
        assertThat(allocated(() -> tokens.check(forged))).isLessThan(100_000);
    }
}
