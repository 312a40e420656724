package dev.countermark.frameworks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.countermark.SigningKey;
import dev.countermark.mac.Hmac;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RailsKeyGeneratorTest {

    @ParameterizedTest
    @CsvSource({
        "password, salt, 1, 20, 0c60c80f961f0e71f3a9b524af6012062fe037a6",
        "password, salt, 2, 20, ea6c014dc72d6f8ccd1ed92ace1d41f0d8de8957",
        "password, salt, 4096, 20, 4b007901b765489abead49d926f721d065a429c1",
        "passwordPASSWORDpassword, saltSALTsaltSALTsaltSALTsaltSALTsalt, 4096, 25, "
                + "3d2eec4fe41c849b80c8d83662c0e44a8b291a964cf2f07038",
    })
    void it_is_pbkdf2_as_rfc_6070_has_it(String password, String salt, int iterations, int length, String expected) {
        var key = RailsKeyGenerator.of(RailsRelease.V6_1)
                .iterations(iterations)
                .generate(SigningKey.weakText(password), salt.getBytes(StandardCharsets.UTF_8), length);

        assertThat(HexFormat.of().formatHex(key)).isEqualTo(expected);
    }

    @Test
    void a_key_has_the_id_of_its_secret() {
        var secret = SigningKey.weakText("a secret").named("2026");
        var keys = RailsKeyGenerator.of(RailsRelease.V8_1).keys(dev.countermark.Keyring.of(secret), "signed cookie");

        assertThat(keys.primary().id()).isEqualTo("2026");
        assertThat(keys.primary().length()).isEqualTo(64);
    }

    @Test
    void sizes_are_bounded() {
        var generator = RailsKeyGenerator.of(RailsRelease.V8_1).digest(Hmac.SHA1);
        var secret = SigningKey.weakText("a secret");

        assertThatIllegalArgumentException().isThrownBy(() -> generator.iterations(0));
        assertThatIllegalArgumentException().isThrownBy(() -> generator.iterations(10_000_001));
        assertThatIllegalArgumentException().isThrownBy(() -> generator.generate(secret, new byte[1], 0));
        assertThatIllegalArgumentException().isThrownBy(() -> generator.generate(secret, new byte[1], 1025));
    }
}
