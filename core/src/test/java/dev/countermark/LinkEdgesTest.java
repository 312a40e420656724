package dev.countermark;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.sun.management.ThreadMXBean;
import dev.countermark.encoding.Base64Url;
import dev.countermark.encoding.EpochSeconds;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The characters of RFC 3986, and the first and last of each length and date that a link can have. */
class LinkEdgesTest {

    /** RFC 3986 section 2.3. */
    private static final String UNRESERVED = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";

    /** {@code pchar} of section 3.3 without the unreserved, and the slash between segments. */
    private static final String PATH_MARKS = "!$&'()*+,;=:@/";

    /** Section 3.4, without what separates parameters: the ampersand, and the semicolon for some. */
    private static final String QUERY_MARKS = "!$'()*+,=:@/?";

    private static final long NOW = TestKeys.NOW;
    private static final SignedUrl LINKS =
            SignedUrl.withoutExpiry(TestKeys.KEYS, "download").clock(TestKeys.at(NOW));

    private static String signed(String link) {
        return LINKS.sign(link);
    }

    private static String signatureOf(String link) {
        return link.substring(link.indexOf("signature="));
    }

    @Test
    void a_character_stands_raw_where_the_rfc_has_a_place_for_it() {
        for (char c = 0; c < 0x100; c++) {
            if (c != '%' && c != '#' && c != '?') {
                assertSigned("/a" + c + "b", UNRESERVED.indexOf(c) >= 0 || PATH_MARKS.indexOf(c) >= 0);
            }
            if (c != '%' && c != '#' && c != '&') {
                assertSigned("/a?b=x" + c + "y", UNRESERVED.indexOf(c) >= 0 || QUERY_MARKS.indexOf(c) >= 0);
            }
        }
    }

    private static void assertSigned(String link, boolean expected) {
        if (expected) {
            assertThat(LINKS.check(signed(link))).as(link).isInstanceOf(Valid.class);
        } else {
            assertThatIllegalArgumentException().as(link).isThrownBy(() -> signed(link));
        }
    }

    /** Section 6.2.2.2: an escape of an unreserved character is that character; every other is itself, in either case. */
    @Test
    void an_escape_is_its_character_where_that_is_unreserved() {
        for (int value = 0; value < 0x100; value++) {
            var lower = "/a%" + HexFormat.of().toHexDigits((byte) value);
            var upper = "/a%" + HexFormat.of().withUpperCase().toHexDigits((byte) value);
            if (value == '/' || value == '\\') {
                continue; // behind these a dot would count, and the path ends here
            }
            var target = UNRESERVED.indexOf(value) >= 0 ? "/a" + (char) value : upper;
            assertThat(LINKS.verify(signed(lower))).isEqualTo(target);
            assertThat(LINKS.verify(lower + "?" + signatureOf(signed(upper)))).isEqualTo(target);
            if (UNRESERVED.indexOf(value) < 0 && PATH_MARKS.indexOf(value) >= 0) {
                assertThat(LINKS.check("/a" + (char) value + "?" + signatureOf(signed(upper))))
                        .isInstanceOf(Rejected.class);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"%0g", "%g0", "%/0", "%:0", "%@0", "%G0", "%`0", "%0/", "%0:", "%0@", "%0G", "%0`", "%", "%1"})
    void an_escape_has_two_hexadecimal_digits(String escape) {
        assertThatIllegalArgumentException().isThrownBy(() -> signed("/a" + escape));
        assertThat(LINKS.check("/a" + escape + "?signature=x")).isInstanceOf(Rejected.class);
    }

    @Test
    void an_empty_name_is_not_a_name_that_begins_with_an_equals_sign() {
        var link = signed("/a?=1");
        assertThat(LINKS.verify(link)).isEqualTo("/a?=1");
        assertThat(LINKS.check("/a?%3D1&" + signatureOf(link))).isInstanceOf(Rejected.class);
    }

    @Test
    void a_link_of_exactly_the_limit_is_signed_and_read() {
        var link = signed("/report");
        var fits = LINKS.limits(Limits.DEFAULT.tokenLength(link.length()));
        var tooSmall = LINKS.limits(Limits.DEFAULT.tokenLength(link.length() - 1));
        assertThat(fits.sign("/report")).isEqualTo(link);
        assertThat(fits.verify(link)).isEqualTo("/report");
        assertThatIllegalArgumentException().isThrownBy(() -> tooSmall.sign("/report"));
        assertThat(((Rejected<String>) tooSmall.check(link)).reason()).isEqualTo(Reason.TOO_LONG);
    }

    /** A thousand, ours among them: what Tomcat, PHP and Express read by default. */
    @Test
    void a_link_has_at_most_a_thousand_parameters() {
        var hour = Duration.ofHours(1);
        assertThat(LINKS.check(signed("/a?" + "b&".repeat(998) + "b"))).isInstanceOf(Valid.class);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> signed("/a?" + "b&".repeat(999) + "b"))
                .withMessageContaining("1000 parameters");
        assertThat(LINKS.check(LINKS.sign("/a?" + "b&".repeat(997) + "b", hour)))
                .isInstanceOf(Valid.class);
        assertThatIllegalArgumentException().isThrownBy(() -> LINKS.sign("/a?" + "b&".repeat(998) + "b", hour));
        assertThatIllegalArgumentException().isThrownBy(() -> signed("/a?" + "b&".repeat(7000) + "b"));

        var open = LINKS.allowingUnsigned("b");
        var link = open.sign("/a");
        assertThat(open.check(link + "&b".repeat(999))).isInstanceOf(Valid.class);
        assertThat(((Rejected<String>) open.check(link + "&b".repeat(1000))).reason())
                .isEqualTo(Reason.MALFORMED);
    }

