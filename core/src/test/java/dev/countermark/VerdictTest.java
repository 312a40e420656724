package dev.countermark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What verdicts tell, and what they keep to themselves. */
class VerdictTest {

    private static final Instant NOW = Instant.ofEpochSecond(TestKeys.NOW);

    private final TimedTokens<String> tokens = Tokens.of(TestKeys.KEYS, "login", Codec.text())
            .expiringAfter(Duration.ofHours(1))
            .clock(TestKeys.at(TestKeys.NOW));
    private final String token = tokens.sign("foobar", Duration.ofMinutes(1));

    private Verdict<String> late() {
        return tokens.clock(TestKeys.at(TestKeys.NOW + 61)).check(token);
    }

    @Test
    void a_valid_one_tells_its_dates_and_its_key() {
        var valid = (Valid<String>) tokens.check(token);
        assertThat(valid.signedAt()).contains(NOW);
        assertThat(valid.expiresAt()).contains(NOW.plusSeconds(60));
        assertThat(valid.keyId()).isEqualTo(TestKeys.NEW.fingerprint());
        assertThat(valid.orNull()).isEqualTo("foobar");
        assertThat(late().orNull()).isNull();
    }

    @Test
    void an_expired_one_throws_with_its_dates() {
        assertThatExceptionOfType(ExpiredTokenException.class)
                .isThrownBy(() -> late().orThrow())
                .satisfies(e -> {
                    assertThat(e.signedAt()).contains(NOW);
                    assertThat(e.expiresAt()).contains(NOW.plusSeconds(60));
                });
        var undated = new ExpiredTokenException(null, null);
        assertThat(undated.signedAt()).isEmpty();
        assertThat(undated.expiresAt()).isEmpty();
    }

    @Test
    void our_own_format_has_nothing_to_add() {
        for (var verdict : List.of(tokens.check(token), late(), tokens.check("x" + token))) {
            assertThat(verdict.detail()).isEmpty();
            assertThat(verdict.detail(Detail.class)).isEmpty();
        }
    }

    @Test
    void each_reason_has_a_sentence_of_its_own_which_is_what_an_exception_says() {
        var sentences = Arrays.stream(Reason.values()).map(Reason::sentence).toList();
        assertThat(sentences).doesNotHaveDuplicates().allMatch(sentence -> sentence.matches("(the|what the) [a-z' ]+"));
        assertThat(new BadTokenException(Reason.REVOKED)).hasMessage(Reason.REVOKED.sentence());
    }

    /** In a log, one line says what it is; value, token and key are not in it. */
    @Test
    void a_text_names_what_it_is_of() {
        var dated = Tokens.of(TestKeys.KEYS, "login", Codec.text()).dated();
        var shown = List.of(
                tokens.check(token),
                late(),
                tokens.check("x" + token),
                tokens.unverified(token),
                tokens,
                dated,
                Tokens.of(TestKeys.KEYS, "login", Codec.text()),
                SignedUrl.withoutExpiry(TestKeys.KEYS, "download"),
                Reading.refused(Reason.TOO_LONG));
        assertThat(shown).extracting(Object::toString).allMatch(text -> !text.contains("foobar"));
        assertThat(shown.get(0))
                .hasToString("Valid[signedAt=Optional[2023-11-14T22:13:20Z], key=" + TestKeys.NEW + "]");
        assertThat(shown.get(1)).hasToString("Expired[signedAt=Optional[2023-11-14T22:13:20Z]]");
        assertThat(shown.get(2)).hasToString("Rejected[SIGNATURE_MISMATCH]");
        assertThat(shown.get(3)).hasToString("Unverified[wellFormed=true]");
        assertThat(shown.get(4).toString()).startsWith("TimedTokens[CompactFormat[purpose=login,");
        assertThat(shown.get(5).toString()).startsWith("DatedTokens[CompactFormat[purpose=login,");
        assertThat(shown.get(6).toString()).startsWith("Tokens[CompactFormat[purpose=login,");
        assertThat(shown.get(7).toString()).startsWith("SignedUrl[").contains(TestKeys.NEW.id());
        assertThat(shown.get(8)).hasToString("Reading[TOO_LONG]");
    }
}
