package dev.countermark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TimedTokensTest {

    private static final long NOW = TestKeys.NOW;

    private final Tokens<String> base = Tokens.of(TestKeys.KEYS, "login", Codec.text());
    private final TimedTokens<String> logins =
            base.expiringAfter(Duration.ofHours(1)).clock(TestKeys.at(NOW));
    private final String token = logins.sign("foobar");

    private TimedTokens<String> at(long seconds) {
        return logins.clock(TestKeys.at(seconds));
    }

    private static Reason reason(Verdict<?> verdict) {
        assertThat(verdict).isInstanceOf(Rejected.class);
        return ((Rejected<?>) verdict).reason();
    }

    @Test
    void a_token_lives_to_the_last_second_of_its_lifetime() {
        assertThat(at(NOW + 3600).verify(token)).isEqualTo("foobar");
        assertThat(at(NOW + 3601).check(token)).isInstanceOf(Expired.class);
    }

    @Test
    void an_expired_token_still_tells_its_value_and_date() {
        var late = (Expired<String>) at(NOW + 9999).check(token);
        assertThat(late.value()).isEqualTo("foobar");
        assertThat(late.signedAt()).contains(Instant.ofEpochSecond(NOW));
        assertThatExceptionOfType(ExpiredTokenException.class)
                .isThrownBy(() -> at(NOW + 9999).verify(token))
                .satisfies(e -> {
                    assertThat(e.signedAt()).contains(Instant.ofEpochSecond(NOW));
                    assertThat(e.reason()).isEqualTo(Reason.EXPIRED);
                });
    }

    @Test
    void a_forged_expired_token_is_rejected_not_expired() {
        assertThat(reason(at(NOW + 9999).check("x" + token))).isEqualTo(Reason.SIGNATURE_MISMATCH);
    }

    @Test
    void leeway_adds_to_the_lifetime() {
        assertThat(at(NOW + 3630).leeway(Duration.ofSeconds(30)).verify(token)).isEqualTo("foobar");
        assertThat(at(NOW + 3631).leeway(Duration.ofSeconds(30)).check(token)).isInstanceOf(Expired.class);
        assertThatIllegalArgumentException().isThrownBy(() -> logins.leeway(Duration.ofSeconds(-1)));
    }

    @Test
    void the_future_is_refused_beyond_the_skew_of_two_clocks() {
        assertThat(at(NOW - 30).verify(token)).isEqualTo("foobar");
        assertThat(reason(at(NOW - 31).check(token))).isEqualTo(Reason.FROM_THE_FUTURE);
        assertThat(reason(at(NOW - 1).clockSkew(Duration.ZERO).check(token))).isEqualTo(Reason.FROM_THE_FUTURE);
        assertThat(at(NOW - 600).clockSkew(Duration.ofMinutes(10)).verify(token))
                .isEqualTo("foobar");
    }

    @Test
    void a_lifetime_of_one_call_can_only_shorten() {
        assertThat(at(NOW + 11).check(token, Duration.ofSeconds(10))).isInstanceOf(Expired.class);
        assertThat(at(NOW + 10).verify(token, Duration.ofSeconds(10))).isEqualTo("foobar");
        assertThat(at(NOW + 3601).check(token, Duration.ofDays(1))).isInstanceOf(Expired.class);
    }

    @Test
    void a_fraction_of_a_second_does_not_count() {
        assertThat(at(NOW + 29).verify(token, Duration.ofMillis(29_500))).isEqualTo("foobar");
        assertThat(at(NOW + 30).check(token, Duration.ofMillis(29_500))).isInstanceOf(Expired.class);
    }

    @ParameterizedTest
    @EnumSource
    void a_written_expiry_holds_for_every_reader(Body body) {
        var dated = base.body(body).dated().clock(TestKeys.at(NOW));
        var written = dated.sign("foobar", Duration.ofMinutes(1));
        var plain = dated.clock(TestKeys.at(NOW + 60));
        var valid = (Valid<String>) plain.check(written);
        assertThat(valid.expiresAt()).contains(Instant.ofEpochSecond(NOW + 60));
        var late = (Expired<String>) dated.clock(TestKeys.at(NOW + 61)).check(written);
        assertThat(late.expiresAt()).contains(Instant.ofEpochSecond(NOW + 60));
        assertThat(late.signedAt()).contains(Instant.ofEpochSecond(NOW));
        assertThat(base.body(body)
                        .expiringAfter(Duration.ofHours(1))
                        .clock(TestKeys.at(NOW + 61))
                        .check(written))
                .isInstanceOf(Expired.class);
        assertThat(base.body(body)
                        .expiringAfter(Duration.ofSeconds(9))
                        .clock(TestKeys.at(NOW + 10))
                        .check(written))
                .isInstanceOf(Expired.class);
    }

    @Test
    void every_changed_character_of_a_written_expiry_is_noticed() {
        var written = logins.writingExpiry().sign("foobar");
        assertThat(written).startsWith("foobar~");
        for (int at = 0; at < written.length(); at++) {
            for (char other : "Aa0-_.~!".toCharArray()) {
                if (other != written.charAt(at)) {
                    var changed = written.substring(0, at) + other + written.substring(at + 1);
                    assertThat(logins.check(changed)).isInstanceOf(Rejected.class);
                }
            }
        }
    }

    @Test
    void a_lifetime_written_is_at_least_a_second() {
        assertThatIllegalArgumentException().isThrownBy(() -> logins.sign("x", Duration.ZERO));
        assertThatIllegalArgumentException().isThrownBy(() -> logins.sign("x", Duration.ofMillis(999)));
        assertThatIllegalArgumentException().isThrownBy(() -> logins.sign("x", Duration.ofDays(4_000_000)));
        assertThatIllegalArgumentException().isThrownBy(() -> logins.sign("x", Duration.ofSeconds(Long.MAX_VALUE)));
        assertThatIllegalArgumentException().isThrownBy(() -> base.expiringAfter(Duration.ofSeconds(-1)));
    }

    @Test
    void durations_without_end_add_up_to_no_end() {
        var endless = Duration.ofSeconds(Long.MAX_VALUE);
        var lasting = base.expiringAfter(endless).leeway(endless);
        assertThat(lasting.clock(TestKeys.at(NOW + 9999)).check(token)).isInstanceOf(Valid.class);
        assertThat(logins.leeway(endless).clock(TestKeys.at(NOW + 9999)).check(token))
                .isInstanceOf(Valid.class);
        var written = logins.writingExpiry().sign("foobar");
        assertThat(lasting.clock(TestKeys.at(NOW + 9999)).check(written)).isInstanceOf(Valid.class);
        assertThat(lasting.check(token, Duration.ofSeconds(Long.MIN_VALUE))).isInstanceOf(Expired.class);
    }

    @Test
    void a_time_that_a_token_cannot_carry_is_refused() {
        assertThatIllegalArgumentException().isThrownBy(() -> at(0).sign("x"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> at(253_402_300_800L).sign("x"));
    }

    @Test
    void an_older_format_is_read_and_says_reissue() {
        var old = Tokens.of(Keyring.of(TestKeys.OLD), "old-login", Codec.text()).expiringAfter(Duration.ofMinutes(5));
        var migrating = logins.alsoReading(old);
        var oldToken = old.clock(TestKeys.at(NOW)).sign("foobar");
        assertThat(migrating.check(oldToken))
                .isInstanceOfSatisfying(
                        Valid.class, valid -> assertThat(valid.reissue()).isTrue());
        assertThat(migrating.check(token))
                .isInstanceOfSatisfying(
                        Valid.class, valid -> assertThat(valid.reissue()).isFalse());
        assertThat(migrating.clock(TestKeys.at(NOW + 301)).check(oldToken)).isInstanceOf(Expired.class);
        assertThat(reason(migrating.check("x" + oldToken))).isEqualTo(Reason.SIGNATURE_MISMATCH);
        assertThat(migrating.sign("foobar")).isEqualTo(token);
    }

    @Test
    void a_token_that_all_refuse_has_the_reason_of_the_reader_whose_signature_it_bears() {
        var old = Tokens.of(Keyring.of(TestKeys.OLD), "old-login", Codec.text()).expiringAfter(Duration.ofMinutes(5));
        var other = Tokens.of(Keyring.of(TestKeys.OLD), "other", Codec.text()).expiringAfter(Duration.ofMinutes(5));
        var migrating = logins.alsoReading(old).alsoReading(other);
        var early = old.clock(TestKeys.at(NOW + 100)).sign("foobar");
        assertThat(reason(migrating.check(early))).isEqualTo(Reason.FROM_THE_FUTURE);
        assertThat(reason(migrating.checkBytes(early.getBytes(StandardCharsets.UTF_8))))
                .isEqualTo(Reason.FROM_THE_FUTURE);
        assertThat(reason(migrating.check(at(NOW + 100).sign("foobar")))).isEqualTo(Reason.FROM_THE_FUTURE);
        assertThat(reason(migrating.check("x" + early))).isEqualTo(Reason.SIGNATURE_MISMATCH);
        assertThat(reason(migrating.check("no token"))).isEqualTo(reason(logins.check("no token")));
    }
}