    /** Two mebibytes are the bound of every check; these are the dearest links, one of many short parameters among them. */
    @ParameterizedTest
    @ValueSource(strings = {"/=&", "!!!!!!!!!!!!!!=&", "a&", "%2f=&", "%41%42%43%44%45&"})
    void the_dearest_links_take_less_than_two_mebibytes(String parameter) {
        int many = Math.min(998, 16_000 / parameter.length());
        var links = new String[] {
            signed("/a?" + parameter.repeat(many) + "b"),
            "/a?" + parameter.repeat(16_000 / parameter.length()) + "signature=x",
            signed("/" + "!".repeat(16_000))
        };
        var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        for (var link : links) {
            LINKS.check(link); // loads classes
            long before = threads.getCurrentThreadAllocatedBytes();
            var verdict = LINKS.check(link);
            assertThat(threads.getCurrentThreadAllocatedBytes() - before).isBetween(1L, 2L << 20);
            assertThat(verdict).isInstanceOf(link.endsWith("=x") ? Rejected.class : Valid.class);
        }
    }

    @Test
    void an_expiry_lies_before_the_year_10000() {
        var late = LINKS.clock(TestKeys.at(EpochSeconds.MAX - 10));
        var link = late.sign("/report", Duration.ofSeconds(10));
        assertThat(link).contains("expires=253402300799&");
        assertThat(((Valid<String>) LINKS.check(link)).expiresAt()).contains(Instant.parse("9999-12-31T23:59:59Z"));
        assertThatIllegalArgumentException().isThrownBy(() -> late.sign("/report", Duration.ofSeconds(11)));

        var longest = Duration.ofSeconds(EpochSeconds.MAX);
        assertThat(SignedUrl.of(TestKeys.KEYS, "download", longest)).isNotNull();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SignedUrl.of(TestKeys.KEYS, "download", longest.plusSeconds(1)));
        assertThat(SignedUrl.of(TestKeys.KEYS, "download", Duration.ofSeconds(1)))
                .isNotNull();
    }

    /** Somebody with the key can sign anything; an expiry that is none is refused all the same. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "0",
                "01700003600",
                "1700003600a",
                "a700003600",
                "17/0003600",
                "17:0003600",
                "-1700003600",
                "253402300800",
                "1700003600000",
                "99999999999999999999"
            })
    void an_expiry_that_is_none_is_refused_however_well_signed(String expires) {
        assertThat(((Rejected<String>) LINKS.check(wellSigned(expires))).reason())
                .isEqualTo(Reason.EXPIRY_MALFORMED);
    }

    @Test
    void the_signature_covers_host_expiry_and_target_by_line() {
        assertThat(LINKS.check(wellSigned("1700003600"))).isInstanceOf(Valid.class);
        assertThat(LINKS.check(wellSigned("253402300799"))).isInstanceOf(Valid.class);
        assertThat(LINKS.clock(TestKeys.at(10)).check(wellSigned("9"))).isInstanceOf(Expired.class);
        assertThat(LINKS.clock(TestKeys.at(9)).check(wellSigned("9"))).isInstanceOf(Valid.class);
    }

    /** As docs/wire-formats.md has it. */
    private static String wellSigned(String expires) {
        var scheme = Scheme.HMAC_SHA256;
        var key = scheme.derive(TestKeys.NEW, "download\0url".getBytes(US_ASCII));
        // A colon and a slash may stand in a value raw, and are covered in the form of their escapes.
        var spelled = expires.replace("/", "%2F").replace(":", "%3A");
        var code = scheme.mac().withKey(key).compute(("\n" + spelled + "\n/report").getBytes(US_ASCII));
        return "/report?expires=" + expires + "&signature=" + Base64Url.encode(code);
    }
}
