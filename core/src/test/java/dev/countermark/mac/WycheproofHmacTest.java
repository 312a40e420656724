package dev.countermark.mac;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Project Wycheproof's HMAC files, read where the property {@code countermark.wycheproof} says; they are not copied
 * here.
 */
class WycheproofHmacTest {

    /** One test of a file: these members stand in this order; the tag size stands once per group before them. */
    private static final Pattern ROW = Pattern.compile("\"tagSize\"\\s*:\\s*(\\d+)|"
            + "\"key\"\\s*:\\s*\"([0-9a-f]*)\",\\s*\"msg\"\\s*:\\s*\"([0-9a-f]*)\",\\s*\"tag\"\\s*:\\s*\"([0-9a-f]*)\",\\s*"
            + "\"result\"\\s*:\\s*\"(\\w+)\"");

    @ParameterizedTest
    @CsvSource({
        "SHA1, hmac_sha1_test.json",
        "SHA256, hmac_sha256_test.json",
        "SHA384, hmac_sha384_test.json",
        "SHA512, hmac_sha512_test.json"
    })
    void agrees_with_every_row(Hmac hmac, String file) throws IOException {
        var folder = System.getProperty("countermark.wycheproof");
        assumeTrue(folder != null, "skipped: -Dcountermark.wycheproof names no folder with the Wycheproof files");
        var text = Files.readString(Path.of(folder, file));
        int tagBits = 0;
        int rows = 0;
        for (MatchResult row : ROW.matcher(text).results().toList()) {
            if (row.group(1) != null) {
                tagBits = Integer.parseInt(row.group(1));
                continue;
            }
            var code = hmac.withKey(HexFormat.of().parseHex(row.group(2)))
                    .compute(HexFormat.of().parseHex(row.group(3)));
            var tag = HexFormat.of().formatHex(Arrays.copyOf(code, tagBits / 8));
            assertThat(tag.equals(row.group(4)))
                    .as("row %d of %s", rows, file)
                    .isEqualTo(row.group(5).equals("valid"));
            rows++;
        }
        var declared = Pattern.compile("\"numberOfTests\"\\s*:\\s*(\\d+)").matcher(text);
        assertThat(declared.find()).isTrue();
        assertThat(rows).isEqualTo(Integer.parseInt(declared.group(1))).isPositive();
    }
}
