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
import org.junit.jupiter.params.provider.ValueSource;

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

    @Test
    void parameters_may_come_in_any_order() {
        var link = LINKS.sign("/report?a=1&b=2&c=3");

        assertThat(LINKS.verify("/report?c=3&" + signatureOf(link) + "&b=2&a=1"))
                .isEqualTo("/report?a=1&b=2&c=3");
    }

    @Test
    void repeated_parameters_keep_their_order() {
        var link = LINKS.sign("/report?id=1&x=0&id=2");
        var signature = signatureOf(link);

        assertThat(LINKS.verify("/report?id=1&id=2&x=0&" + signature)).isEqualTo("/report?id=1&id=2&x=0");
        assertThat(reason(LINKS.check("/report?id=2&x=0&id=1&" + signature))).isEqualTo(Reason.SIGNATURE_MISMATCH);
        assertThat(reason(LINKS.check("/report?id=1&x=0&" + signature))).isEqualTo(Reason.SIGNATURE_MISMATCH);
        assertThat(reason(LINKS.check("/report?id=1&x=0&id=2&id=2&" + signature)))
                .isEqualTo(Reason.SIGNATURE_MISMATCH);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/report?id=7&admin=1", // added
                "/report", // removed
                "/report?id=8", // changed
                "/report?Id=7", // another name
                "/report?id=7&id=8", // repeated
                "/report?id", // without its value
                "/report?id=", // with an empty one
                "/report?id=7=", // with more
                "/Report?id=7", // another path
                "/report/?id=7",
                "//report?id=7",
                "/report/x?id=7",
                "/report;x=1?id=7",
                "/report%2F?id=7",
                "/report%3Fid=7",
                "/report%3fid=7&y=1",
                "/report?i%2564=7", // double encoding
                "/report?id=%2537",
                "/report?id=7%20", // white space
                "/report?id=+7",
                "/report?id=7%00",
                "/report?id%00=7",
                "/report?id%3D7",
                "/report?%26id=7",
                "/report?id=7&utm_source=mail",
            })
    void what_was_changed_is_refused(String changed) {
        var signature = signatureOf(LINKS.sign("/report?id=7"));

        var verdict = LINKS.check(changed + (changed.contains("?") ? "&" : "?") + signature);

        assertThat(reason(verdict)).isIn(Reason.SIGNATURE_MISMATCH, Reason.MALFORMED);
    }

    @ParameterizedTest
    @CsvSource({
        "/a~b?c=d, /a%7Eb?c=d",
        "/a~b?c=d, /a%7eb?%63=%64",
        "/%c3%a9?q=%c3%a9, /%C3%A9?q=%C3%A9",
        "/a?q=it's, /a?q=it%27s",
        "/a?list%5B%5D=1, /a?list%5b%5d=1",
        "/a?to=https://b/c?d, /a?to=https%3A%2F%2Fb%2Fc%3Fd",
        "/a?q=1=2, /a?q=1%3D2",
    })
    void spellings_that_every_reader_takes_for_one_are_one(String signed, String read) {
        assertThat(LINKS.check(read + "&" + signatureOf(LINKS.sign(signed)))).isInstanceOf(Valid.class);
    }

    @ParameterizedTest
    @CsvSource({
        "/a/b, /a%2Fb",
        "/a%2Fb, /a/b",
        "/a%252Fb, /a%2Fb",
        "/a%2Fb, /a%252Fb",
        "/a;b=c, /a",
        "/a;b, /a%3Bb",
        "/a//b, /a/b",
        "/a+b, /a%20b",
        "/a?q=1+2, /a?q=1%202",
        "/a?q=1%202, /a?q=1+2",
        "/a?q=1%2B2, /a?q=1+2",
        "/a?q=1%262=3, /a?q=1&2=3",
        "/a?q=1&2=3, /a?q=1%262=3",
        "/a?q%3D1=2, /a?q=1=2",
        "/a?q=1%3Fx, /a?q=1%253Fx",
        "/a?q, /a?q=",
        "/a?q=, /a?q",
    })
    void spellings_that_some_readers_tell_apart_are_different(String signed, String read) {
        var signature = signatureOf(LINKS.sign(signed));

        assertThat(LINKS.check(signed + (signed.contains("?") ? "&" : "?") + signature))
                .isInstanceOf(Valid.class);
        assertThat(reason(LINKS.check(read + (read.contains("?") ? "&" : "?") + signature)))
                .isEqualTo(Reason.SIGNATURE_MISMATCH);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "report",
                "?id=7",
                "//files.example/report",
                "///report",
                "/\\files.example/report",
                "http:/report",
                "http:///report",
                "https:files.example/report",
                "ftp://files.example/report",
                "javascript://files.example/%0aalert(1)",
                "https://user@files.example/report",
                "https://files.example@evil.example/report",
                "https://files.example:x/report",
                "https://files.example:/report",
                "https://files.example:123456/report",
                "https://fil%65s.example/report",
                "https://files\\.example/report",
                "https://bücher.example/report",
                "https://[::1/report",
                " /report",
                "/report ",
                "/report\n",
                "/report\u0000",
                "/re\tport",
                "/é",
                "/a\\b",
                "/a|b",
                "/a^b",
                "/a`b",
                "/{id}",
                "/<b>",
                "/a\"b",
                "/%",
                "/%2",
                "/%zz",
                "/%u0041",
                "/%\uff12\uff10",
                "/a?%",
                "/./a",
                "/a/..",
                "/a/../b",
                "/a/%2e%2e/b",
                "/a/.%2E",
                "/a/..;x=1/b",
                "/a/.;/b",
                "/a/..%2Fb",
                "/a%2f..%2fb",
                "/a%2F%2e%2E",
                "/a/..%5Cb",
                "/a%5c../b",
                "/a/..%3Bx/b",
                "/..",
                "/a#b",
                "/a?b#c",
                "/a?b=1;c=2",
                "/a?b=1&&c=2",
                "/a?&b=1",
                "/a?b=1&",
                "/a?b=ü",
                "/a?b={1}",
                "/a?b[]=1",
                "https://files.example#@evil.example/report",
                "https://files.example%2F@evil.example/report",
                "https://[fe80::1%25eth0]/report",
                "https://files.example\n.evil.example/report",
            })
    void a_link_that_programs_read_differently_is_neither_signed_nor_read(String link) {
        assertThatIllegalArgumentException().isThrownBy(() -> LINKS.sign(link));
        var signature = signatureOf(LINKS.sign("/a"));
        assertThat(reason(LINKS.check(link))).isEqualTo(Reason.MALFORMED);
        assertThat(LINKS.check(link + (link.contains("?") ? "&" : "?") + signature))
                .isInstanceOf(Rejected.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/a?signature=x",
                "/a?expires=1",
                "/a?expires",
                "/a?%65xpires=1800000000",
                "/a?b=1&s%69gnature=x",
            })
    void our_own_parameters_cannot_be_signed(String link) {
        assertThatIllegalArgumentException().isThrownBy(() -> LINKS.sign(link));
    }

    @ParameterizedTest
    @CsvSource({
        // Dots that no program takes for a segment of their own, in any order of decoding.
        "/a/...",
        "/a/..b",
        "/a/b..",
        "/a/.well-known/b",
        "/a/..%2Eb",
        "/a/%252e%252e/b",
        "/a;..",
        "/a/b%3B..",
        // Bytes that are no UTF-8, an empty name, a name without a value, a matrix parameter, a slash that is none.
        "/a/%FF%C0%AF",
        "/a?=1",
        "/a?b",
        "/a;v=1/b",
        "/a%2Fb",
        "/a//b"
    })
    void what_only_looks_odd_comes_back_and_nothing_else_does(String link) {
        var signature = signatureOf(LINKS.sign(link));
        var mark = link.contains("?") ? "&" : "?";

        assertThat(LINKS.check(link + mark + signature)).isInstanceOf(Valid.class);
        assertThat(LINKS.check(link + "%00" + mark + signature)).isInstanceOf(Rejected.class);
        assertThat(LINKS.check(link + "/" + mark + signature)).isInstanceOf(Rejected.class);
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
