package dev.countermark.itsdangerous;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.countermark.Codec;
import dev.countermark.SigningKey;
import dev.countermark.Valid;
import dev.countermark.mac.Digest;
import dev.countermark.mac.KeyDerivation;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

/**
 * Project Wycheproof's HMAC files through a verifier: its messages, keys and tags as tokens. A tag that was cut short is
 * refused, though RFC 2104 section 5 allows it, because whoever may cut it may guess it.
 */
class WycheproofSignerTest {

    @ParameterizedTest
    @CsvSource({
        "SHA1, hmac_sha1_test.json, 170",
        "SHA256, hmac_sha256_test.json, 174",
        "SHA384, hmac_sha384_test.json, 174",
        "SHA512, hmac_sha512_test.json, 174"
    })
    void whole_tags_are_judged_as_there_and_short_ones_refused(Digest digest, String file, int rows)
            throws IOException {
        var folder = System.getProperty("countermark.wycheproof");
        assumeTrue(folder != null, "skipped: -Dcountermark.wycheproof names no folder with the Wycheproof files");
        var wrong = new ArrayList<String>();
        int seen = 0;
        int shortened = 0;
        var document = JsonMapper.shared().readTree(Files.readString(Path.of(folder, file)));
        for (var group : document.get("testGroups")) {
            boolean whole = group.get("tagSize").intValue() == 8 * digest.length();
            for (var row : group.get("tests")) {
                seen++;
                shortened += whole ? 0 : 1;
                boolean expected = whole && row.get("result").stringValue().equals("valid");
                var token = token(
                        bytes(row.get("msg").stringValue()),
                        bytes(row.get("tag").stringValue()));
                var python = ItsDangerous.newest()
                        .keys(PythonKeys.oldestFirst(
                                SigningKey.weak(bytes(row.get("key").stringValue()))))
                        .keyDerivation(KeyDerivation.NONE)
                        .digest(digest);
                for (var settings : new PythonTokens[] {python, python.lenient()}) {
                    if (settings.signer().as(Codec.bytes()).checkBytes(token) instanceof Valid != expected) {
                        wrong.add(settings + ", tcId " + row.get("tcId"));
                    }
                }
            }
        }
        assertThat(wrong).isEmpty();
        assertThat(seen).isEqualTo(rows).isEqualTo(document.get("numberOfTests").intValue());
        assertThat(shortened).isPositive();
    }

    private static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex);
    }

    private static byte[] token(byte[] message, byte[] tag) {
        var token = new ByteArrayOutputStream();
        token.writeBytes(message);
        token.writeBytes(".".getBytes(StandardCharsets.US_ASCII));
        token.writeBytes(Base64.getUrlEncoder().withoutPadding().encode(tag));
        return token.toByteArray();
    }
}
