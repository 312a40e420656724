package dev.countermark.frameworks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countermark.Expired;
import dev.countermark.Keyring;
import dev.countermark.SigningKey;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.json.JsonMapper;

/** Signed ids of Rails 6.1.7.10, 7.0.10, 7.1.6, 7.2.2.2 and 8.1.3.1. */
class RailsSignedIdTest {

    private static final String SECRET =
            "91e4666ceb3bf43d54a448a37ed4f21f381fe14b733e5aeb4f71263052f6d622d64640acce3fe8b63158f6f84f9152ad46c2457504857311a71d11f6110ba2f3";
    private static final String OTHER_SECRET =
            "25ddfceef2b60be9e3635ab1625358405e38196bc4b46ed931b9d3253cc7de63dc6bdfab7c63fcb2f344c06a9eaeb09eb4d01b7cafef64e9ffa59ca996d02984";

    record SignedId(
            RailsRelease release,
            String secret,
            String model,
            String purpose,
            String id,
            @Nullable Instant expiresAt,
            String text) {}

    static List<SignedId> ids() {
        return List.of(
                new SignedId(
                        RailsRelease.V6_1,
                        OTHER_SECRET,
                        "Admin::User",
                        "email",
                        "[1, 79]",
                        null,
                        "eyJfcmFpbHMiOnsibWVzc2FnZSI6Ild6RXNOemxkIiwiZXhwIjpudWxsLCJwdXIiOiJhZG1pbi91c2VyL2VtYWlsIn19"
                                + "--42ef75ed3f29b72c337580019151afecdddb50b6d84529c16a0f2fe9e35e98dd"),
                new SignedId(
                        RailsRelease.V6_1,
                        SECRET,
                        "Admin::User",
                        "",
                        "[1, 51]",
                        Instant.parse("2033-04-20T11:46:45Z"),
                        "eyJfcmFpbHMiOnsibWVzc2FnZSI6Ild6RXNOVEZkIiwiZXhwIjoiMjAzMy0wNC0yMFQxMTo0Njo0NS4wMDBaIiwicHVyIjoi"
                                + "YWRtaW4vdXNlciJ9fQ=="
                                + "--4710c3576e1f23ce7d3730fad1a464258f6dda3c8f64349d07181992de728411"),
                new SignedId(
                        RailsRelease.V7_0,
                        SECRET,
                        "Admin::User",
                        "",
                        "[1, 72]",
                        null,
                        "eyJfcmFpbHMiOnsibWVzc2FnZSI6Ild6RXNOekpkIiwiZXhwIjpudWxsLCJwdXIiOiJhZG1pbi91c2VyIn19"
                                + "--1c5b88fe8a0924c4ffdfeed7ff1a1e9344f428426b886af709114a5dbbe616b3"),
                new SignedId(
                        RailsRelease.V7_1,
                        SECRET,
                        "User",
                        "email",
                        "\"uuid-240007\"",
                        Instant.parse("2029-11-30T10:28:52Z"),
                        "eyJfcmFpbHMiOnsibWVzc2FnZSI6IkluVjFhV1F0TWpRd01EQTNJZz09IiwiZXhwIjoiMjAyOS0xMS0zMFQxMDoyODo1Mi4w"
                                + "MDBaIiwicHVyIjoidXNlci9lbWFpbCJ9fQ=="
                                + "--1afde39684dad635d385c44df702eb913d883a84c2f0a67c12488d5c95a51cc5"),
                new SignedId(
                        RailsRelease.V7_2,
                        SECRET,
                        "BlogPost",
                        "",
                        "941853",
                        null,
                        "eyJfcmFpbHMiOnsibWVzc2FnZSI6Ik9UUXhPRFV6IiwiZXhwIjpudWxsLCJwdXIiOiJibG9nX3Bvc3QifX0"
                                + "--e975c7d517fb33a77370e153c901cadc109532742b2c75a5deb31dd10dad2f9d"),
                new SignedId(
                        RailsRelease.V7_2,
                        OTHER_SECRET,
                        "Admin::User",
                        "",
                        "[1, 10]",
                        Instant.parse("2029-01-12T14:55:45Z"),
                        "eyJfcmFpbHMiOnsibWVzc2FnZSI6Ild6RXNNVEJkIiwiZXhwIjoiMjAyOS0wMS0xMlQxNDo1NTo0NS4wMDBaIiwicHVyIjoi"
                                + "YWRtaW4vdXNlciJ9fQ"
                                + "--3e987c5634665440584e6ba265790f297fb76d0f841af8ea7b2a19dbbb5e1393"),
                new SignedId(
                        RailsRelease.V8_1,
                        SECRET,
                        "User",
                        "password_reset",
                        "\"uuid-308381\"",
                        null,
                        "eyJfcmFpbHMiOnsibWVzc2FnZSI6IkluVjFhV1F0TXpBNE16Z3hJZz09IiwiZXhwIjpudWxsLCJwdXIiOiJ1c2VyL3Bhc3N3"
                                + "b3JkX3Jlc2V0In19"
                                + "--8ff07c1ba44552ef00fd0b33c231b604e25e7ad3c3cd2bbb6b9811eed79e2ef1"));
    }

    @ParameterizedTest
    @MethodSource("ids")
    void an_id_is_read_and_written_as_its_release_does(SignedId signed) {
        var ids = RailsSignedId.of(Keyring.of(SigningKey.weakText(signed.secret())), signed.model())
                .purpose(signed.purpose())
                .release(signed.release());
        var id = JsonMapper.shared().readTree(signed.id());
        var expiresAt = signed.expiresAt();

        if (expiresAt == null) {
            assertThat(ids.read(signed.text())).isEqualTo(id);
            assertThat(ids.write(id)).isEqualTo(signed.text());
        } else {
            assertThat(ids.clock(at(expiresAt.minusMillis(1))).read(signed.text()))
                    .isEqualTo(id);
            assertThat(ids.clock(at(expiresAt)).check(signed.text())).isInstanceOf(Expired.class);
            assertThat(ids.write(id, expiresAt)).isEqualTo(signed.text());
        }
    }

    private static Clock at(Instant instant) {
        return Clock.fixed(instant, ZoneOffset.UTC);
    }
}
