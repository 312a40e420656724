package dev.countermark.frameworks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.countermark.BadTokenException;
import dev.countermark.Keyring;
import dev.countermark.Reason;
import dev.countermark.Rejected;
import dev.countermark.SigningKey;
import dev.countermark.Valid;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Texts here were written by Django 5.2.17. */
class DjangoTest {

    private static final Instant NOW = Instant.ofEpochSecond(1_700_000_000);
    private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
    private static final Keyring KEYS =
            Keyring.of(SigningKey.weakText("corpus-key-one-b7Qm2xV9tLr4Zc8Wn3Ks6Yd1Ha5Te0Fu7Gi2Oj9Lk4Mz8Bv3x"));

    @Test
    void a_value_of_dumps_is_read_within_its_age() {
        var json = DjangoJson.of(KEYS).clock(CLOCK);
        var text = "eyJpZCI6N30:1r31en:Fb5HynNWF7W8xgtUBvweVEo6HAFAk-snIqQsSTJji44";
        assertThat(json.read(text, Duration.ofHours(1)).path("id").intValue()).isEqualTo(7);
        assertThat(json.check(text, Duration.ofSeconds(2)).detail(FrameworkError.class))
                .contains(new FrameworkError("SignatureExpired", "Signature age 3.0 > 2 seconds"));
    }

    @Test
    void the_age_has_a_fraction() {
        var late = Clock.fixed(NOW.plusMillis(500), ZoneOffset.UTC);
        var text = "eyJpZCI6N30:1r31en:Fb5HynNWF7W8xgtUBvweVEo6HAFAk-snIqQsSTJji44";
        assertThat(DjangoJson.of(KEYS).clock(CLOCK).check(text, Duration.ofSeconds(3)))
                .isInstanceOf(Valid.class);
        assertThat(DjangoJson.of(KEYS)
                        .clock(late)
                        .check(text, Duration.ofSeconds(3))
                        .detail(FrameworkError.class))
                .contains(new FrameworkError("SignatureExpired", "Signature age 3.5 > 3 seconds"));
    }

    @Test
    void a_cookie_is_bound_to_its_name_and_its_salt() {
        var cookie = "value:1r31eq:TgUlucF8EXQeRXZvhhlNedQj7VZ8JGj1Y5Ge4_QrhN4";
        var reader = DjangoCookie.of(KEYS, "session").clock(CLOCK);
        assertThat(reader.salt("x").read(cookie, Duration.ofDays(1))).isEqualTo("value");
        assertThat(reader.salt("x").write("value")).isEqualTo(cookie);
        assertThat(reader.check(cookie)).isInstanceOf(Rejected.class);
        assertThat(DjangoCookie.of(KEYS, "sessionx").clock(CLOCK).check(cookie)).isInstanceOf(Rejected.class);
    }

    @Test
    void the_older_salt_lets_a_value_change_its_cookie_and_is_read_only_on_request() {
        var moved = "value:1r31eq:tPWFY71fg5nwQiwqD0BKiZY5wXvXC9-qemhOLYqk3HI";
        var reader = DjangoCookie.of(KEYS, "sessio").salt("nid").clock(CLOCK);
        assertThat(reader.check(moved)).isInstanceOf(Rejected.class);
        assertThat(reader.acceptingLegacySalt().check(moved))
                .isInstanceOfSatisfying(
                        Valid.class, valid -> assertThat(valid.reissue()).isTrue());
        assertThat(DjangoCookie.of(KEYS, "session")
                        .salt("id")
                        .release(DjangoRelease.V4_0)
                        .clock(CLOCK)
                        .write("value"))
                .isEqualTo(moved);
    }

