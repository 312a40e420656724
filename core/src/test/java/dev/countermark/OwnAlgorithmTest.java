package dev.countermark;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countermark.mac.Digest;
import dev.countermark.mac.Hmac;
import dev.countermark.mac.KeyDerivation;
import dev.countermark.mac.MacAlgorithm;
import dev.countermark.mac.MacFunction;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OwnAlgorithmTest {

    /** HMAC-SHA-512 cut to {@code length} bytes, as RFC 2104 section 5 allows; stands for any algorithm of a user. */
    private record Cut(int length) implements MacAlgorithm {

        @Override
        public String algorithmName() {
            return "HMAC-SHA-512/" + 8 * length;
        }

        @Override
        public MacFunction withKey(byte[] key) {
            var whole = Hmac.SHA512.withKey(key);
            return (data, offset, size) -> Arrays.copyOf(whole.compute(data, offset, size), length);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {16, 31, 32, 33, 64})
    void another_algorithm_signs_and_verifies(int length) {
        var scheme = new Scheme(KeyDerivation.HMAC, Digest.SHA512, new Cut(length));
        var tokens = Tokens.of(TestKeys.KEYS, "login", Codec.text()).scheme(scheme);
        var token = tokens.sign("foobar");
        assertThat(tokens.verify(token)).isEqualTo("foobar");
        for (int at = 0; at < token.length(); at++) {
            var changed = token.substring(0, at) + (token.charAt(at) == 'A' ? 'B' : 'A') + token.substring(at + 1);
            assertThat(tokens.check(changed)).isInstanceOf(Rejected.class);
        }
    }

    @Test
    void the_whole_of_it_is_one_of_the_schemes_of_our_own() {
        var scheme = new Scheme(KeyDerivation.HMAC, Digest.SHA512, new Cut(64));
        var tokens = Tokens.of(TestKeys.KEYS, "login", Codec.text());
        assertThat(tokens.scheme(Scheme.HMAC_SHA512)
                        .verify(tokens.scheme(scheme).sign("foobar")))
                .isEqualTo("foobar");
    }
}
