package dev.countermark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SignedUrlTest {

    private static final long NOW = TestKeys.NOW;
    private static final Keyring KEYS = TestKeys.KEYS;
    private static final SignedUrl LINKS = at(NOW, SignedUrl.withoutExpiry(KEYS, "download"));
    private static final SignedUrl EXPIRING = at(NOW, SignedUrl.of(KEYS, "download", Duration.ofHours(1)));

    private static SignedUrl at(long seconds, SignedUrl links) {
        return links.clock(TestKeys.at(seconds));
    }

    private static Reason reason(Verdict<String> verdict) {
        assertThat(verdict).isInstanceOf(Rejected.class);
        return ((Rejected<String>) verdict).reason();
    }

    private static String signatureOf(String link) {
        return link.substring(link.indexOf("signature="));
    }

    @Test
    void a_signed_link_comes_back() {
        var link = EXPIRING.sign("https://files.example/report?id=7");

        assertThat(link).startsWith("https://files.example/report?id=7&expires=1700003600&signature=");
        assertThat(EXPIRING.verify(link)).isEqualTo("/report?id=7");
        assertThat(EXPIRING.verify(link.substring("https://files.example".length())))
                .isEqualTo("/report?id=7");
    }

    @Test
    void a_link_without_a_query_comes_back() {
        assertThat(LINKS.verify(LINKS.sign("/unsubscribe"))).isEqualTo("/unsubscribe");
        assertThat(LINKS.verify(LINKS.sign("/unsubscribe?"))).isEqualTo("/unsubscribe");
        assertThat(LINKS.verify(LINKS.sign("/search?q=why?"))).isEqualTo("/search?q=why%3F");
    }

    @Test
    void an_empty_path_is_the_root() {
        var link = LINKS.sign("https://files.example?id=7");

        assertThat(LINKS.verify(link)).isEqualTo("/?id=7");
        assertThat(LINKS.verify("/?id=7&" + signatureOf(link))).isEqualTo("/?id=7");
    }

    @Test
    void a_link_is_good_through_its_last_second() {
        var link = EXPIRING.sign("/report");

        assertThat(at(NOW + 3600, EXPIRING).verify(link)).isEqualTo("/report");
        var late = at(NOW + 3601, EXPIRING).check(link);
        assertThat(late).isInstanceOf(Expired.class);
        assertThat(((Expired<String>) late).expiresAt()).contains(Instant.ofEpochSecond(NOW + 3600));
        assertThatThrownBy(() -> at(NOW + 3601, EXPIRING).verify(link)).isInstanceOf(ExpiredTokenException.class);
    }

    @Test
    void a_lifetime_of_its_own_is_kept() {
        var link = LINKS.sign("/report", Duration.ofMinutes(1));

        assertThat(at(NOW + 60, LINKS).check(link)).isInstanceOf(Valid.class);
        assertThat(at(NOW + 61, LINKS).check(link)).isInstanceOf(Expired.class);
    }

    @Test
    void an_expiry_cannot_be_taken_off_moved_or_added() {
        var link = EXPIRING.sign("/report?id=7");
        var lasting = LINKS.sign("/report?id=7");

        assertThat(reason(EXPIRING.check(link.replace("expires=1700003600&", ""))))
                .isEqualTo(Reason.SIGNATURE_MISMATCH);
        assertThat(reason(EXPIRING.check(link.replace("1700003600", "1800003600"))))
                .isEqualTo(Reason.SIGNATURE_MISMATCH);
        assertThat(reason(EXPIRING.check(link.replace("1700003600", "01700003600"))))
                .isEqualTo(Reason.SIGNATURE_MISMATCH);
        assertThat(reason(EXPIRING.check(lasting + "&expires=1800003600"))).isEqualTo(Reason.SIGNATURE_MISMATCH);
        assertThat(reason(EXPIRING.check(lasting))).isEqualTo(Reason.EXPIRY_MISSING);
    }

    @ParameterizedTest
    @CsvSource({
        "https://files.example/a, https://FILES.example:443/a, true",
        "https://files.example/a, http://files.example:80/a, true",
        "https://files.example/a, https://files.example:80/a, false",
        "https://files.example/a, https://files.example:0443/a, false",
        "https://files.example/a, https://files.example./a, false",
        "https://files.example/a, https://files.example:8443/a, false",
        "https://files.example/a, https://sub.files.example/a, false",
        "https://[2001:DB8::1]:8443/a, https://[2001:db8::1]:8443/a, true",
        "https://[2001:db8::1]/a, https://[2001:db8::1]:443/a, true",
        "https://[2001:db8::1]/a, https://[2001:db8:0::1]/a, false",
        "https://[2001:db8::1]/a, https://[::1]/a, false"
    })
    void a_covered_host_has_its_port_and_no_case(String signed, String read, boolean valid) {
        var links = LINKS.coveringHost();
        var verdict = links.check(read + "?" + signatureOf(links.sign(signed)));

        assertThat(verdict).isInstanceOf(valid ? Valid.class : Rejected.class);
    }

    @Test
    void our_own_parameters_stand_once() {
        var link = EXPIRING.sign("/report");
        var signature = signatureOf(link);

        for (var repeated : new String[] {
            "&" + signature,
            "&signature=",
            "&signature",
            "&%73ignature=x",
            "&expires=1700003600",
            "&expires=1900003600",
            "&%65xpires=1900003600",
            "&expires="
        }) {
            assertThat(reason(EXPIRING.check(link + repeated))).as(repeated).isEqualTo(Reason.MALFORMED);
        }
        assertThat(reason(EXPIRING.check("/report?expires=1700003600&signature=")))
                .isEqualTo(Reason.MALFORMED);
        assertThat(reason(EXPIRING.check("/report?expires=1700003600&signature")))
                .isEqualTo(Reason.MALFORMED);
        assertThat(reason(EXPIRING.check("/report?expires=1700003600"))).isEqualTo(Reason.MALFORMED);
        assertThat(reason(EXPIRING.check("/report?expires=1700003600&Signature=x")))
                .isEqualTo(Reason.MALFORMED);
    }

    @Test
    void a_signature_has_one_text() {
        var link = LINKS.sign("/report");

        for (var spelling : new String[] {link + "=", link + "%3D", link + "A", link.substring(0, link.length() - 1)}) {
            assertThat(reason(LINKS.check(spelling))).isEqualTo(Reason.SIGNATURE_MISMATCH);
        }
        char last = link.charAt(link.length() - 1);
        assertThat(reason(LINKS.check(link.substring(0, link.length() - 1) + (char) (last + 1))))
                .isEqualTo(Reason.SIGNATURE_MISMATCH);
    }

    @Test
    void a_parameter_allowed_by_name_is_neither_covered_nor_handed_back() {
        var links = LINKS.allowingUnsigned("utm_source").allowingUnsigned("utm_medium", "fbclid");
        var link = links.sign("/report?utm_source=mail&id=7");

        assertThat(links.verify(link)).isEqualTo("/report?id=7");
        assertThat(links.verify(link.replace("utm_source=mail&", ""))).isEqualTo("/report?id=7");
        assertThat(links.verify(link + "&utm_medium=x&utm%5Fmedium&fbclid=%00")).isEqualTo("/report?id=7");
        assertThat(reason(links.check(link + "&utm_term=x"))).isEqualTo(Reason.SIGNATURE_MISMATCH);
        assertThat(reason(links.check(link + "&UTM_SOURCE=x"))).isEqualTo(Reason.SIGNATURE_MISMATCH);
        assertThatIllegalArgumentException().isThrownBy(() -> LINKS.allowingUnsigned("expires"));
        assertThatIllegalArgumentException().isThrownBy(() -> LINKS.allowingUnsigned("signature"));
        assertThatIllegalArgumentException().isThrownBy(() -> LINKS.allowingUnsigned("a b"));
    }

    @Test
    void a_host_counts_only_when_it_is_covered() {
        var link = LINKS.sign("https://files.example/report");
        assertThat(LINKS.check(link.replace("files", "evil"))).isInstanceOf(Valid.class);
        assertThat(LINKS.check(link.replace("https", "http"))).isInstanceOf(Valid.class);

        var bound = LINKS.coveringHost();
        var covered = bound.sign("https://files.example/report");
        assertThat(bound.check(covered)).isInstanceOf(Valid.class);
        assertThat(bound.check(covered.replace("https://files.example", "HTTPS://FILES.example:443")))
                .isInstanceOf(Valid.class);
        assertThat(reason(bound.check(covered.replace("files", "evil")))).isEqualTo(Reason.SIGNATURE_MISMATCH);
        assertThat(reason(bound.check(covered.replace("example/", "example:8443/"))))
                .isEqualTo(Reason.SIGNATURE_MISMATCH);
        assertThat(reason(bound.check(covered.replace("example/", "example:80/"))))
                .isEqualTo(Reason.SIGNATURE_MISMATCH);
        assertThat(reason(bound.check("/report?" + signatureOf(covered)))).isEqualTo(Reason.MALFORMED);
        assertThat(reason(bound.check(link))).isEqualTo(Reason.SIGNATURE_MISMATCH);
        assertThat(reason(LINKS.check(covered))).isEqualTo(Reason.SIGNATURE_MISMATCH);
        assertThatIllegalArgumentException().isThrownBy(() -> bound.sign("/report"));
    }

    @Test
    void a_proxy_may_take_a_prefix_off() {
        var links = LINKS.behind("/shop");
        var link = links.sign("https://example.org/shop/report?id=7");
        var signature = signatureOf(link);

        assertThat(links.verify("/report?id=7&" + signature)).isEqualTo("/report?id=7");
        assertThat(LINKS.verify("/shop/report?id=7&" + signature)).isEqualTo("/shop/report?id=7");
        assertThat(reason(links.check("/shop/report?id=7&" + signature))).isEqualTo(Reason.SIGNATURE_MISMATCH);
        assertThat(reason(LINKS.check("/report?id=7&" + signature))).isEqualTo(Reason.SIGNATURE_MISMATCH);
        assertThatIllegalArgumentException().isThrownBy(() -> links.sign("/report"));
        assertThatIllegalArgumentException().isThrownBy(() -> links.sign("/shopping/report"));
        assertThatIllegalArgumentException().isThrownBy(() -> links.sign("/shop//evil.example"));
        for (var prefix : new String[] {"", "shop", "/shop/", "/", "/shop?a", "/shop?", "https://a/shop", "/../shop"}) {
            assertThatIllegalArgumentException().as(prefix).isThrownBy(() -> LINKS.behind(prefix));
        }
    }

    @Test
    void keys_and_purposes_keep_links_apart() {
        var old = TestKeys.OLD;
        var link = LINKS.sign("/report");
        var oldLink =
                at(NOW, SignedUrl.withoutExpiry(Keyring.of(old), "download")).sign("/report");
        var both = at(NOW, SignedUrl.withoutExpiry(KEYS.accepting(old), "download"));

        assertThat(((Valid<String>) both.check(link)).reissue()).isFalse();
        assertThat(((Valid<String>) both.check(oldLink)).reissue()).isTrue();
        assertThat(reason(LINKS.check(oldLink))).isEqualTo(Reason.SIGNATURE_MISMATCH);
        assertThat(reason(SignedUrl.withoutExpiry(KEYS, "unsubscribe").check(link)))
                .isEqualTo(Reason.SIGNATURE_MISMATCH);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SignedUrl.withoutExpiry(Keyring.of(SigningKey.weakText("x")), "download"));
        assertThatIllegalArgumentException().isThrownBy(() -> SignedUrl.withoutExpiry(KEYS, " "));
        assertThatIllegalArgumentException().isThrownBy(() -> SignedUrl.of(KEYS, "download", Duration.ofMillis(999)));
    }

    @Test
    void a_signature_of_a_token_is_none_of_a_link() {
        var token = Tokens.of(KEYS, "download", Codec.text()).sign("\n\n/report");

        assertThat(reason(LINKS.check("/report?signature=" + token.substring(token.lastIndexOf('.') + 1))))
                .isEqualTo(Reason.SIGNATURE_MISMATCH);
    }

    @Test
    void one_link_has_one_id_in_every_spelling() {
        var link = LINKS.sign("/report?a=it's&b=2");
        var other = "/report?b=2&" + signatureOf(link) + "&%61=it%27s";

        assertThat(((Valid<String>) LINKS.check(other)).tokenId())
                .isEqualTo(((Valid<String>) LINKS.check(link)).tokenId());
    }

    @Test
    void a_long_link_is_refused_before_it_is_read() {
        var limits = Limits.DEFAULT.tokenLength(100);

        assertThat(reason(LINKS.limits(limits).check("/" + "a".repeat(100)))).isEqualTo(Reason.TOO_LONG);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LINKS.limits(limits).sign("/" + "a".repeat(99)));
    }

    @Test
    void no_text_makes_it_throw() {
        var seed = 20261123L;
        var random = new Random(seed);
        var link = EXPIRING.sign("https://files.example/report?id=7");
        var alphabet = "/?&=%#;+.:@[]\\ aA0~'\u00e9\ud800\n";
        for (int i = 0; i < 100_000; i++) {
            var text = new StringBuilder(random.nextBoolean() ? link : "/");
            for (int j = random.nextInt(8); j > 0; j--) {
                text.insert(random.nextInt(text.length() + 1), alphabet.charAt(random.nextInt(alphabet.length())));
            }
            var changed = text.toString();
            var verdict = EXPIRING.check(changed);
            if (verdict instanceof Valid<String> valid) {
                assertThat(valid.value())
                        .as("seed %d, round %d: %s", seed, i, changed)
                        .isEqualTo("/report?id=7");
            }
        }
    }
}
