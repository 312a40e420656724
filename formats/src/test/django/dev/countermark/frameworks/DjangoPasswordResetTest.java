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
import dev.countermark.frameworks.DjangoPasswordReset.User;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tokens here were made by Django 3.2.25, those that count days by 2.2.28. */
class DjangoPasswordResetTest {

    private static final SigningKey KEY =
            SigningKey.weakText("corpus-key-one-b7Qm2xV9tLr4Zc8Wn3Ks6Yd1Ha5Te0Fu7Gi2Oj9Lk4Mz8Bv3x");
    private static final User SEEN =
            new User("1", "pbkdf2$x", LocalDateTime.of(2023, 1, 2, 3, 4, 5, 678_000), "a@example.com");
    private static final User NEW = new User("1", "pbkdf2$x", null, null);
    private static final String LATER = "2023-11-14T22:13:20Z";

    private static DjangoPasswordReset resets(SigningKey key, DjangoRelease release, String now) {
        return DjangoPasswordReset.of(Keyring.of(key), ZoneOffset.UTC)
                .release(release)
                .clock(Clock.fixed(Instant.parse(now), ZoneOffset.UTC));
    }

    private static DjangoPasswordReset resets(DjangoRelease release, String now) {
        return resets(KEY, release, now);
    }

    private static Reason reason(Verdict<?> verdict) {
        return verdict instanceof Rejected<?> rejected ? rejected.reason() : null;
    }

    private static Instant signedAt(Verdict<User> verdict) {
        assertThat(verdict).isInstanceOf(Valid.class);
        return ((Valid<User>) verdict).signedAt().orElseThrow();
    }

    @ParameterizedTest
    @CsvSource({
        "2001-01-01T00:00:00Z, 0-e84b48a3f4522b143035a0059b97e79e, 0-481b6e80c8299f5f701afbd04c41c053",
        "2001-01-01T00:00:01Z, 1-c11a67787284b216f5db57522ebcaaf9, 1-b1b2a0922ab0b2b11e4512e90a7560be",
        "2001-01-01T00:00:35Z, z-4fcb677ac597b1407174c1ef0cfdab17, z-96b67854adc95bd573b29d416c04543f",
        "2001-01-01T00:00:36Z, 10-f84dda169e7977a45954c37b4bd5e271, 10-28fe8ab5f06da28d3f90a961902137f6",
        "2001-01-01T12:57:35Z, zzz-8300eeb61cd844270bf32ca86145d512, zzz-0c8ef65ffa9a97cc9f202abb34468bff",
        "2020-02-10T02:59:33Z, 9z0az9-a2a764b8f52b887eb49c490ad4e7b551, 9z0az9-7343279f7230f26102936fc207e1bb3b",
        "2068-07-22T18:35:23Z, z9a0yz-3cbcbf49ed15faefe167793678d15a18, z9a0yz-cbbd34198a0bacc7f031bf87b5613c51"
    })
    void a_token_counts_seconds_since_2001(String now, String ofSeen, String ofNew) {
        var resets = resets(DjangoRelease.LATEST, now);
        assertThat(resets.write(SEEN)).isEqualTo(ofSeen);
        assertThat(resets.write(NEW)).isEqualTo(ofNew);
        assertThat(signedAt(resets.check(SEEN, ofSeen))).isEqualTo(now);
        assertThat(signedAt(resets.check(NEW, ofNew))).isEqualTo(now);
        assertThat(reason(resets.check(NEW, ofSeen))).isEqualTo(Reason.SIGNATURE_MISMATCH);
    }

    @Test
    void before_2001_there_is_no_token() {
        var resets = resets(DjangoRelease.LATEST, "2000-12-31T23:59:59Z");
        assertThatIllegalArgumentException().isThrownBy(() -> resets.write(NEW)).withMessageContaining("2001");
    }

