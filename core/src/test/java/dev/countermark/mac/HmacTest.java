package dev.countermark.mac;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class HmacTest {

    private static byte[] repeated(int value, int times) {
        var bytes = new byte[times];
        Arrays.fill(bytes, (byte) value);
        return bytes;
    }

    private static void assertCode(Hmac hmac, byte[] key, String message, String expected) {
        var code = hmac.withKey(key).compute(message.getBytes(US_ASCII));
        assertThat(HexFormat.of().formatHex(code)).isEqualTo(expected);
        assertThat(code).hasSize(hmac.length());
        assertThat(new PlatformHmac(hmac.digest(), key).compute(message.getBytes(US_ASCII)))
                .isEqualTo(code);
    }

    @ParameterizedTest
    @CsvSource({
        "SHA224, 896fb1128abbdf196832107cd49df33f47b4b1169912ba4f53684b22",
        "SHA256, b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7",
        "SHA384, afd03944d84895626b0825f4ab46907f15f9dadbe4101ec682aa034c7cebc59cfaea9ea9076ede7f4af152e8b2fa9cb6",
        "SHA512, 87aa7cdea5ef619d4ff0b4241a1d6cb02379f4e2ce4ec2787ad0b30545e17cde"
                + "daa833b7d6b8a702038b274eaea3f4e4be9d914eeb61f1702e696c203a126854",
        "SHA1, b617318655057264e28bc0b6fb378c8ef146be00"
    })
    void reproduces_rfc_4231_and_2202_case_1(Hmac hmac, String expected) {
        assertCode(hmac, repeated(0x0b, 20), "Hi There", expected);
    }

    @Test
    void reproduces_rfc_2202_case_1_of_md5() {
        assertCode(Hmac.MD5, repeated(0x0b, 16), "Hi There", "9294727a3638bb1c13f48ef8158bfc9d");
    }

    @ParameterizedTest
    @CsvSource({
        "SHA224, a30e01098bc6dbbf45690f3a7e9e6d0f8bbea2a39e6148008fd05e44",
        "SHA256, 5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843",
        "SHA384, af45d2e376484031617f78d2b58a6b1b9c7ef464f5a01b47e42ec3736322445e8e2240ca5e69e2c78b3239ecfab21649",
        "SHA512, 164b7a7bfcf819e2e395fbe73b56e0a387bd64222e831fd610270cd7ea250554"
                + "9758bf75c05a994a6d034f65f8f0e6fdcaeab1a34d4a6b4b636e070a38bce737",
        "SHA1, effcdf6ae5eb2fa2d27416d5f184df9c259a7c79",
        "MD5, 750c783e6ab0b503eaa86e310a5db738"
    })
    void reproduces_rfc_4231_and_2202_case_2(Hmac hmac, String expected) {
        assertCode(hmac, "Jefe".getBytes(US_ASCII), "what do ya want for nothing?", expected);
    }

    @ParameterizedTest
    @CsvSource({
        "SHA224, 95e9a0db962095adaebe9b2d6f0dbce2d499f112f2d2b7273fa6870e",
        "SHA256, 60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54",
        "SHA384, 4ece084485813e9088d2c63a041bc5b44f9ef1012a2b588f3cd11f05033ac4c60c2ef6ab4030fe8296248df163f44952",
        "SHA512, 80b24263c7c1a3ebb71493c1dd7be8b49b46d1f41b4aeec1121b013783f8f352"
                + "6b56d037e05f2598bd0fd2215d6a1e5295e64f73f63f0aec8b915a985d786598"
    })
    void hashes_a_key_longer_than_a_block_first(Hmac hmac, String expected) {
        assertCode(hmac, repeated(0xaa, 131), "Test Using Larger Than Block-Size Key - Hash Key First", expected);
    }

    @ParameterizedTest
    @EnumSource
    void agrees_with_the_platform_for_every_length_of_key_and_message(Hmac hmac) {
        var random = new Random(4231);
        for (int length = 0; length < 300; length++) {
            var key = new byte[length];
            var message = new byte[299 - length];
            random.nextBytes(key);
            random.nextBytes(message);
            assertThat(hmac.withKey(key).compute(message))
                    .as("seed 4231, key of %d bytes", length)
                    .isEqualTo(new PlatformHmac(hmac.digest(), key).compute(message));
        }
    }

    /** The platform's way copies the text, ours takes it in pieces of 4,096 characters, which a surrogate pair may straddle. */
    @ParameterizedTest
    @EnumSource
    void a_text_has_the_code_of_its_bytes(Hmac hmac) {
        var key = "Jefe".getBytes(US_ASCII);
        for (var text : List.of("a", "\uD83D\uDE00", "\uD83D", "\uDE00", "\uD83D\uD83D\uDE00", "\u20AC\uD83D\uDE00")) {
            for (int length : new int[] {0, 1, 4095, 4096, 4097, 8191, 8192, 8193, 12_290}) {
                var repeated = "x" + text.repeat(12_290);
                var tail = "tail".repeat(length % 3).getBytes(US_ASCII);
                assertThat(hmac.withKey(key).compute(repeated, length, tail))
                        .usingRecursiveComparison()
                        .isEqualTo(new PlatformHmac(hmac.digest(), key).compute(repeated, length, tail));
            }
        }
    }

    @Test
    void authenticates_a_part_of_an_array() {
        var mac = Hmac.SHA256.withKey("Jefe".getBytes(US_ASCII));
        var around = "<<what do ya want for nothing?>>".getBytes(US_ASCII);
        assertThat(mac.compute(around, 2, around.length - 4))
                .isEqualTo(mac.compute("what do ya want for nothing?".getBytes(US_ASCII)));
    }

    @Test
    void has_the_name_of_its_hash() {
        assertThat(Hmac.SHA256.algorithmName()).isEqualTo("HMAC-" + Digest.SHA256.algorithmName());
        assertThat(Hmac.SHA3_256.algorithmName()).isEqualTo("HMAC-SHA3-256");
    }
}
