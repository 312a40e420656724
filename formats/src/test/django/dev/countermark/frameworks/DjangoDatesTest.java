package dev.countermark.frameworks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countermark.Keyring;
import dev.countermark.Reason;
import dev.countermark.Rejected;
import dev.countermark.SigningKey;
import dev.countermark.Valid;
import dev.countermark.Verdict;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Texts here were written by {@code Signer} and {@code TimestampSigner} of Django 3.2.25, which reads them all. */
class DjangoDatesTest {

    private static final Keyring KEYS =
            Keyring.of(SigningKey.weakText("corpus-key-one-b7Qm2xV9tLr4Zc8Wn3Ks6Yd1Ha5Te0Fu7Gi2Oj9Lk4Mz8Bv3x"));
    private static final DjangoTimestampSigner SIGNER =
            DjangoTimestampSigner.of(KEYS).clock(Clock.fixed(Instant.ofEpochSecond(1_700_000_000), ZoneOffset.UTC));

    @Test
    void an_empty_text_can_be_signed() {
        assertThat(DjangoSigner.of(KEYS).read(":1LN7Pe09skdXaJmKNx0faZAy1508EjVQuPUs7qGkJFg"))
                .isEmpty();
        assertThat(SIGNER.check(":1r31eq:RDR8ViXojdYZ885byTLMMsy81e7kD7S7HoOzNvKdCno")
                        .orThrow())
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "v:0:vCVnfNpmBwlFFx7gXKTUAupyrbXtlpN2ZmMvYpV6RUM, 1970-01-01T00:00:00Z",
        "v:1r31en:EfxO6ApDcVmy1UyXx_uOm4SWiF9nYhHae2LW7sHWFMI, 2023-11-14T22:13:17Z"
    })
    void a_date_is_told_in_every_mode(String text, Instant date) {
        assertThat(signedAt(SIGNER.check(text))).isEqualTo(date);
        assertThat(signedAt(SIGNER.lenient().check(text))).isEqualTo(date);
    }

    @ParameterizedTest
    @CsvSource({
        "v:4SbCEFr:6vnE1yRkSIyYC3cazXF_IRoSxeoT-y0DpdGEEappHcg, FROM_THE_FUTURE, 9999-12-31T23:59:59Z",
        "v:4SbCEFs:S6crxJ8GS9EWOnqNMucxHIUijJvI8eUFYoPPC2wJmvI, DATE_MALFORMED,",
        "v:-1:t2IWuh4bU9qgQ4MurMiOVJZOfc_Fvmb_8KaN14JgYuU, DATE_MALFORMED,",
        "v:-:kBKNnsLR3O2x60pkQFv_do8NVMwrMh66VBCD4lGrLhA, DATE_MALFORMED, 1970-01-01T00:00:00Z",
        "v:01r31en:jQH_NSzenyOonAQ6HLmSGMj1Fwh_X9glTCWTN0vD4X8, DATE_MALFORMED, 2023-11-14T22:13:17Z"
    })
    void other_dates_are_read_only_when_lenient_and_told_where_they_are_dates(
            String text, Reason reason, Instant date) {
        assertThat(SIGNER.check(text))
                .isInstanceOfSatisfying(
                        Rejected.class,
                        rejected -> assertThat(rejected.reason()).isEqualTo(reason));
        assertThat(SIGNER.lenient().check(text).orThrow()).isEqualTo("v");
        assertThat(signedAt(SIGNER.lenient().check(text))).isEqualTo(date);
    }

    /** Null where an accepted text tells none. */
    private static Instant signedAt(Verdict<String> verdict) {
        return verdict instanceof Valid<String> valid ? valid.signedAt().orElse(null) : Instant.MIN;
    }
}
