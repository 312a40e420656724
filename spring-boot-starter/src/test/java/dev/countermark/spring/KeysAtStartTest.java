package dev.countermark.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countermark.Keyring;
import dev.countermark.SigningKey;
import dev.countermark.apitokens.KeyFile;
import dev.countermark.apitokens.KeySource;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.core.env.SystemEnvironmentPropertySource;

class KeysAtStartTest {

    private static final String KEY = "n6nQbWlP7WmR1nDqfQd0sC5S1eVb2pTnUqvU3s0yW9w";

    @TempDir
    Path folder;

    final ApplicationContextRunner application =
            new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(KeyringAutoConfiguration.class));

    FailureAnalysis refusalOf(String... properties) {
        var found = new FailureAnalysis[1];
        application.withPropertyValues(properties).run(context -> {
            assertThat(context).hasFailed();
            found[0] = new StartFailureAnalyzer().analyze(context.getStartupFailure());
        });
        assertThat(found[0]).isNotNull();
        return found[0];
    }

    @Test
    void no_key_stops_the_start_and_says_how_to_make_one() {
        var refusal = refusalOf();
        assertThat(refusal.getDescription()).isEqualTo("There is no key to sign tokens with.");
        assertThat(refusal.getAction()).contains("countermark keygen").contains("COUNTERMARK_KEY");
    }

    @Test
    void a_variable_that_is_not_set_is_said_to_be_none() {
        var refusal = refusalOf("countermark.key=${A_VARIABLE_THAT_NOBODY_SETS}");
        assertThat(refusal.getDescription()).isEqualTo("countermark.key names a variable that has no value.");
        assertThat(refusal.getAction()).contains("export COUNTERMARK_KEY=$(countermark keygen)");
    }

    @Test
    void a_weak_key_stops_the_start_and_is_not_printed() {
        for (var weak : List.of("c2VjcmV0", "Y2hhbmdlbWUtY2hhbmdlbWUtY2hhbmdlbWUtY2hhbmdlbWU=", "not base64!")) {
            var refusal = refusalOf("countermark.key=" + weak);
            assertThat(refusal.getDescription())
                    .startsWith("countermark.key is refused: ")
                    .doesNotContain(weak);
            assertThat(refusal.getAction()).contains("countermark keygen");
            assertThat(refusal.getCause()).hasNoCause();
        }
    }

    @Test
    void a_list_of_keys_with_a_gap_stops_the_start_and_is_not_printed() {
        application
                .withPropertyValues("countermark.key=" + KEY, "countermark.accepted-keys[1]=" + KEY)
                .run(context -> {
                    var failure = context.getStartupFailure();
                    var refusal = Objects.requireNonNull(new PropertyFailureAnalyzer().analyze(failure));
                    assertThat(refusal.getDescription())
                            .startsWith("countermark.accepted-keys[1]")
                            .doesNotContain(KEY);
                    assertThat(refusal.getCause()).hasNoCause();
                });
    }

    @Test
    void a_key_that_is_given_twice_is_named_by_its_second_place() {
        var refusal = refusalOf("countermark.key=" + KEY, "countermark.accepted-keys[0]=" + KEY);
        assertThat(refusal.getDescription())
                .isEqualTo("countermark.accepted-keys[0] is a key that signs or is accepted already.");
    }

    @Test
    void a_misspelt_property_stops_the_start_and_is_not_printed() {
        for (var name : List.of("accepted-key", "purposes-of-ours", "api-tokens.leese", "api-tokens.lease[0]")) {
            var refusal = refusalOf("countermark.key=" + KEY, "countermark." + name + "=shown-to-nobody");
            assertThat(refusal.getDescription()).startsWith("countermark." + name + " is no property");
            assertThat(refusal.getAction())
                    .contains(name.startsWith("api") ? "lease, maximum-lifetime" : "accepted-keys, key, key-file");
            assertThat(refusal.getDescription() + refusal.getAction()).doesNotContain("shown-to-nobody");
        }
        assertThat(refusalOf("countermark.kee=" + KEY).getDescription())
                .isEqualTo("countermark.kee is no property (\"countermark.kee\" from property source \"test\").");
    }

    @Test
    void names_that_only_look_like_ours_are_left_alone() {
        application
                .withPropertyValues(
                        "countermark.KEY=" + KEY,
                        "countermark.acceptedKeys[0]=" + SigningKey.generate().revealBase64(),
                        "countermark.apitokens.maximum_lifetime=9d",
                        "countermark.api-tokens=",
                        "countermark.shop.name=of the application",
                        "countermarks.key=another's")
                .withSystemProperties("countermark.terminal=true")
                .withInitializer(context -> context.getEnvironment()
                        .getPropertySources()
                        .addLast(new SystemEnvironmentPropertySource(
                                "systemEnvironment", Map.of("COUNTERMARK_HOME", "/", "COUNTERMARK_APITOKENS_X", "1"))))
                .run(context -> assertThat(context).hasNotFailed());
    }

    @Test
    void a_weak_accepted_key_is_named_by_its_place() {
        var refusal = refusalOf(
                "countermark.key=" + KEY,
                "countermark.accepted-keys[0]=" + SigningKey.generate().revealBase64(),
                "countermark.accepted-keys[1]=c2VjcmV0");
        assertThat(refusal.getDescription()).startsWith("countermark.accepted-keys[1] is refused: ");
    }

    @Test
    void a_key_and_a_file_of_keys_at_once_are_refused() {
        assertThat(refusalOf("countermark.key=" + KEY, "countermark.key-file=/k")
                        .getDescription())
                .isEqualTo("Both countermark.key and countermark.key-file are set.");
        assertThat(refusalOf("countermark.accepted-keys=" + KEY, "countermark.key-file=/k")
                        .getAction())
                .contains("accepted <base64>");
    }

    @Test
    void a_file_that_is_not_there_stops_the_start() {
        var file = folder.resolve("keys");
        var refusal = refusalOf("countermark.key-file=" + file);
        assertThat(refusal.getDescription()).isEqualTo("There is no key file " + file + ".");
        assertThat(refusal.getAction()).contains("countermark keygen --out " + file);
    }

    @Test
    void a_file_with_a_weak_key_stops_the_start() throws Exception {
        var file = Files.writeString(folder.resolve("keys"), "c2VjcmV0\n");
        assertThat(refusalOf("countermark.key-file=" + file).getDescription())
                .startsWith("The key file is refused: ")
                .doesNotContain("c2VjcmV0");
        Files.writeString(file, "accepted " + KEY + "\n");
        assertThat(refusalOf("countermark.key-file=" + file).getDescription()).contains("no primary key");
    }

    @Test
    void keys_come_from_properties() {
        var old = SigningKey.generate();
        application
                .withPropertyValues("countermark.key=" + KEY, "countermark.accepted-keys=" + old.revealBase64())
                .run(context -> assertThat(context.getBean(Keyring.class).keys())
                        .containsExactly(SigningKey.fromBase64(KEY), old));
    }

    @Test
    void a_key_comes_from_the_environment() {
        application
                .withInitializer(context -> context.getEnvironment()
                        .getPropertySources()
                        .replace(
                                "systemEnvironment",
                                new SystemEnvironmentPropertySource(
                                        "systemEnvironment", Map.of("COUNTERMARK_KEY", KEY))))
                .run(context ->
                        assertThat(context.getBean(Keyring.class).primary()).isEqualTo(SigningKey.fromBase64(KEY)));
    }

    @Test
    void a_file_holds_what_keygen_prints_or_named_lines_and_is_read_again() throws Exception {
        var file = Files.writeString(folder.resolve("keys"), KEY + "\n");
        application.withPropertyValues("countermark.key-file=" + file).run(context -> {
            var source = context.getBean(KeySource.class);
            assertThat(source.keyring().primary()).isEqualTo(SigningKey.fromBase64(KEY));
            var next = SigningKey.generate();
            Files.writeString(file, "primary " + KEY + "\n");
            KeyFile.at(file).add(next);
            KeyFile.at(file).promote(next.fingerprint());
            assertThat(source.keyring().keys()).containsExactly(next, SigningKey.fromBase64(KEY));
        });
    }

    @Test
    void purposes_that_share_a_key_stop_the_start() {
        application
                .withPropertyValues("countermark.key=" + KEY, "countermark.purposes=login,reset-password")
                .run(context -> assertThat(context).hasNotFailed());
        assertThat(refusalOf("countermark.key=" + KEY, "countermark.purposes=login,login")
                        .getDescription())
                .contains("'login'");
        assertThat(refusalOf("countermark.key=" + KEY, "countermark.purposes=api-token")
                        .getDescription())
                .contains("'api-token'");
    }

    @Test
    void properties_never_show_a_key() {
        assertThat(new CountermarkProperties(KEY, List.of(KEY), null, List.of()).toString())
                .doesNotContain(KEY);
    }
}