    @ParameterizedTest
    @CsvSource({"17h5s5c0-16a7a622fa65b010eb7d7b7dbe6b2750", "37z5k000-b62e6f9f3189d09d0deefb4264c8ac70"})
    void a_date_is_read_up_to_8000_years_after_2001(String token) {
        assertThat(reason(resets(DjangoRelease.LATEST, LATER).check(NEW, token)))
                .isEqualTo(Reason.FROM_THE_FUTURE);
    }

    /** The first two are signed, and too late by a second and by many. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "37z5k001-6894a5bbd57583f757803ab9415e5e03",
                "100000000-2627c0509786d84f595813ca277b9fa4",
                "09z0az9-7343279f7230f26102936fc207e1bb3b",
                "9Z0az9-7343279f7230f26102936fc207e1bb3b",
                "00-481b6e80c8299f5f701afbd04c41c053",
                "9z0az9-7343279f7230f26102936fc207e1bb3b-",
                "9z0az9--7343279f7230f26102936fc207e1bb3b",
                "-481b6e80c8299f5f701afbd04c41c053",
                "481b6e80c8299f5f701afbd04c41c053",
                "/-481b6e80c8299f5f701afbd04c41c053",
                ":-481b6e80c8299f5f701afbd04c41c053",
                "`-481b6e80c8299f5f701afbd04c41c053",
                "{-481b6e80c8299f5f701afbd04c41c053",
                "\u0661-b1b2a0922ab0b2b11e4512e90a7560be",
                "-",
                ""
            })
    void what_begins_with_no_count_is_malformed(String token) {
        assertThat(reason(resets(DjangoRelease.LATEST, LATER).check(NEW, token)))
                .isEqualTo(Reason.MALFORMED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0-",
                "9-b1b2a0922ab0b2b11e4512e90a7560be",
                "a-b1b2a0922ab0b2b11e4512e90a7560be",
                "1-B1b2a0922ab0b2b11e4512e90a7560be",
                "1-b1b2a0922ab0b2b11e4512e90a7560be\u00e9"
            })
    void another_signature_is_a_mismatch(String token) {
        assertThat(reason(resets(DjangoRelease.LATEST, "2001-01-01T00:00:01Z").check(NEW, token)))
                .isEqualTo(Reason.SIGNATURE_MISMATCH);
    }

    @Test
    void a_text_beyond_the_limit_is_too_long() {
        var resets = resets(DjangoRelease.LATEST, LATER);
        assertThat(reason(resets.check(NEW, "a".repeat(16_384)))).isEqualTo(Reason.MALFORMED);
        assertThat(reason(resets.check(NEW, "a".repeat(16_385)))).isEqualTo(Reason.TOO_LONG);
    }

    @Test
    void an_old_key_reads_and_asks_for_a_new_token() {
        var now = Clock.fixed(Instant.parse("2020-02-10T02:59:33Z"), ZoneOffset.UTC);
        var token = "9z0az9-7343279f7230f26102936fc207e1bb3b";
        var alone = DjangoPasswordReset.of(Keyring.of(KEY), ZoneOffset.UTC).clock(now);
        assertThat(alone.check(NEW, token))
                .isInstanceOfSatisfying(
                        Valid.class, valid -> assertThat(valid.reissue()).isFalse());
        var keys = Keyring.of(SigningKey.weakText("new").named("new")).accepting(KEY.named("old"));
        assertThat(DjangoPasswordReset.of(keys, ZoneOffset.UTC).clock(now).check(NEW, token))
                .isInstanceOfSatisfying(Valid.class, valid -> {
                    assertThat(valid.reissue()).isTrue();
                    assertThat(valid.keyId()).isEqualTo("old");
                });
    }

    @Test
    void sha_1_is_still_read_by_3_1_and_no_longer_by_4_0() {
        var token = "9z0az9-14b5e3995ea3f03d8d11";
        var now = "2020-02-10T02:59:33Z";
        assertThat(resets(DjangoRelease.V3_1, now).check(SEEN, token)).isInstanceOf(Valid.class);
        assertThat(reason(resets(DjangoRelease.V4_0, now).check(SEEN, token))).isEqualTo(Reason.SIGNATURE_MISMATCH);
    }

    /** Three digits or fewer: they count days, and the time of day is that of the reader. */
    @ParameterizedTest
    @ValueSource(strings = {"6g0-0dd976554cfcb1f51e0035d97ee36cf1", "6g0-9dbc750f73befdc0f7b1"})
    void between_the_two_3_1_reads_a_short_count_as_days(String token) {
        var first = resets(DjangoRelease.V3_1, "2023-11-14T12:00:00Z");
        assertThat(signedAt(first.check(NEW, token))).isEqualTo("2023-11-14T12:00:00Z");
        var last = resets(DjangoRelease.V3_1, "2023-11-17T23:59:59Z");
        assertThat(signedAt(last.check(NEW, token))).isEqualTo("2023-11-14T23:59:59Z");
        assertThat(resets(DjangoRelease.V3_1, "2023-11-18T00:00:00Z").check(NEW, token))
                .isInstanceOf(Expired.class);
        assertThat(resets(DjangoRelease.V4_0, "2023-11-14T12:00:00Z").check(NEW, token))
                .isNotInstanceOf(Valid.class);
    }

