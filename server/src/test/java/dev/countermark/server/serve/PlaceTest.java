package dev.countermark.server.serve;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.springframework.mock.env.MockEnvironment;

class PlaceTest {

    private static final Path FOLDER = Path.of("data");

    private final MockEnvironment environment = new MockEnvironment();

    private Place place() {
        return Place.of(FOLDER, environment);
    }

    @Test
    void without_settings_all_is_in_the_data_folder() {
        assertThat(place().description()).isEqualTo("its keys and tokens in data");
        assertThat(place().options()).isEqualTo("--data data");
    }

    @Test
    void on_a_shared_database_the_command_is_told_database_and_keys_and_no_password() {
        environment
                .withProperty("countermark.api-tokens.url", "jdbc:postgresql://db/tokens?password=geheim")
                .withProperty("countermark.key-file", "keys");
        assertThat(place().description()).isEqualTo("its tokens in jdbc:postgresql://db/tokens?… and its keys in keys");
        assertThat(place().options()).isEqualTo("--database-url jdbc:postgresql://db/tokens?… --keys keys");
    }

    @Test
    void a_key_that_was_given_itself_is_nowhere_to_be_pointed_at() {
        environment.withProperty("countermark.key", "…");
        assertThat(place().description()).isEqualTo("its tokens in data");
    }

    @Test
    void a_database_with_keys_in_the_data_folder_names_both() {
        environment.withProperty("countermark.api-tokens.file", "other.db");
        assertThat(place().description()).isEqualTo("its tokens in jdbc:sqlite:other.db and its keys in data");
        assertThat(place().options()).isEqualTo("--database-url jdbc:sqlite:other.db --keys " + FOLDER.resolve("keys"));
    }
}
