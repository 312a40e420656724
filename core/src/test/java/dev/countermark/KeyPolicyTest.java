package dev.countermark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import org.junit.jupiter.api.Test;

/** The last key that counts as guessable, and the first that does not, by each of the rules. */
class KeyPolicyTest {

    /** 32 random bytes, in hexadecimal: none of the rules concerns them. */
    private static final String RANDOM = "9f86c1e03b7da2584d6f11c97ae05b83";

    private static void assertRefused(byte[] secret, String why) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SigningKey.of(secret))
                .withMessageContaining(why);
    }

    private static void assertAccepted(byte[] secret) {
        assertThat(SigningKey.of(secret).isWeak()).isFalse();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** {@code length} bytes of which none is as far from the one before it as that from its own. */
    private static byte[] unsteady(int length) {
        var bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) (i * i * 3 + 40);
        }
        return bytes;
    }

    private static byte[] counting(int counted, int length) {
        var bytes = unsteady(length);
        for (int i = 0; i < counted; i++) {
            bytes[i] = (byte) (5 + 3 * i);
        }
        return bytes;
    }

    @Test
    void thirty_two_bytes_are_enough() {
        assertAccepted(bytes(RANDOM));
        assertRefused(bytes(RANDOM.substring(1)), "31 bytes");
    }

    @Test
    void seven_different_bytes_are_enough() {
        assertAccepted(bytes("abcdefgacegbdfgfedcbabgcfdeaegbdfc"));
        assertRefused(bytes("abcdefaaceabdfafedcbabacfdeaeabdfc"), "pattern");
    }

    @Test
    void a_key_that_is_its_own_half_twice_is_a_pattern() {
        var half = RANDOM.substring(0, 17);
        assertRefused(bytes(half + half), "pattern");
        assertAccepted(bytes(half + half.substring(0, 16) + "x"));
        assertAccepted(bytes(half + half.substring(0, 16)));
    }

    @Test
    void a_key_of_which_more_than_three_quarters_count_is_a_pattern() {
        // 34 bytes have 32 steps that can be like the one before: 24 of them are three quarters.
        assertAccepted(counting(26, 34));
        assertRefused(counting(27, 34), "pattern");
        assertRefused(counting(34, 34), "pattern");
        var falling = counting(34, 34);
        for (int i = 0; i < falling.length; i++) {
            falling[i] = (byte) (200 - 3 * i);
        }
        assertRefused(falling, "pattern");
    }

    @Test
    void a_run_a_word_or_an_address_counts_below_128_bytes() {
        assertRefused(counting(127, 127), "pattern");
        assertAccepted(counting(128, 128));

        var word = bytes("letmein" + RANDOM.repeat(4).substring(0, 121));
        assertThat(word).hasSize(128);
        word[127] = '!';
        assertAccepted(word);
        assertRefused(Arrays.copyOf(word, 127), "word");

        var address = bytes("redis://" + RANDOM.repeat(4).substring(0, 120));
        address[127] = '!';
        assertAccepted(address);
        assertRefused(Arrays.copyOf(address, 127), "address");
        assertRefused(Arrays.copyOf(address, 40), "address");
    }

    @Test
    void a_guessable_key_is_none_in_base64_either() {
        var text = Base64.getEncoder().encodeToString(bytes("changeme" + RANDOM));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SigningKey.fromBase64(text))
                .withMessageContaining("well-known word");
    }
}
