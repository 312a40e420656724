package dev.countermark.frameworks;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.countermark.mac.MacFunction;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeyedMacsTest {

    private final List<String> asked = new ArrayList<>();
    private final KeyedMacs macs =
            KeyedMacs.of(List.of(mac("new"), mac("middle"), mac("old"), mac("new"), mac("longer")));

    /** A code that is the name of its key, whatever it is of. */
    private MacFunction mac(String key) {
        return (data, offset, length) -> {
            asked.add(key + " " + new String(data, offset, length, US_ASCII));
            return key.getBytes(US_ASCII);
        };
    }

    @ParameterizedTest
    @CsvSource({"new, 0", "middle, 1", "old, 2", "longer, 4", "nex, -1", "mew, -1", "ne, -1", "newer, -1", "'', -1"})
    void every_key_is_asked_whichever_fits_and_the_first_one_counts(String code, int place) {
        assertThat(macs.signer("text and more".getBytes(US_ASCII), 4, code.getBytes(US_ASCII)))
                .isEqualTo(place);
        assertThat(asked).containsExactlyInAnyOrder("new text", "middle text", "old text", "new text", "longer text");
    }

    @Test
    void each_bit_of_a_code_counts() {
        var code = new byte[32];
        var one = KeyedMacs.of(List.of((data, offset, length) -> code.clone()));
        assertThat(one.signer(new byte[0], 0, code)).isZero();
        for (int i = 0; i < 8 * code.length; i++) {
            var changed = code.clone();
            changed[i / 8] ^= (byte) (1 << i % 8);
            assertThat(one.signer(new byte[0], 0, changed)).as("bit %d", i).isEqualTo(-1);
        }
    }

    @Test
    void what_is_no_code_is_of_no_key() {
        assertThat(macs.signer(new byte[0], 0, null)).isEqualTo(-1);
        assertThat(KeyedMacs.of(List.of()).signer(new byte[0], 0, new byte[0])).isEqualTo(-1);
    }

    @Test
    void the_first_key_signs() {
        assertThat(macs.sign("text".getBytes(US_ASCII))).isEqualTo("new".getBytes(US_ASCII));
    }

    @Test
    void hexadecimal_is_lower_case_and_whole() {
        var bytes = new byte[] {0x09, (byte) 0xaf, (byte) 0xf0};
        assertThat(LowerHex.encode(bytes)).isEqualTo("09aff0");
        assertThat(LowerHex.decodeOrNull("x09aff0x".getBytes(US_ASCII), 1, 7)).isEqualTo(bytes);
        assertThat(LowerHex.digitsOrNull("0f9".getBytes(US_ASCII), 0, 3)).isEqualTo(new byte[] {0, 15, 9});
        for (var text : new String[] {"0", "09A0", "0g", "0`", "0/", "0:", " 0", "0\u0000"}) {
            assertThat(LowerHex.decodeOrNull(text.getBytes(US_ASCII), 0, text.length()))
                    .as(text)
                    .isNull();
        }
        assertThat(LowerHex.decodeOrNull(new byte[0], 0, 0)).isEmpty();
    }

    @Test
    void base64_without_padding_has_one_text_as_well() {
        for (int length = 0; length < 4; length++) {
            var bytes = new byte[length];
            Arrays.fill(bytes, (byte) 0xfb);
            var text = StrictBase64.encode(bytes, false).replace("=", "");
            assertThat(unpadded(text)).as(text).isEqualTo(bytes);
            assertThat(unpadded(text + "=")).isNull();
            assertThat(unpadded(text + "==")).isNull();
        }
        for (var text : new String[] {"-_v7", "+_v7", "A", "AB", "AAB", "AAAAA", "AA A", "A=AA", "AAAA\n"}) {
            assertThat(unpadded(text)).as(text).isNull();
        }
    }

    private static byte[] unpadded(String text) {
        return StrictBase64.unpaddedOrNull(text.getBytes(US_ASCII), 0, text.length());
    }
}