    @Test
    void a_text_from_the_future_is_read_only_when_lenient() {
        var json = DjangoJson.of(KEYS).clock(CLOCK);
        var text = "MQ:1r31fo:XISOSUcEYLDNeifQsWI4fI8zJG1uJnqi98s6Fszdl7c";
        assertThatExceptionOfType(BadTokenException.class)
                .isThrownBy(() -> json.read(text, Duration.ofHours(1)))
                .satisfies(e -> assertThat(e.reason()).isEqualTo(Reason.FROM_THE_FUTURE));
        assertThat(json.lenient().read(text, Duration.ofHours(1)).intValue()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-", "_", "=", "a", "z", "9", "A0", "^", "[]", "\\", "`", "-\n"})
    void a_separator_that_can_appear_in_a_signature_is_refused(String separator) {
        var signer = DjangoSigner.of(KEYS);
        assertThatIllegalArgumentException().isThrownBy(() -> signer.separator(separator));
    }

    @ParameterizedTest
    @ValueSource(strings = {":", "::", "@", "{", "/", " ", ".", "a.", "{}"})
    void any_other_separator_stands_before_the_signature(String separator) {
        var signer = DjangoSigner.of(KEYS).separator(separator);
        var text = signer.write("value");
        assertThat(text).startsWith("value" + separator);
        assertThat(signer.read(text)).isEqualTo("value");
    }

    /** Written by Django 3.2.25 with {@code algorithm='sha1'}. */
    @Test
    void sha_1_is_still_read_by_3_1_and_no_longer_by_4_0() {
        var signer = DjangoSigner.of(Keyring.of(SigningKey.weakText("#x(0yW"))).salt("sel-\u00e924");
        var text = "sha1-0:caD6gk3nIVoIxTufc_ADEFp43hw";
        assertThat(signer.release(DjangoRelease.V3_1).read(text)).isEqualTo("sha1-0");
        assertThat(signer.release(DjangoRelease.V2_2).write("sha1-0")).isEqualTo(text);
        assertThat(signer.release(DjangoRelease.V4_0).check(text)).isInstanceOf(Rejected.class);
    }

    @Test
    void a_reset_token_counts_the_local_time_of_the_server() {
        var user = new DjangoPasswordReset.User("1", "pbkdf2$x", null, "a@example.com");
        var inParis = DjangoPasswordReset.of(KEYS, ZoneId.of("Europe/Paris")).clock(CLOCK);
        var token = inParis.write(user);
        assertThat(inParis.check(user, token)).isInstanceOf(Valid.class);
        assertThat(((Valid<?>) inParis.check(user, token)).signedAt()).contains(NOW);
        assertThat(DjangoPasswordReset.of(KEYS, ZoneOffset.UTC).clock(CLOCK).check(user, token))
                .isInstanceOfSatisfying(
                        Rejected.class, verdict -> assertThat(verdict.reason()).isEqualTo(Reason.FROM_THE_FUTURE));
        var renamed = new DjangoPasswordReset.User("1", "pbkdf2$y", null, "a@example.com");
        assertThat(inParis.check(renamed, token)).isInstanceOf(Rejected.class);
    }

    @Test
    void a_reader_shows_what_it_is_but_no_key() {
        var readers = List.of(
                DjangoSigner.of(KEYS),
                DjangoTimestampSigner.of(KEYS),
                DjangoJson.of(KEYS),
                DjangoCookie.of(KEYS, "a"),
                DjangoSession.of(KEYS),
                DjangoSessionData.of(KEYS),
                DjangoMessages.of(KEYS),
                DjangoPasswordReset.of(KEYS, ZoneOffset.UTC));
        for (var reader : readers) {
            assertThat(reader.toString())
                    .startsWith(reader.getClass().getSimpleName() + "[")
                    .doesNotContain("corpus-key");
        }
        assertThat(DjangoJson.of(KEYS)).asString().contains("salt=django.core.signing, dated=true");
    }

    @Test
    void a_user_shows_who_it_is_but_no_hash() {
        assertThat(new DjangoPasswordReset.User("1", "hash-of-it", null, null)).hasToString("User[1]");
    }
}
