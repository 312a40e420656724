package dev.countermark.cli.conform;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What other programs wrote and read, lenient mode; {@code -Dcountermark.vectors=DIR} reads another folder.
 *
 * <p>A file in the list whose lines are all out of scope, or that is missing, fails.
 */
class VectorsTest {

    private static final List<String> REQUEST =
            List.of("id", "format", "version", "runtime", "params", "time", "token", "signature", "emit");

    private static final List<String> NORMATIVE =
            List.of("expect", "value", "header", "payload", "date_signed", "unsafe", "error_class", "message");

    /** Errors of a runtime are not ours to copy: only that they are refused. */
    private static final Set<String> REFUSED_TO_WRITE = Set.of("ValueError", "UnicodeEncodeError", "error");

    private static final Set<String> RELEASES_ON_PYTHON_2 = Set.of("0.23", "0.24", "1.1.0");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "itsdangerous-0.24",
                "itsdangerous-1.0.0",
                "itsdangerous-1.1.0",
                "itsdangerous-2.0.0",
                "itsdangerous-2.0.1",
                "itsdangerous-2.1.2",
                "itsdangerous-2.2.0",
                "itsdangerous-python2",
                "python-primitives",
                "rails",
                "express",
                "flask-session",
                "flask-wtf",
                "flask-login",
                "starlette-session",
                "django"
            })
    void the_library_agrees_with_the_program(String name) throws IOException {
        agrees(name, line -> !isJws(line), 3);
    }

    /** Many lines are crafted around {@code exp}, which is an integer here whatever a release makes of it. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "itsdangerous-0.24",
                "itsdangerous-1.0.0",
                "itsdangerous-1.1.0",
                "itsdangerous-2.0.0",
                "itsdangerous-2.0.1",
                "itsdangerous-python2"
            })
    void the_library_agrees_with_the_jws_classes(String name) throws IOException {
        agrees(name, VectorsTest::isJws, 15);
    }

    private static boolean isJws(JsonNode line) {
        return line.path("format").stringValue("").contains("JSONWebSignature");
    }

    /** @param percent how many of the lines that are not about the algorithm none may be refused on purpose */
    private static void agrees(String name, Predicate<JsonNode> chosen, int percent) throws IOException {
        var lines = Vectors.lines(name).stream()
                .filter(chosen.and(VectorsTest::isInScope))
                .toList();
        assertThat(lines).as("lines of %s", name).isNotEmpty();

        var differences = new ArrayList<String>();
        int refused = 0;
        for (var line : lines) {
            var answer = answer(line);
            var differing = differing(line, answer);
            if (!differing.isEmpty() && isRefusedOnPurpose(line, answer)) {
                refused += isNone(line) ? 0 : 1;
            } else if (!differing.isEmpty()) {
                differences.add(line.path("id").stringValue() + " " + differing + "\n  " + answer + "\n  " + line);
            }
        }

        assertThat(differences).isEmpty();
        assertThat(refused).as("refused on purpose").isLessThanOrEqualTo(lines.size() * percent / 100);
    }

    private static boolean isInScope(JsonNode line) {
        var json = line.path("params").has("json") ? line.path("params").path("json") : line.path("params");
        boolean python2 = line.path("runtime").stringValue("").equals("cpython-2.7");
        return !line.has("varies")
                && !json.path("indent").isString()
                && !json.path("indent").isNumber()
                && !json.path("skipkeys").booleanValue(false)
                && (!python2
                        || RELEASES_ON_PYTHON_2.contains(line.path("version").stringValue()));
    }

    private static JsonNode answer(JsonNode line) {
        var request = JsonMapper.shared().createObjectNode();
        REQUEST.stream().filter(line::has).forEach(member -> request.set(member, line.get(member)));
        if (isMarshal(line) && emits(line)) {
            request.set(
                    "input",
                    line.has("serialized") ? bytes(line) : JsonMapper.shared().nullNode());
        } else if (emits(line) || line.path("origin").stringValue("").equals("write-error")) {
            request.set("input", line.has("input") ? line.get("input") : line.get("value"));
        }
        var text = JsonMapper.shared().writeValueAsString(request);
        return JsonMapper.shared().valueToTree(FormatFamilies.answer(text, true));
    }

    /** Ruby's Marshal stays bytes: those of the value alone where the line has them. */
    private static boolean isMarshal(JsonNode line) {
        return line.path("format").stringValue("").startsWith("rails.")
                && line.path("params").path("serializer").stringValue("").startsWith("marshal");
    }

    private static JsonNode bytes(JsonNode line) {
        return JsonMapper.shared().createObjectNode().set("$bytes", line.path("serialized"));
    }

    private static boolean isAsWritten(JsonNode line, JsonNode answer) {
        return isMarshal(line) && !line.has("serialized") || same(line.path("token"), answer.path("written"));
    }

    private static boolean isTheValue(JsonNode line, JsonNode answer) {
        var value = answer.path("value");
        if (isMarshal(line) && value.path("$bytes").isString()) {
            return !line.has("serialized") || same(bytes(line), value);
        }
        return same(line.path("value"), value);
    }

    private static boolean emits(JsonNode line) {
        return line.path("emit").booleanValue(false);
    }

    /** Names of the members in which the answer differs. */
    private static List<String> differing(JsonNode line, JsonNode answer) {
        var differing = new ArrayList<String>();
        if (emits(line) && !isAsWritten(line, answer)) {
            differing.add("written");
        }
        if (line.path("token").isNull()) {
            if (answer.hasNonNull("written")
                    && REFUSED_TO_WRITE.contains(line.path("error_class").stringValue(""))) {
                differing.add("written, and it must be refused");
            }
            return differing;
        }
        if (line.path("expect").stringValue("").equals("error")) {
            if (Set.of("ok", "unsupported", "").contains(answer.path("expect").stringValue(""))) {
                differing.add("expect");
            }
            return differing;
        }
        for (var member : NORMATIVE) {
            boolean same =
                    member.equals("value") ? isTheValue(line, answer) : same(line.path(member), answer.path(member));
            if (line.has(member) && isNormative(line, member) && !same) {
                differing.add(member);
            }
        }
        return differing;
    }

    private static boolean isNormative(JsonNode line, String member) {
        return switch (member) {
            case "message" -> !line.has("runtime");
            case "unsafe" -> !line.path("unsafe").has("error_class");
            default -> true;
        };
    }

    /** Also in the order of members. */
    private static boolean same(JsonNode wanted, JsonNode got) {
        return wanted.isNull() && !got.isValueNode() && got.isMissingNode()
                || wanted.toString().equals(got.toString());
    }

    private static boolean isRefusedOnPurpose(JsonNode line, JsonNode answer) {
        return answer.hasNonNull("refused")
                && !answer.path("expect").stringValue("").equals("ok")
                && (isNone(line)
                        || Set.of("crafted", "mutated")
                                .contains(line.path("origin").stringValue("")));
    }

    /** Whether the line is about the algorithm with which anybody signs. */
    private static boolean isNone(JsonNode line) {
        var params = line.path("params");
        return params.path("algorithm").path("type").stringValue("").equals("none")
                || params.path("algorithm_name").stringValue("").equals("none");
    }
}
