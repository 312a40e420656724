package dev.countermark;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Random and mutated texts: a check answers a verdict, and none of them is valid unless it was signed. A million of them with
 * {@code -Dcountermark.texts=1000000}.
 */
class AnyInputTest {

    private static final int INPUTS = Integer.getInteger("countermark.texts", 250_000);
    private static final String ALPHABET = "ABab019-_.~=+/?! \n\u0000\u00e9\u20ac\ud83d\udd11\ud800eyJpZCI6ImZ";

    @ParameterizedTest
    @EnumSource
    void only_signed_texts_are_valid(Body body) {
        long seed = 99;
        var random = new Random(seed);
        var plain = Tokens.of(TestKeys.KEYS, "any", Codec.text()).body(body);
        var dated = plain.dated().clock(TestKeys.at(TestKeys.NOW));
        var genuine = List.of(
                plain.sign("foobar"),
                plain.sign("what?".repeat(20)),
                dated.sign("foobar"),
                dated.sign("foobar", Duration.ofHours(1)),
                dated.sign("x".repeat(100)));
        for (int i = 0; i < INPUTS; i++) {
            var text = random.nextInt(8) == 0 ? random(random) : mutated(random, genuine.get(random.nextInt(5)));
            boolean validPlain = plain.check(text) instanceof Valid<String>;
            boolean validDated = dated.check(text) instanceof Valid<String>;
            boolean valid = validPlain || validDated;
            if (valid != genuine.contains(text)) {
                assertThat(valid).as("seed %d, input %d", seed, i).isEqualTo(genuine.contains(text));
            }
        }
    }

    private static String random(Random random) {
        var text = new StringBuilder();
        for (int length = random.nextInt(120); length > 0; length--) {
            text.append(character(random));
        }
        return text.toString();
    }

    private static char character(Random random) {
        return ALPHABET.charAt(random.nextInt(ALPHABET.length()));
    }

    private static String mutated(Random random, String token) {
        var text = new StringBuilder(token);
        for (int changes = random.nextInt(3); changes >= 0; changes--) {
            int at = random.nextInt(text.length());
            switch (random.nextInt(4)) {
                case 0 -> text.setCharAt(at, character(random));
                case 1 -> text.insert(at, character(random));
                case 2 -> text.deleteCharAt(at);
                default -> text.replace(at, Math.min(text.length(), at + 5), token.substring(0, random.nextInt(9)));
            }
            if (text.isEmpty()) {
                return "";
            }
        }
        return text.toString();
    }
}
