package dev.countermark.frameworks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countermark.Expired;
import dev.countermark.Keyring;
import dev.countermark.Limits;
import dev.countermark.Reason;
import dev.countermark.Rejected;
import dev.countermark.SigningKey;
import dev.countermark.Valid;
import dev.countermark.mac.Hmac;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** Cookies of Rails with {@code cookies_serializer = :marshal}. */
class RailsCookieTest {

    private static RailsCookie<byte[]> cookie(String secret, String name, Instant now) {
        return RailsCookie.ofMarshal(Keyring.of(SigningKey.weakText(secret)), name)
                .keyDigest(Hmac.SHA1)
                .clock(Clock.fixed(now, ZoneOffset.UTC));
    }

    /** Rails 8.1.3.1: 235500157, until the expiry. */
    @Test
    void an_expiry_is_written_and_holds() {
        var secret =
                "5f50a757869172a2b117095c8eea5c3257b6544a92ff84c015bfa10cef941a18c8b02953d276de9aeadbd380e09d686dc703fb8be5b120950209f87c25e5f6e0";
        var header =
                "eyJfcmFpbHMiOnsibWVzc2FnZSI6IkJBaHBCSDF5Q1E0PSIsImV4cCI6IjIwMjMtMDItMDVUMDE6MTE6MTguMDAwWiIsInB1ciI6ImNvb2tpZS51c2VyX2lkIn19"
                        + "--edaf83c76fb5a1f849dc975429292e5c81297aa0";
        var expiry = Instant.parse("2023-02-05T01:11:18Z");
        byte[] number = {4, 8, 'i', 4, 0x7d, 0x72, 0x09, 0x0e};

        assertThat(cookie(secret, "user_id", expiry).write(number, expiry)).isEqualTo(header);
        assertThat(cookie(secret, "user_id", expiry.minusMillis(1)).read(header))
                .isEqualTo(number);
        assertThat(cookie(secret, "user_id", expiry).check(header)).isInstanceOf(Expired.class);
    }

    /** Rails 6.1.7.10, {@code use_cookies_with_metadata = false}: a list of two numbers and a text. */
    @Test
    void an_expiry_is_written_without_a_purpose() {
        var secret =
                "6afa5394c52ce9b501c2423e2639c0c03654a6bdaa5c3a61d6e62d68052a43317e32b90e6948b3cd175ffe817c7f30449ba9f49c005fe94143022b59359caae0";
        var value = Base64.getDecoder().decode("BAhbCGn+iv1sKwpNAAAAAAAAAEAASSIYw6kgw7wg5pel5pysIPCfmIAxNwY6BkVU");
        var message =
                "eyJfcmFpbHMiOnsibWVzc2FnZSI6IkJBaGJDR24raXYxc0t3cE5BQUFBQUFBQUFFQUFTU0lZdzZrZ3c3d2c1cGVsNXB5c0lQQ2ZtSUF4TndZ"
                        + "NkJrVlUiLCJleHAiOiIyMDI5LTA1LTI4VDE2OjQyOjAzLjAwMFoiLCJwdXIiOm51bGx9fQ=="
                        + "--18172a08a5a45747682d9433e50a0aa975fc77ff04396622fc63f67c2e27dc4f";
        var expiry = Instant.parse("2029-05-28T16:42:03Z");
        var cookie = cookie(secret, "cart", expiry.minusMillis(1))
                .digest(Hmac.SHA256)
                .release(RailsRelease.V6_1)
                .writingNoPurpose();

        assertThat(cookie.decoded().write(value, expiry)).isEqualTo(message);
        assertThat(cookie.write(value, expiry)).isEqualTo(message.replace("=", "%3D"));
        assertThat(cookie.decoded().read(message)).isEqualTo(value);
        assertThat(cookie.read(message.replace("=", "%3D"))).isEqualTo(value);
    }

    @Test
    void a_header_of_exactly_the_limit_is_read() {
        var cookie = RailsCookie.of(Keyring.of(SigningKey.weakText("a secret")), "user_id");
        var value = JsonMapper.shared().readTree("12345");
        var header = cookie.write(value);

        assertThat(header).contains("%3D");
        assertThat(cookie.limits(Limits.DEFAULT.tokenLength(header.length())).check(header))
                .isInstanceOf(Valid.class);
        assertThat(cookie.limits(Limits.DEFAULT.tokenLength(header.length() - 1))
                        .check(header))
                .isInstanceOfSatisfying(
                        Rejected.class,
                        rejected -> assertThat(rejected.reason()).isEqualTo(Reason.TOO_LONG));
    }
}
