package dev.countermark.server.leaked;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countermark.Keyring;
import dev.countermark.SigningKey;
import dev.countermark.apitokens.LeakedTokens;
import dev.countermark.apitokens.StatelessApiTokens;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReportedTextsTest {

    private static final StatelessApiTokens TOKENS = StatelessApiTokens.of(Keyring.of(SigningKey.generate()));

    private final ReportedTexts texts = new ReportedTexts("cm");

    private static String token(String subject) {
        return TOKENS.issue(subject, Set.of("a:b"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"tokens\": [\"%s\", \"%s\"]}",
                "tokens=%s&tokens=%s",
                "%s%s",
                "Authorization: Bearer %s\n2026-01-01 token=%sx",
                "the end of another.aaaaaa.%s, %s",
                "cm_eyJpZCI6Icm_eyJpZCI6I%s.%s",
            })
    void tokens_are_found_wherever_they_stand(String report) {
        var first = token("ada");
        var second = token("a subject of two hundred characters " + "x".repeat(160));
        assertThat(texts.in(String.format(Locale.ROOT, report, first, second))).containsExactly(first, second);
    }

    @Test
    void a_token_is_found_once() {
        var token = token("ada");
        assertThat(texts.in(token + " " + token)).containsExactly(token);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void it_finds_what_the_published_expression_finds(long seed) {
        var random = new Random(seed);
        var pattern = LeakedTokens.pattern("cm");
        for (int i = 0; i < 200; i++) {
            var report = new StringBuilder();
            for (int piece = random.nextInt(12); piece >= 0; piece--) {
                var token = token("s".repeat(1 + random.nextInt(255)));
                report.append(
                        switch (random.nextInt(6)) {
                            case 0 -> token.substring(0, random.nextInt(token.length()));
                            case 1 -> token.substring(random.nextInt(token.length()));
                            case 2 -> "x".repeat(random.nextInt(3000));
                            case 3 -> ".";
                            default -> token;
                        });
            }
            var expected = new LinkedHashSet<String>();
            var matcher = pattern.matcher(report);
            while (matcher.find()) {
                var match = matcher.group();
                expected.add(match.substring(match.lastIndexOf("cm_eyJpZCI6I", match.indexOf('.'))));
            }
            assertThat(texts.in(report.toString())).as("seed %d", seed).containsAll(expected);
        }
    }

    @Test
    void a_text_made_to_be_slow_has_nothing_in_it() {
        assertThat(texts.in("cm_eyJpZCI6I".repeat(5461))).isEmpty();
    }
}
