package dev.countermark.apitokens;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countermark.Keyring;
import dev.countermark.SigningKey;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class NodeKeysTest {

    private static final SigningKey A = SigningKey.generate();
    private static final SigningKey B = SigningKey.generate();
    private static final SigningKey C = SigningKey.generate();

    private final TestClock clock = new TestClock();
    private final Revocations revocations = new Revocations();
    private final Set<String> everywhere = new HashSet<>();
    private Keyring source = Keyring.of(A);
    private final NodeKeys keys = new NodeKeys(() -> source, "cm", NodeTime.of(clock), revocations);

    private String signed(SigningKey key) {
        var claims = new Claims(TokenId.random(), "alice", "", clock.instant().getEpochSecond() + 100, 0);
        return SignedTokens.withStore(Keyring.of(key), "cm", clock).sign(claims, clock.instant());
    }

    private boolean verifies(SigningKey key) {
        return keys.verifying().read(signed(key)).refused() == null;
    }

    private boolean reload(Keyring next) {
        source = next;
        return keys.reload(everywhere::contains);
    }

    private void assertSigns(SigningKey key) {
        assertThat(keys.signing().keyring().primary()).isEqualTo(key);
        assertThat(keys.fingerprints()).startsWith(key.fingerprint());
    }

    @Test
    void the_same_keys_change_nothing() {
        var before = keys.verifying();
        assertThat(reload(Keyring.of(A))).isFalse();
        assertThat(keys.verifying()).isSameAs(before);
    }

    @Test
    void a_key_that_is_added_verifies_at_once() {
        assertThat(verifies(B)).isFalse();
        assertThat(reload(Keyring.of(A).accepting(B))).isTrue();
        assertThat(verifies(A)).isTrue();
        assertThat(verifies(B)).isTrue();
        assertThat(verifies(C)).isFalse();
        assertSigns(A);
        assertThat(keys.fingerprints()).containsExactly(A.fingerprint(), B.fingerprint());
        assertThat(reload(Keyring.of(A))).isTrue();
        assertThat(verifies(B)).isFalse();
    }

    @Test
    void a_new_primary_signs_when_it_is_everywhere_and_the_old_one_verifies_on() {
        assertThat(reload(Keyring.of(B).accepting(C))).isTrue();
        assertSigns(A);
        assertThat(keys.fingerprints()).containsExactly(A.fingerprint(), B.fingerprint(), C.fingerprint());
        assertThat(reload(Keyring.of(B).accepting(C))).as("nothing is new").isFalse();

        everywhere.add(B.fingerprint());
        assertThat(reload(Keyring.of(B).accepting(C))).isTrue();
        assertSigns(B);
        assertThat(keys.fingerprints()).containsExactly(B.fingerprint(), C.fingerprint(), A.fingerprint());
        assertThat(verifies(A)).isTrue();

        assertThat(reload(Keyring.of(B).accepting(C))).as("a step later").isTrue();
        assertThat(verifies(A)).isFalse();
        assertSigns(B);
    }

    @Test
    void a_new_primary_beside_the_old_one_keeps_its_order() {
        everywhere.add(B.fingerprint());
        assertThat(reload(Keyring.of(B).accepting(A, C))).isTrue();
        assertThat(keys.fingerprints()).containsExactly(B.fingerprint(), A.fingerprint(), C.fingerprint());
    }

    @Test
    void a_retired_key_verifies_nothing() {
        reload(Keyring.of(A).accepting(B));
        revocations.retire(B.fingerprint());
        assertThat(verifies(B)).as("nobody has told yet").isTrue();
        keys.retired();
        assertThat(verifies(B)).isFalse();
        assertThat(verifies(A)).isTrue();
        assertThat(keys.fingerprints()).containsExactly(A.fingerprint());
        assertSigns(A);
        assertThat(reload(Keyring.of(A).accepting(B, C))).isTrue();
        assertThat(verifies(B)).as("in the file all the same").isFalse();
        assertThat(verifies(C)).isTrue();
    }

    @Test
    void without_its_primary_a_node_verifies_and_signs_nothing() {
        reload(Keyring.of(A).accepting(B));
        revocations.retire(A.fingerprint());
        keys.retired();
        assertThat(verifies(A)).isFalse();
        assertThat(verifies(B)).isTrue();
        assertThatThrownBy(keys::signing)
                .isInstanceOfSatisfying(
                        RefusedChangeException.class,
                        e -> assertThat(e.why()).isEqualTo(RefusedChangeException.Why.KEY_RETIRED));
    }

    @Test
    void without_any_key_nothing_is_verified() {
        revocations.retire(A.fingerprint());
        keys.retired();
        assertThat(verifies(A)).isFalse();
        assertThat(verifies(B)).isFalse();
        assertThat(keys.fingerprints()).doesNotContain(A.fingerprint());
        assertThatThrownBy(keys::signing).isInstanceOf(RefusedChangeException.class);
    }
}
