package dev.countermark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class BoundTokensTest {

    private final Map<String, String> hashes = new HashMap<>(Map.of("ada", "$2b$12$old", "bob", "$2b$12$old"));
    private final Tokens<String> base = Tokens.of(TestKeys.KEYS, "password-reset", Codec.text());
    private final TimedTokens<String> unbound =
            base.expiringAfter(Duration.ofHours(1)).clock(TestKeys.at(TestKeys.NOW));
    private final TimedTokens<String> resets = unbound.boundTo(hashes::get);
    private final String token = resets.sign("ada");

    private static Reason reason(Verdict<?> verdict) {
        assertThat(verdict).isInstanceOf(Rejected.class);
        return ((Rejected<?>) verdict).reason();
    }

    private static String tag(String token) {
        return token.substring(4, token.indexOf('.', 4));
    }

    @Test
    void a_token_counts_until_the_state_changes() {
        assertThat(resets.verify(token)).isEqualTo("ada");
        hashes.put("ada", "$2b$12$new");
        assertThat(reason(resets.check(token))).isEqualTo(Reason.STATE_CHANGED);
        hashes.put("ada", "$2b$12$old");
        assertThat(resets.verify(token)).isEqualTo("ada");
    }

    @Test
    void a_token_dies_with_what_it_names() {
        hashes.remove("ada");
        assertThat(reason(resets.check(token))).isEqualTo(Reason.STATE_CHANGED);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> resets.sign("ada"))
                .withMessageContaining("state");
    }

    /** Made with Python's hmac and itsdangerous 2.1.2, as docs/wire-formats.md says. */
    @Test
    void recorded_tokens_are_written_and_read() {
        assertThat(token).isEqualTo("ada.Yrnt9jz541NX2TKZsWqlmg.ZVPxAA.aMd6HueNDmz1zcQw57i1utL0aa1A8vSabMl8EZ8HgpE");
        var bytes = Tokens.of(TestKeys.KEYS, "password-reset", Codec.bytes())
                .dated()
                .boundTo(value -> "größer")
                .clock(TestKeys.at(TestKeys.NOW));
        var value = "{\"user\":\"ada\"}".getBytes(StandardCharsets.UTF_8);
        var recorded =
                "eyJ1c2VyIjoiYWRhIn0ueHE5Vl94Sk1GazVuNm9kY3o1bU5tdw.ZVPxAA.kFYDxSyNP72rCOeMc7W0_p9InDUM4tDi2fHJVlEF-yc";
        assertThat(bytes.sign(value)).isEqualTo(recorded);
        assertThat(bytes.verify(recorded)).isEqualTo(value);
    }

    @Test
    void bound_and_unbound_tokens_of_a_purpose_are_not_each_other() {
        assertThat(reason(unbound.check(token))).isEqualTo(Reason.SIGNATURE_MISMATCH);
        assertThat(reason(resets.check(unbound.sign(token.substring(0, token.indexOf('.', 4))))))
                .isEqualTo(Reason.SIGNATURE_MISMATCH);
        assertThat(reason(base.check(base.boundTo(hashes::get).sign("ada")))).isEqualTo(Reason.SIGNATURE_MISMATCH);
    }

    @Test
    void equal_states_do_not_show() {
        assertThat(tag(token)).hasSize(22).isNotEqualTo(tag(resets.sign("bob")));
    }

    @Test
    void the_state_is_asked_for_only_when_all_else_holds() {
        var asked = resets.boundTo(user -> {
            throw new AssertionError("asked for " + user);
        });
        assertThat(reason(asked.check("x" + token))).isEqualTo(Reason.SIGNATURE_MISMATCH);
        assertThat(asked.clock(TestKeys.at(TestKeys.NOW + 3601)).check(token)).isInstanceOf(Expired.class);
        assertThat(((Expired<String>)
                                resets.clock(TestKeys.at(TestKeys.NOW + 3601)).check(token))
                        .value())
                .isEqualTo("ada");
    }

    @Test
    void a_state_that_cannot_be_found_out_is_no_verdict() {
        var broken = new UncheckedIOException(new java.io.IOException("no database"));
        var failing = resets.boundTo(user -> {
            throw broken;
        });
        assertThatThrownBy(() -> failing.check(token)).isSameAs(broken);
        assertThatThrownBy(() -> failing.sign("ada")).isSameAs(broken);
    }

    @Test
    void a_retired_key_keeps_its_tags() {
        var rotated = Tokens.of(Keyring.of(TestKeys.OLD).accepting(TestKeys.NEW), "password-reset", Codec.text())
                .expiringAfter(Duration.ofHours(1))
                .clock(TestKeys.at(TestKeys.NOW))
                .boundTo(hashes::get);
        var verdict = rotated.check(token);
        assertThat(verdict).isInstanceOf(Valid.class);
        assertThat(((Valid<String>) verdict).reissue()).isTrue();
        hashes.put("ada", "$2b$12$new");
        assertThat(reason(rotated.check(token))).isEqualTo(Reason.STATE_CHANGED);
    }

    @ParameterizedTest
    @EnumSource(Body.class)
    void every_body_layout_and_scheme_is_bound(Body body) {
        var all = resets.body(body).scheme(Scheme.HMAC_SHA512).separator(':').writingExpiry();
        var signed = all.sign("ada");
        assertThat(all.verify(signed)).isEqualTo("ada");
        assertThat(all.checkBytes(signed.getBytes(StandardCharsets.UTF_8)).orNull())
                .isEqualTo("ada");
        assertThat(all.unverified(signed).unverifiedValue()).contains("ada");
        hashes.put("ada", "");
        assertThat(reason(all.check(signed))).isEqualTo(Reason.STATE_CHANGED);
    }

    @Test
    void tokens_from_before_the_binding_can_be_read_for_a_while() {
        var moving = resets.alsoReading(unbound);
        assertThat(moving.verify(unbound.sign("ada"))).isEqualTo("ada");
        hashes.put("ada", "$2b$12$new");
        assertThat(reason(moving.check(token))).isEqualTo(Reason.STATE_CHANGED);
    }

    @Test
    void another_type_does_not_inherit_a_state_it_does_not_have() {
        assertThatIllegalStateException()
                .isThrownBy(() -> resets.as(Codec.bytes()))
                .withMessageContaining("boundTo");
    }

    @Test
    void neither_the_token_nor_a_text_shows_the_state() {
        assertThat(token).doesNotContain("old");
        assertThat(resets.toString()).doesNotContain("old").doesNotContain("\0");
    }

    @Test
    void an_empty_value_is_bound_as_any_other() {
        var constant = unbound.boundTo(value -> "state");
        var empty = constant.sign("");
        assertThat(constant.verify(empty)).isEmpty();
        assertThat(constant.unverified(empty).unverifiedValue()).contains("");
        // A character less than a tag has.
        var short21 = base.expiringAfter(Duration.ofHours(1)).unverified("." + empty.substring(2));
        assertThat(short21.isWellFormed()).isTrue();
        assertThat(constant.unverified("." + empty.substring(2)).unverifiedValue())
                .isEmpty();
    }

    @Test
    void what_nobody_has_verified_says_its_dates() {
        var written = resets.writingExpiry().sign("ada");
        var now = Instant.ofEpochSecond(TestKeys.NOW);
        assertThat(resets.unverified(token).unverifiedSignedAt()).contains(now);
        assertThat(resets.unverified(token).unverifiedExpiresAt()).isEmpty();
        assertThat(resets.unverified(written).unverifiedExpiresAt()).contains(now.plusSeconds(3600));
    }

    @Test
    void a_state_with_half_a_character_is_not_that_of_a_question_mark() {
        var state = new String[] {"hash?"};
        var bound = unbound.boundTo(value -> state[0]);
        var token = bound.sign("ada");
        assertThat(bound.verify(token)).isEqualTo("ada");
        state[0] = "hash\ud800";
        assertThat(((Rejected<String>) bound.check(token)).reason()).isEqualTo(Reason.STATE_CHANGED);
        assertThatIllegalArgumentException().isThrownBy(() -> bound.sign("ada"));
    }

    @Test
    void it_does_not_matter_whether_scheme_or_state_is_said_first() {
        assertThat(unbound.scheme(Scheme.HMAC_SHA512).boundTo(hashes::get).sign("ada"))
                .isEqualTo(resets.scheme(Scheme.HMAC_SHA512).sign("ada"));
    }
}
