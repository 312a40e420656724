package dev.countermark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class TokensTest {

    private final Tokens<String> links = Tokens.of(TestKeys.KEYS, "download-link", Codec.text());

    private static Reason reason(Verdict<?> verdict) {
        assertThat(verdict).isInstanceOf(Rejected.class);
        return ((Rejected<?>) verdict).reason();
    }

    @Test
    void a_text_stands_in_its_token_as_it_is() {
        var link = links.sign("report-7.pdf");
        assertThat(link).startsWith("report-7.pdf.").hasSize("report-7.pdf".length() + 1 + 43);
        assertThat(links.verify(link)).isEqualTo("report-7.pdf");
    }

    @Test
    void a_codec_that_answers_null_makes_no_valid_token() {
        var careless = new Codec<String>() {
            @Override
            public byte[] encode(String value) {
                return value.getBytes(StandardCharsets.UTF_8);
            }

            @Override
            @SuppressWarnings("NullAway") // the mistake that is tested
            public String decode(byte[] bytes) {
                return null;
            }
        };
        var tokens = Tokens.of(TestKeys.KEYS, "download-link", careless);
        assertThat(reason(tokens.check(tokens.sign("report-7.pdf")))).isEqualTo(Reason.PAYLOAD_MALFORMED);
    }

    @Test
    void every_changed_character_is_noticed() {
        var link = links.sign("report-7.pdf");
        for (int at = 0; at < link.length(); at++) {
            for (char other = ' '; other < 0x80; other++) {
                if (other != link.charAt(at)) {
                    var changed = link.substring(0, at) + other + link.substring(at + 1);
                    assertThat(links.check(changed)).isInstanceOf(Rejected.class);
                }
            }
            assertThat(links.check(link.substring(0, at))).isInstanceOf(Rejected.class);
            assertThat(links.check(link.substring(at + 1))).isInstanceOf(Rejected.class);
        }
    }

    @Test
    void a_token_of_one_purpose_is_refused_for_another() {
        var other = Tokens.of(TestKeys.KEYS, "upload-link", Codec.text());
        assertThat(reason(other.check(links.sign("report-7.pdf")))).isEqualTo(Reason.SIGNATURE_MISMATCH);
    }

    @Test
    void no_layout_of_a_text_passes_as_another() {
        var dated = links.dated().clock(TestKeys.at(TestKeys.NOW));
        var plain = links.sign("admin.ZVPxAA");
        var withExpiry = dated.sign("admin", Duration.ofHours(1));
        var lookalike = links.sign("admin~ZVQPEA.ZVPxAA");
        assertThat(dated.check(plain)).isInstanceOf(Rejected.class);
        assertThat(dated.check(lookalike)).isInstanceOf(Rejected.class);
        assertThat(links.check(dated.sign("admin"))).isInstanceOf(Rejected.class);
        assertThat(links.check(withExpiry)).isInstanceOf(Rejected.class);
        assertThat(dated.verify(dated.sign("admin~ZVQPEA"))).isEqualTo("admin~ZVQPEA");
        assertThat(dated.verify(withExpiry)).isEqualTo("admin");
    }

    @ParameterizedTest
    @EnumSource(names = "TEXT", mode = EnumSource.Mode.EXCLUDE)
    void no_layout_of_a_url_safe_body_passes_as_another(Body body) {
        var plain = Tokens.of(TestKeys.KEYS, "p", Codec.bytes()).body(body);
        var dated = plain.dated().clock(TestKeys.at(TestKeys.NOW));
        var value = new byte[100];
        assertThat(plain.check(dated.sign(value))).isInstanceOf(Rejected.class);
        assertThat(plain.check(dated.sign(value, Duration.ofHours(1)))).isInstanceOf(Rejected.class);
        assertThat(dated.check(plain.sign(value))).isInstanceOf(Rejected.class);
        assertThat(dated.verify(dated.sign(value, Duration.ofHours(1)))).isEqualTo(value);
    }

    @Test
    void a_lone_surrogate_is_not_another_spelling_of_a_question_mark() {
        var link = links.sign("really?");
        assertThat(reason(links.check(link.replace('?', '\ud800')))).isEqualTo(Reason.NOT_CANONICAL);
        assertThatIllegalArgumentException().isThrownBy(() -> links.sign("really\ud800"));
    }

    @Test
    void bytes_that_are_no_text_are_refused_by_the_text_codec() {
        var bytes = Tokens.of(TestKeys.KEYS, "p", Codec.bytes());
        var texts = bytes.as(Codec.text());
        assertThat(reason(texts.check(bytes.sign(new byte[] {(byte) 0xff})))).isEqualTo(Reason.PAYLOAD_MALFORMED);
        assertThat(texts.verify(texts.sign("\ufffd"))).isEqualTo("\ufffd");
        assertThat(texts.sign("a")).startsWith("YQ.");
    }

    @Test
    void the_separator_can_be_another_character() {
        var own = links.separator('!');
        assertThat(own.verify(own.sign("report-7.pdf"))).isEqualTo("report-7.pdf");
        assertThat(own.sign("report-7.pdf")).startsWith("report-7.pdf!");
    }

    @ParameterizedTest
    @ValueSource(chars = {'A', 'z', '0', '-', '_', '=', '~', ' ', '\n', '\u0000', 'é'})
    void a_separator_that_could_be_part_of_a_signature_is_refused(char separator) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> links.separator(separator))
                .withMessageContaining("choose one");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a\u0000plain", "a\n"})
    void a_purpose_is_required(String purpose) {
        assertThatIllegalArgumentException().isThrownBy(() -> Tokens.of(TestKeys.KEYS, purpose, Codec.text()));
    }

    @Test
    void sizes_are_bounded_both_ways() {
        assertThatIllegalArgumentException().isThrownBy(() -> links.sign("x".repeat(17_000)));
        var large = links.limits(new Limits(2_000_000, 2_000_000));
        var token = large.sign("x".repeat(1_000_000));
        assertThat(large.verify(token)).hasSize(1_000_000);
        assertThat(reason(links.check(token))).isEqualTo(Reason.TOO_LONG);
        assertThat(reason(large.limits(new Limits(2_000_000, 999_999)).check(token)))
                .isEqualTo(Reason.PAYLOAD_TOO_LARGE);
    }

    @Test
    void a_compressed_body_is_inflated_within_the_limit() {
        var tokens = Tokens.of(TestKeys.KEYS, "p", Codec.bytes()).body(Body.URL_SAFE_COMPRESSED);
        var small = tokens.sign(new byte[1000]);
        assertThat(small).startsWith(".").hasSizeLessThan(100);
        assertThat(tokens.verify(small)).hasSize(1000);
        assertThat(tokens.sign(new byte[] {1, 2, 3})).startsWith("AQID.");
        assertThat(reason(tokens.limits(Limits.DEFAULT.payloadLength(999)).check(small)))
                .isEqualTo(Reason.PAYLOAD_TOO_LARGE);
    }

    @Test
    void the_id_of_a_token_is_that_of_its_signed_bytes() {
        var link = links.sign("report-7.pdf");
        var id = ((Valid<String>) links.check(link)).tokenId();
        // sha256 of "report-7.pdf", by: printf report-7.pdf | sha256sum
        assertThat(java.util.Base64.getUrlDecoder().decode(id))
                .asHexString()
                .isEqualToIgnoringCase("a0b7cbb5c0e6365677c482295d44bd8efad5d6446b7a946f31e9b9db41004051");
        assertThat(((Valid<String>) links.check(links.sign("other"))).tokenId()).isNotEqualTo(id);
    }

    @Test
    void what_nobody_verified_is_called_so() {
        var forged = "anything." + "A".repeat(43);
        assertThat(links.unverified(forged).isWellFormed()).isTrue();
        assertThat(links.unverified(forged).unverifiedValue()).contains("anything");
        assertThat(links.unverified("x").unverifiedValue()).isEmpty();
    }

    @Test
    void verify_throws_without_the_token_in_the_message() {
        assertThatExceptionOfType(BadTokenException.class)
                .isThrownBy(() -> links.verify("forged-value.AAAA"))
                .satisfies(e -> {
                    assertThat(e.getMessage()).doesNotContain("forged-value");
                    assertThat(e.reason()).isEqualTo(Reason.MALFORMED);
                });
    }

    @Test
    void null_is_refused_at_once() {
        assertThatNullPointerException().isThrownBy(() -> links.sign(null));
        assertThatNullPointerException().isThrownBy(() -> links.check(null));
        assertThatNullPointerException().isThrownBy(() -> links.verify(null));
        assertThatNullPointerException().isThrownBy(() -> links.unverified(null));
        assertThatNullPointerException().isThrownBy(() -> Tokens.of(null, "p", Codec.text()));
        assertThatNullPointerException().isThrownBy(() -> Tokens.of(TestKeys.KEYS, null, Codec.text()));
        assertThatNullPointerException().isThrownBy(() -> Tokens.of(TestKeys.KEYS, "p", null));
        assertThatNullPointerException().isThrownBy(() -> links.clock(null));
        assertThatNullPointerException().isThrownBy(() -> links.limits(null));
        assertThatNullPointerException().isThrownBy(() -> links.expiringAfter(null));
        assertThatNullPointerException().isThrownBy(() -> links.alsoReading(null));
    }

    @Test
    void nothing_shows_a_secret_a_token_or_a_value() {
        var link = links.sign("report-7.pdf");
        for (Object shown : new Object[] {
            links, links.check(link), links.unverified(link), TestKeys.KEYS, links.dated(), links.check("x.y")
        }) {
            assertThat(shown.toString())
                    .doesNotContain("report-7")
                    .doesNotContain(link.substring(13))
                    .doesNotContain(TestKeys.NEW.revealBase64());
        }
    }

    @Test
    void a_codec_that_throws_is_a_rejected_token() {
        var failing = links.as(new Codec<String>() {
            @Override
            public byte[] encode(String value) {
                return value.getBytes(StandardCharsets.UTF_8);
            }

            @Override
            public String decode(byte[] bytes) {
                throw new IllegalStateException("no");
            }
        });
        assertThat(reason(failing.check(links.sign("x")))).isEqualTo(Reason.PAYLOAD_MALFORMED);
    }
}
