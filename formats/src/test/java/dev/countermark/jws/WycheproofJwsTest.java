package dev.countermark.jws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.countermark.Codec;
import dev.countermark.Tokens;
import dev.countermark.Valid;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Project Wycheproof's JOSE files, read where the property {@code countermark.wycheproof} says; they are not copied here.
 * Of their rows, those that somebody with an HMAC key could meet: the key or one of a set is symmetric, and the row is a
 * signature.
 */
class WycheproofJwsTest {

    /** Rows whose label is wrong; see the list beside the files. */
    private static final Map<String, List<Integer>> MISLABELLED =
            Map.of("json_web_signature_test.json", List.of(367, 370, 372, 373));

    @ParameterizedTest
    @CsvSource({"json_web_signature_test.json, 36", "json_web_crypto_test.json, 20", "json_web_key_test.json, 15"})
    void agrees_with_every_row_about_an_hmac_key(String file, int expectedRows) throws IOException {
        var folder = System.getProperty("countermark.wycheproof");
        assumeTrue(folder != null, "skipped: -Dcountermark.wycheproof names no folder with the Wycheproof files");
        var exceptions = MISLABELLED.getOrDefault(file, List.of());
        var disagreements = new ArrayList<String>();
        int rows = 0;
        for (var group : tree(Path.of(folder, file)).get("testGroups")) {
            var key = group.get("private");
            if (key == null || !key.toString().contains("\"oct\"")) {
                continue;
            }
            for (var row : group.get("tests")) {
                if (!row.has("jws") || exceptions.contains(row.get("tcId").asInt())) {
                    continue;
                }
                rows++;
                var expected = row.get("result").asString().equals("valid");
                if (accepts(key, row.get("jws")) != expected) {
                    disagreements.add(row.get("tcId") + " " + row.get("comment").asString());
                }
            }
        }
        assertThat(disagreements).isEmpty();
        assertThat(rows).isEqualTo(expectedRows);
    }

    private static boolean accepts(JsonNode key, JsonNode jws) {
        Tokens<byte[]> tokens;
        try {
            var algorithm = JwsAlgorithm.valueOf(algorithm(key));
            tokens = Jws.of(JsonWebKeys.readWeak(key.toString(), algorithm), algorithm, Codec.bytes());
        } catch (IllegalArgumentException e) {
            return false;
        }
        return tokens.check(jws.isString() ? jws.asString() : jws.toString()) instanceof Valid;
    }

    private static String algorithm(JsonNode key) {
        var first = key.has("keys") ? key.get("keys").get(0) : key;
        return first.get("alg").asString();
    }

    private static JsonNode tree(Path file) throws IOException {
        return JsonMapper.shared().readTree(Files.readString(file));
    }
}
