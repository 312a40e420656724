package dev.countermark.canary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;

class CanaryTest {

    @Test
    void a_planted_secret_is_noticed_and_not_repeated() {
        assertThatThrownBy(() -> Canary.requireAbsent("a log", "key=" + Canary.KEY + ";"))
                .hasMessageContaining("a log")
                .hasMessageContaining("the key")
                .hasMessageNotContaining(Canary.KEY);
        Canary.requireAbsent("a log", "nothing here");
    }

    @Test
    void the_parts_of_a_token_are_noticed_by_themselves() {
        Canary.plantToken("cGF5bG9hZCBvZiBhIHRva2Vu.ZVPxAA.c2lnbmF0dXJlIG9mIGEgdG9rZW4");
        assertThat(Canary.sightings("… c2lnbmF0dXJlIG9mIGEgdG9rZW4 …")).containsExactly("the signature of a token");
        assertThat(Canary.sightings("… cGF5bG9hZCBvZiBhIHRva2Vu …")).containsExactly("the payload of a token");
    }

    @Test
    void two_dashes_part_a_token_only_where_nothing_else_does() {
        Canary.plantToken("dGhlIHBheWxvYWQgb2YgdGhpcw.ZVPxAA.Zmlyc3Q--c2lnbmF0dXJlIG9mIGl0");
        assertThat(Canary.sightings("… Zmlyc3Q--c2lnbmF0dXJlIG9mIGl0 …")).containsExactly("the signature of a token");
        Canary.plantToken("dGhlIHBheWxvYWQgb2YgUmFpbHM=--0123456789abcdef0123456789abcdef01234567");
        assertThat(Canary.sightings("… 0123456789abcdef0123456789abcdef01234567 …"))
                .containsExactly("the signature of a token");
    }

    @Test
    void an_api_token_needs_no_planting() {
        var token = "cm_eyJpZCI6" + "a".repeat(60) + ".ZVPxAA." + "b".repeat(43);
        assertThat(Canary.sightings("refused " + token)).containsExactly("an API token");
        assertThat(Canary.sightings("refused cm_eyJpZCI6")).isEmpty();
        assertThat(Canary.sightings("The first token:\n  " + token + "\n  ADMIN='" + token + "'\n"))
                .isEmpty();
    }

    @Test
    void a_cause_is_looked_at_too() {
        var hidden = new IllegalStateException("outside", new IllegalArgumentException("with " + Canary.SUBJECT));
        assertThatThrownBy(() -> Canary.requireAbsent(hidden)).hasMessageContaining("the subject");
    }

    @Test
    void both_forms_of_the_key_are_one_key() {
        assertThat(Base64.getDecoder().decode(Canary.KEY))
                .asString(StandardCharsets.UTF_8)
                .isEqualTo(Canary.KEY_TEXT);
    }
}
