package dev.countermark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which spellings of a link are one and the same, which are others, and which are none. */
class SignedUrlSpellingsTest {

    private static final long NOW = TestKeys.NOW;
    private static final Keyring KEYS = TestKeys.KEYS;
    private static final SignedUrl LINKS = at(NOW, SignedUrl.withoutExpiry(KEYS, "download"));

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
                "https://files.example//evil.example/report",
                "https://files.example//",
                "http\u017f://files.example/report",
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
}
