package dev.countermark.frameworks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SetCookieTest {

    private static final SetCookie COOKIE = SetCookie.of("session", "q8.x");

    @Test
    void a_cookie_says_what_was_meant() {
        assertThat(COOKIE.header()).isEqualTo("session=q8.x");
        assertThat(COOKIE.maxAge(Duration.ofHours(1))
                        .domain("example.org")
                        .path("/app")
                        .secure()
                        .httpOnly()
                        .sameSite("lax")
                        .header())
                .isEqualTo("session=q8.x; Max-Age=3600; Domain=example.org; Path=/app; Secure; HttpOnly; SameSite=Lax");
        assertThat(COOKIE.maxAge(Duration.ZERO).header()).isEqualTo("session=q8.x; Max-Age=0");
        assertThat(COOKIE.path("").header()).isEqualTo("session=q8.x");
    }

    @Test
    void every_character_of_the_grammar_and_no_other_is_a_value() {
        for (char c = 0; c < 0x180; c++) {
            var value = "a" + c;
            // RFC 6265 section 4.1.1, cookie-octet
            boolean octet = c == 0x21
                    || c >= 0x23 && c <= 0x2b
                    || c >= 0x2d && c <= 0x3a
                    || c >= 0x3c && c <= 0x5b
                    || c >= 0x5d && c <= 0x7e;
            if (octet) {
                assertThat(SetCookie.of("a", value).header()).isEqualTo("a=" + value);
            } else {
                assertThatIllegalArgumentException().as("%x", (int) c).isThrownBy(() -> SetCookie.of("a", value));
            }
        }
        assertThat(SetCookie.of("a", "\"b\"").header()).isEqualTo("a=\"b\"");
        assertThat(SetCookie.of("a", "").header()).isEqualTo("a=");
        assertThatIllegalArgumentException().isThrownBy(() -> SetCookie.of("a", "\"b"));
        assertThatIllegalArgumentException().isThrownBy(() -> SetCookie.of("a", "\"b;\""));
    }

    @Test
    void every_character_of_a_token_and_no_other_is_a_name() {
        for (char c = 0; c < 0x180; c++) {
            var name = "a" + c;
            boolean token = c < 0x7f && (Character.isLetterOrDigit(c) || "!#$%&'*+-.^_`|~".indexOf(c) >= 0);
            if (token) {
                assertThat(SetCookie.of(name, "").name()).isEqualTo(name);
            } else {
                assertThatIllegalArgumentException().as("%x", (int) c).isThrownBy(() -> SetCookie.of(name, ""));
            }
        }
        assertThatIllegalArgumentException().isThrownBy(() -> SetCookie.of("", "b"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/;HttpOnly=false", "/\r\nX: y", "/\u0000", "/\u007f", "/é", "/\t"})
    void a_path_cannot_start_an_attribute(String path) {
        assertThatIllegalArgumentException().isThrownBy(() -> COOKIE.path(path));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ".",
                ".example.org",
                "example.org.",
                "a..b",
                "-a.b",
                "a-.b",
                "a b",
                "x;Secure",
                "x\r\nY: z",
                "ü.de"
            })
    void a_domain_is_labels(String domain) {
        assertThatIllegalArgumentException().isThrownBy(() -> COOKIE.domain(domain));
    }

    @Test
    void a_domain_is_no_longer_than_a_name_may_be() {
        assertThat(COOKIE.domain("a".repeat(63) + ".b").domain()).hasSize(65);
        assertThatIllegalArgumentException().isThrownBy(() -> COOKIE.domain("a".repeat(64) + ".b"));
        assertThat(COOKIE.domain("a.".repeat(126) + "b").domain()).hasSize(253);
        assertThatIllegalArgumentException().isThrownBy(() -> COOKIE.domain("a.".repeat(126) + "bc"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Strictish", "None; Domain=x", " Lax", "Lax\r\nX: y"})
    void a_same_site_is_one_of_three(String sameSite) {
        assertThatIllegalArgumentException().isThrownBy(() -> COOKIE.sameSite(sameSite));
    }

    @Test
    void a_cookie_that_browsers_drop_is_refused() {
        assertThat(SetCookie.of("abcd", "x".repeat(4092)).header()).hasSize(4097);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SetCookie.of("abcd", "x".repeat(4093)))
                .withMessageContaining("4097 bytes");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> COOKIE.sameSite("None").header());
        assertThat(COOKIE.sameSite("None").secure().header()).endsWith("; Secure; SameSite=None");
        assertThat(COOKIE.path("/" + "x".repeat(1023)).path()).hasSize(1024);
        assertThatIllegalArgumentException().isThrownBy(() -> COOKIE.path("/" + "x".repeat(1024)));
        assertThatIllegalArgumentException().isThrownBy(() -> COOKIE.path("app"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SetCookie.of("__HOST-id", "7").path("/").header());
        var secure = SetCookie.of("__Secure-id", "7");
        assertThatIllegalArgumentException().isThrownBy(secure::header);
        assertThat(secure.secure().header()).isEqualTo("__Secure-id=7; Secure");
        var host = SetCookie.of("__Host-id", "7").secure();
        assertThatIllegalArgumentException().isThrownBy(host::header);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> host.path("/").domain("example.org").header());
        assertThat(host.path("/").header()).isEqualTo("__Host-id=7; Path=/; Secure");
    }

    @Test
    void a_cookie_is_not_kept_for_less_than_no_time() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> COOKIE.maxAge(Duration.ofSeconds(-1)))
                .withMessageContaining("Max-Age");
    }

    @Test
    void it_does_not_show_its_value() {
        assertThat(COOKIE).hasToString("SetCookie[session]");
    }
}
