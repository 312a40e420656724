package dev.countermark.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What GraalVM's native-image has to be told: files of its reachability metadata, schema 1.2.0. That there is nothing else
 * to tell is a rule in {@link ArchitectureTest}.
 */
class NativeImageTest {

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private static final Set<String> FILE = Set.of("comment", "reflection", "resources", "foreign");
    private static final Set<String> RESOURCE = Set.of("reason", "condition", "module", "glob", "bundle");
    private static final Set<String> REFLECTION = Set.of(
            "reason",
            "condition",
            "type",
            "methods",
            "fields",
            "allDeclaredMethods",
            "allDeclaredFields",
            "allDeclaredConstructors",
            "allPublicMethods",
            "allPublicFields",
            "allPublicConstructors",
            "unsafeAllocated",
            "serializable",
            "jniAccessible");

    @ParameterizedTest
    @ValueSource(strings = {"core", "formats", "api-tokens"})
    void the_metadata_has_the_form_of_the_schema_and_names_what_exists(String module) throws Exception {
        var name = "META-INF/native-image/dev.countermark/countermark-" + module + "/reachability-metadata.json";
        JsonNode file;
        try (var stream = getClass().getClassLoader().getResourceAsStream(name)) {
            assertThat(stream).as(name).isNotNull();
            file = JSON.readTree(stream);
        }
        assertThat(FILE).containsAll(file.propertyNames());
        for (var entry : file.path("reflection")) {
            assertThat(REFLECTION).containsAll(entry.propertyNames());
            requireMembers(entry);
            requireCondition(entry);
        }
        for (var entry : file.path("resources")) {
            assertThat(RESOURCE).containsAll(entry.propertyNames());
            assertThat(entry.has("glob")).isNotEqualTo(entry.has("bundle"));
            requireCondition(entry);
            requireResource(module, entry);
        }
    }

    private static void requireMembers(JsonNode entry) throws ClassNotFoundException {
        var type = Class.forName(entry.get("type").stringValue());
        for (var method : entry.path("methods")) {
            var methodName = method.get("name").stringValue();
            var members = methodName.equals("<init>") ? type.getDeclaredConstructors() : type.getDeclaredMethods();
            assertThat(members).anySatisfy(member -> {
                assertThat(methodName).isIn("<init>", member.getName());
                assertThat(Stream.of(member.getParameterTypes()).map(Class::getName))
                        .isEqualTo(texts(method.path("parameterTypes")));
            });
        }
        for (var field : entry.path("fields")) {
            assertThat(type.getDeclaredFields())
                    .anyMatch(each -> each.getName().equals(field.get("name").stringValue()));
        }
    }

    private static List<String> texts(JsonNode array) {
        var texts = new ArrayList<String>();
        array.forEach(each -> texts.add(each.stringValue()));
        return texts;
    }

    private static void requireCondition(JsonNode entry) {
        if (entry.has("condition")) {
            var type = entry.get("condition").get("typeReached").stringValue();
            assertThatCode(() -> Class.forName(type)).doesNotThrowAnyException();
        }
    }

    private static void requireResource(String module, JsonNode entry) throws IOException {
        var folder = Launcher.SCRIPT.resolveSibling(module + "/src/main/resources");
        var matcher = FileSystems.getDefault()
                .getPathMatcher("glob:" + entry.path("glob").stringValue());
        try (var files = Files.walk(folder)) {
            assertThat(files.map((Path file) -> folder.relativize(file)).filter(matcher::matches))
                    .as(entry.toString())
                    .isNotEmpty();
        }
        if (entry.has("module")) {
            var declaration =
                    Files.readString(Launcher.SCRIPT.resolveSibling(module + "/src/main/java/module-info.java"));
            assertThat(declaration).contains("module " + entry.get("module").stringValue() + " {");
        }
    }
}
