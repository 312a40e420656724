package dev.countermark.spring;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** What an editor shows of the properties. */
class MetadataTest {

    @Test
    void every_property_has_a_sentence() throws IOException {
        var file = Path.of("target/classes/META-INF/spring-configuration-metadata.json");
        var metadata = JsonMapper.shared().readTree(Files.readString(file));
        var names = new ArrayList<String>();
        for (var property : metadata.get("properties")) {
            var name = property.get("name").asString();
            names.add(name);
            assertThat(property.path("description").asString("")).as(name).matches("[A-Z].*\\.");
        }
        assertThat(names).contains("countermark.key", "countermark.api-tokens.lease");
        assertThat(names).allMatch(name -> name.startsWith("countermark.") || name.startsWith("management."));
    }
}
