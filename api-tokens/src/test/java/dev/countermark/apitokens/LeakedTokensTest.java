package dev.countermark.apitokens;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countermark.Keyring;
import dev.countermark.SigningKey;
import java.time.Instant;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** A million of each with {@code -Dcountermark.texts=1000000}. */
class LeakedTokensTest {

    private static final int MANY = Integer.getInteger("countermark.texts", 100_000);
    private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_._._.";

    private final Random random = new Random(7);

    @Test
    void every_token_is_found_in_random_text() {
        var clock = new TestClock();
        var tokens = SignedTokens.withStore(Keyring.of(SigningKey.generate()), "cm", clock);
        var pattern = LeakedTokens.pattern("cm");
        var ids = new Random(8);
        for (int i = 0; i < MANY; i++) {
            var claims = new Claims(
                    id(ids),
                    "s".repeat(1 + random.nextInt(40)),
                    random.nextBoolean() ? "" : "a:read b:write",
                    1_800_000_000L + random.nextInt(),
                    random.nextInt(100_000));
            var text = tokens.sign(claims, Instant.ofEpochSecond(1_700_000_000L + random.nextInt(200_000_000)));
            var matcher = pattern.matcher(noise(20) + text + noise(20));
            assertThat(matcher.find()).isTrue();
            assertThat(matcher.group()).isEqualTo(text);
        }
    }

    @Test
    void no_random_string_is_taken_for_one() {
        var pattern = LeakedTokens.pattern("cm");
        for (int i = 0; i < MANY; i++) {
            var text = (random.nextBoolean() ? "cm_" : "") + noise(100 + random.nextInt(200));
            assertThat(pattern.matcher(text).find()).as(text).isFalse();
        }
    }

    private static String id(Random random) {
        return String.format(Locale.ROOT, "%016x%016x", random.nextLong() | 1L << 60, random.nextLong());
    }

    private String noise(int length) {
        var noise = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            noise.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        return noise.toString();
    }
}
