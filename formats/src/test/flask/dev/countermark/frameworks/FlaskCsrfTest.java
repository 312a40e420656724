package dev.countermark.frameworks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.countermark.Expired;
import dev.countermark.Keyring;
import dev.countermark.Reason;
import dev.countermark.Rejected;
import dev.countermark.SigningKey;
import dev.countermark.Verdict;
import dev.countermark.itsdangerous.ItsDangerous;
import dev.countermark.itsdangerous.PythonKeys;
import dev.countermark.json.PythonJson;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FlaskCsrfTest {

    private static final Keyring KEYS = Keyring.of(SigningKey.generate());
    private static final String SESSION_TOKEN = "0123456789abcdef0123456789abcdef01234567";

    /** Found by fuzzing: null was taken for the token of any session. Flask-WTF ends in a TypeError for all of these. */
    @ParameterizedTest
    @ValueSource(strings = {"null", "true", "7", "[]", "{}"})
    void a_signed_value_that_is_no_text_counts_for_no_session(String json) {
        var signed = ItsDangerous.newest()
                .keys(PythonKeys.of(KEYS))
                .salt("wtf-csrf-token")
                .urlSafeTimedSerializer()
                .sign(PythonJson.standard().loads(json));

        assertThat(FlaskCsrf.of(KEYS).check(signed, SESSION_TOKEN)).isInstanceOf(Rejected.class);
        assertThat(FlaskCsrf.of(KEYS).lenient().check(signed, SESSION_TOKEN)).isInstanceOf(Rejected.class);
    }

    private static final Instant SIGNED = Instant.ofEpochSecond(1_969_483_999);
    private static final String SESSION = "02e7033a874776f0744ac58579f785224109be95";
    private static final String TOKEN =
            "IjAyZTcwMzNhODc0Nzc2ZjA3NDRhYzU4NTc5Zjc4NTIyNDEwOWJlOTUi.dWPw3w.dH635dEBsYBhnAEDgG66bdmMBrM";

    private static FlaskCsrf formsAt(Instant instant) {
        return FlaskCsrf.of(Keyring.of(SigningKey.weakText("cl\u00e9-\u00f6\u00e4\u00e41834464")))
                .maxAge(Duration.ofSeconds(60))
                .clock(Clock.fixed(instant, ZoneOffset.UTC));
    }

    private static void refused(Verdict<String> verdict, Reason reason, String message) {
        assertThat(verdict)
                .isInstanceOfSatisfying(
                        Rejected.class,
                        rejected -> assertThat(rejected.reason()).isEqualTo(reason));
        assertThat(verdict.detail(FrameworkError.class)).contains(new FrameworkError("ValidationError", message));
    }

    /** Flask-WTF 1.2.2 with itsdangerous 2.2.0 made the token, and said this of it. */
    @Test
    void a_refusal_is_told_in_the_words_of_flask_wtf() {
        var forms = formsAt(SIGNED);

        assertThat(forms.read(TOKEN, SESSION)).isEqualTo(SESSION);
        refused(forms.check("", SESSION), Reason.MALFORMED, "The CSRF token is missing.");
        refused(forms.check(TOKEN, null), Reason.CLAIM_MISMATCH, "The CSRF session token is missing.");
        refused(
                forms.check(TOKEN, "b6589fc6ab0dc82cf12099d1c2d40ab994e8410c"),
                Reason.CLAIM_MISMATCH,
                "The CSRF tokens do not match.");
        refused(
                forms.check(TOKEN.substring(0, TOKEN.length() - 1), SESSION),
                Reason.SIGNATURE_MISMATCH,
                "The CSRF token is invalid.");
        refused(forms.check(TOKEN.replace(".", ""), SESSION), Reason.MALFORMED, "The CSRF token is invalid.");
        refused(
                formsAt(SIGNED.minusSeconds(1)).check(TOKEN, SESSION),
                Reason.FROM_THE_FUTURE,
                "The CSRF token has expired.");
        var late = formsAt(SIGNED.plusSeconds(61)).check(TOKEN, SESSION);
        assertThat(late).isInstanceOf(Expired.class);
        assertThat(late.detail(FrameworkError.class))
                .contains(new FrameworkError("ValidationError", "The CSRF token has expired."));
    }

    @Test
    void what_flask_wtf_reads_or_ends_in_another_error_has_none_of_its_errors() {
        var padded = formsAt(SIGNED).check(TOKEN + "=", SESSION);
        var tooLong = formsAt(SIGNED).check("x".repeat(16_385), SESSION);
        var number =
                formsAt(Instant.ofEpochSecond(1_700_000_000)).check("Nw.ZVPxAA.8lynNzJNenD8OYr9TgeAsUfUQkw", SESSION);

        for (var verdict : List.of(padded, tooLong, number)) {
            assertThat(verdict).isInstanceOf(Rejected.class);
            assertThat(verdict.detail()).isEmpty();
        }
        assertThat(formsAt(SIGNED).lenient().read(TOKEN + "=", SESSION)).isEqualTo(SESSION);
    }

    /** {@code nope} under a signature that itsdangerous 2.1.2 made. */
    @Test
    void what_is_no_json_though_signed_is_refused_for_its_body_or_first_for_its_age() {
        var signed = Instant.ofEpochSecond(1_700_000_000);
        var nope = "bm9wZQ.ZVPxAA.OaUgWuPnVE71AYysAUqUNM8Lil4";

        for (var session : List.of(SESSION, "nope", "\u00e9")) {
            refused(formsAt(signed).check(nope, session), Reason.PAYLOAD_MALFORMED, "The CSRF token is invalid.");
            refused(
                    formsAt(signed.plusSeconds(61)).check(nope, session),
                    Reason.PAYLOAD_MALFORMED,
                    "The CSRF token has expired.");
        }
    }

    /** Python's {@code compare_digest} refuses two texts that are not ASCII with a TypeError. */
    @Test
    void half_a_character_matches_no_session() {
        var half = "Ilx1ZDgwMCI.ZVPxAA.xL0r16TCCRP9Pj-Me4dAeO7qK80";
        var forms = formsAt(Instant.ofEpochSecond(1_700_000_000)).lenient();

        for (var session : List.of("\ud800", "?")) {
            var verdict = forms.check(half, session);
            assertThat(verdict).isInstanceOf(Rejected.class);
            assertThat(verdict.detail()).isEmpty();
        }
    }

    /** The value is the session's, and Flask-WTF 1.1.1 ends in a TypeError all the same: see {@code compare_digest}. */
    @Test
    void a_session_whose_token_is_not_ascii_has_no_form() {
        var eacute = "IsOpIg.ZVPxAA.kV7sOXmmrPsq1xKFawG5S4XTPEg";
        var forms = formsAt(Instant.ofEpochSecond(1_700_000_000));

        for (var reader : List.of(forms, forms.lenient())) {
            var verdict = reader.check(eacute, "\u00e9");
            assertThat(verdict).isInstanceOf(Rejected.class);
            assertThat(verdict.detail()).isEmpty();
            assertThatIllegalArgumentException().isThrownBy(() -> reader.write("\u00e9"));
        }
    }
}