    @Test
    void four_digits_count_seconds_in_3_1() {
        var resets = resets(DjangoRelease.V3_1, "2001-01-01T13:00:00Z");
        assertThat(signedAt(resets.check(NEW, "1000-9e1573262bbb99c3ce224ed528c3c920")))
                .isEqualTo("2001-01-01T12:57:36Z");
    }

    @Test
    void the_age_is_counted_in_seconds() {
        var token = "9z0az9-7343279f7230f26102936fc207e1bb3b";
        assertThat(resets(DjangoRelease.LATEST, "2020-02-13T02:59:33Z").check(NEW, token))
                .isInstanceOf(Valid.class);
        assertThat(resets(DjangoRelease.LATEST, "2020-02-13T02:59:34Z").check(NEW, token))
                .isInstanceOf(Expired.class);
        assertThat(resets(DjangoRelease.LATEST, "2020-02-10T02:59:34Z")
                        .maxAge(Duration.ZERO)
                        .check(NEW, token))
                .isInstanceOf(Expired.class);
    }

    /** A day's token is good to the end of the third day after it. */
    @ParameterizedTest
    @CsvSource({
        "@Q-hYAFK5shu, 485556, 5fed900f9fadbf480862ef, 2015-01-02T00:00, 51g-ff7763a3601b2b1dfb50, 2018-11-20",
        "foV@pvUIgPdv8uQ4bk*@E-+1, 212986, cb67264541359e57af5aec, , 9ro-dbec9e537d0d69725a9b, 2035-08-31"
    })
    void before_3_1_a_token_counts_days_and_knows_no_address(
            String secret, String id, String salt, LocalDateTime login, String token, String day) {
        var key = SigningKey.weakText(secret);
        var user = new User(id, "pbkdf2_sha256$600000$" + salt, login, "a@example.com");
        var made = resets(key, DjangoRelease.V2_2, day + "T16:37:39Z");
        assertThat(made.write(user)).isEqualTo(token);
        assertThat(signedAt(made.check(user, token))).isEqualTo(day + "T00:00:00Z");
        var days = Instant.parse(day + "T23:59:59Z");
        var last = resets(key, DjangoRelease.V2_2, days.plus(Duration.ofDays(3)).toString());
        assertThat(last.check(user, token)).isInstanceOf(Valid.class);
        var late = resets(
                key,
                DjangoRelease.V2_2,
                days.plus(Duration.ofDays(3)).plusSeconds(1).toString());
        assertThat(late.check(user, token)).isInstanceOf(Expired.class);
        assertThat(late.maxAge(Duration.ofDays(4)).check(user, token)).isInstanceOf(Valid.class);
    }
}
