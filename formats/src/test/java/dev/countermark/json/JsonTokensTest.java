package dev.countermark.json;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countermark.Keyring;
import dev.countermark.Reason;
import dev.countermark.Rejected;
import dev.countermark.SigningKey;
import dev.countermark.Tokens;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The codecs inside tokens. */
class JsonTokensTest {

    record Login(String id) {}

    record Counter(int count) {}

    private static final Keyring KEYS = Keyring.of(SigningKey.generate());

    @Test
    void a_record_goes_out_and_comes_back() {
        var logins = Tokens.of(KEYS, "login", Json.of(Login.class)).expiringAfter(Duration.ofHours(1));
        assertThat(logins.verify(logins.sign(new Login("foobar")))).isEqualTo(new Login("foobar"));
    }

    @Test
    void a_well_signed_payload_of_another_type_is_a_verdict() {
        var counters = Tokens.of(KEYS, "login", Json.of(Counter.class));
        var logins = Tokens.of(KEYS, "login", Json.of(Login.class));
        assertThat(counters.check(logins.sign(new Login("foobar"))))
                .isInstanceOfSatisfying(
                        Rejected.class,
                        rejected -> assertThat(rejected.reason()).isEqualTo(Reason.PAYLOAD_MALFORMED));
    }
}
