package dev.countermark.python;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.countermark.encoding.Zlib;
import dev.countermark.json.PythonJson;
import dev.countermark.vectors.VectorValue;
import dev.countermark.vectors.Vectors;
import java.util.Base64;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** CPython's own answers, line by line. Lines that another CPython answers differently are left out. */
class PythonPrimitivesTest {

    private static Stream<JsonNode> lines(String format) {
        return Vectors.lines("python-primitives").stream()
                .filter(line -> line.get("format").stringValue().equals(format))
                .filter(line -> !line.has("varies"));
    }

    static Stream<JsonNode> dumps() {
        return lines("python.json.dumps")
                .filter(line -> line.get("params").get("indent").isNull())
                .filter(line -> !line.get("params").get("skipkeys").booleanValue());
    }

    @ParameterizedTest
    @MethodSource("dumps")
    void json_is_written_with_the_bytes_of_python(JsonNode line) {
        var params = line.get("params");
        var json =
                params.get("allow_nan").booleanValue() ? PythonJson.standard().unbounded() : PythonJson.standard();
        json = params.get("separators").get(0).stringValue().equals(",") ? json.compact() : json;
        json = params.get("ensure_ascii").booleanValue() ? json : json.unescaped();
        json = params.get("sort_keys").booleanValue() ? json.sortedKeys() : json;
        var input = VectorValue.of(line.get("input"));
        if (line.get("expect").stringValue().equals("ok")) {
            assertThat(json.dumps(input)).isEqualTo(VectorValue.of(line.get("token")));
        } else {
            var writer = json;
            assertThatIllegalArgumentException().isThrownBy(() -> writer.dumps(input));
        }
    }

    static Stream<JsonNode> loads() {
        return lines("python.json.loads");
    }

    @ParameterizedTest
    @MethodSource("loads")
    void json_is_read_as_python_reads_it(JsonNode line) {
        var json = PythonJson.standard().unbounded();
        var text = line.get("token").stringValue();
        if (line.get("expect").stringValue().equals("ok")) {
            assertThat(VectorValue.notation(json.loads(text)).toString())
                    .isEqualTo(line.get("value").toString());
        } else {
            assertThatIllegalArgumentException().isThrownBy(() -> json.loads(text));
        }
    }

    static Stream<JsonNode> base64() {
        return lines("python.base64.itsdangerous-decode");
    }

    @ParameterizedTest
    @MethodSource("base64")
    void base64_is_read_leniently(JsonNode line) {
        var text = bytes(line.get("token"));
        var decoded = LenientBase64.urlSafeOrNull(text, 0, text.length);
        if (line.get("expect").stringValue().equals("ok")) {
            assertThat(decoded).isEqualTo(VectorValue.of(line.get("value")));
        } else {
            assertThat(decoded).isNull();
        }
    }

    static Stream<JsonNode> zlib() {
        return lines("python.zlib.compress");
    }

    @ParameterizedTest
    @MethodSource("zlib")
    void zlib_streams_have_the_bytes_of_python(JsonNode line) {
        var input = (byte[]) VectorValue.of(line.get("input"));
        var stream = bytes(line.get("token"));
        assertThat(Zlib.compress(input)).isEqualTo(stream);
        assertThat(Zlib.inflate(stream, 0, stream.length, 1 << 20).bytes()).isEqualTo(input);
    }

    static Stream<JsonNode> repr() {
        return Stream.of("python.repr.bytes", "python.repr.str").flatMap(PythonPrimitivesTest::lines);
    }

    @ParameterizedTest
    @MethodSource("repr")
    void repr_is_that_of_python(JsonNode line) {
        var input = VectorValue.of(line.get("input"));
        assertThat(input instanceof byte[] bytes ? Repr.of(bytes) : Repr.of((String) input))
                .isEqualTo(line.get("token").stringValue());
    }

    private static byte[] bytes(JsonNode token) {
        return token.isString()
                ? token.stringValue().getBytes(UTF_8)
                : Base64.getDecoder().decode(token.get("b64").stringValue());
    }
}
