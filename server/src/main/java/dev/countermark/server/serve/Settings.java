package dev.countermark.server.serve;

import dev.countermark.spring.ApiTokensProperties;
import dev.countermark.spring.CountermarkProperties;
import java.nio.file.Files;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.boot.context.event.ApplicationEnvironmentPreparedEvent;
import org.springframework.boot.context.properties.bind.DataObjectPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.env.OriginTrackedMapPropertySource;
import org.springframework.context.ApplicationListener;
import org.springframework.core.convert.ConversionException;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.Environment;
import org.springframework.core.env.MapPropertySource;

/**
 * Looks at the settings once files and environment are read, before anything is made of them: a misspelt name would be
 * passed over, and of some wrong values Spring would say a stack trace.
 */
final class Settings implements ApplicationListener<ApplicationEnvironmentPreparedEvent> {

    private static final String NAMES = "The guide's page on operating the service has the names.";

    @Override
    public void onApplicationEvent(ApplicationEnvironmentPreparedEvent event) {
        var environment = event.getEnvironment();
        requireKnownNames(environment);
        requirePort(environment, "server.port", 0);
        requirePort(environment, "management.server.port", -1);
        requireYesOrNo(environment, "countermark.server.behind-proxy");
        requireKeys(environment);
        requireStore(environment);
        for (var server : List.of("server.ssl", "management.server.ssl")) {
            TlsSettings.requireUsable(environment, server);
        }
        var watching = TlsSettings.watching(environment);
        environment.getPropertySources().addLast(new MapPropertySource("watched files of TLS", watching));
    }

    /** Names of ours in files: environment variables of other programs may begin as ours do. */
    private static void requireKnownNames(ConfigurableEnvironment environment) {
        var known = names();
        for (var source : environment.getPropertySources()) {
            if (source instanceof OriginTrackedMapPropertySource file) {
                for (var name : file.getPropertyNames()) {
                    if (!isKnown(name, known)) {
                        throw new StartFailure(name + " is no setting (" + file.getOrigin(name) + ").", NAMES);
                    }
                }
            }
        }
    }

    private static boolean isKnown(String text, Map<ConfigurationPropertyName, Boolean> known) {
        var name = ConfigurationPropertyName.adapt(text, '.');
        if (!ConfigurationPropertyName.of("countermark").isAncestorOf(name)) {
            return true;
        }
        // A group all of whose lines are commented out is there with an empty value.
        return name.isLastElementIndexed()
                ? known.getOrDefault(name.getParent(), false)
                : known.containsKey(name) || known.keySet().stream().anyMatch(name::isAncestorOf);
    }

    /** The names of our settings, and of each whether it is a list. */
    private static Map<ConfigurationPropertyName, Boolean> names() {
        var names = new HashMap<ConfigurationPropertyName, Boolean>();
        names.put(ConfigurationPropertyName.of("countermark.server.behind-proxy"), false);
        Map.of("countermark", CountermarkProperties.class, "countermark.api-tokens", ApiTokensProperties.class)
                .forEach((prefix, properties) -> {
                    for (var each : properties.getRecordComponents()) {
                        names.put(
                                ConfigurationPropertyName.of(prefix)
                                        .append(DataObjectPropertyName.toDashedForm(each.getName())),
                                each.getType() == List.class);
                    }
                });
        return names;
    }

    private static void requirePort(Environment environment, String name, int least) {
        var text = environment.getProperty(name, "").strip();
        try {
            int port = text.isEmpty() ? 0 : Integer.parseInt(text);
            if (port >= least && port <= 65_535) {
                return;
            }
        } catch (NumberFormatException e) {
            // Said below.
        }
        throw new StartFailure(
                name + " is no port.",
                "A port is 1 to 65535, or 0 for any that is free" + (least < 0 ? ", or -1 for none." : "."));
    }

    private static void requireYesOrNo(Environment environment, String name) {
        try {
            environment.getProperty(name, Boolean.class);
        } catch (ConversionException e) {
            throw new StartFailure(name + " is neither true nor false.", "Give one of them.");
        }
    }

    private static void requireKeys(Environment environment) {
        var file = given(environment, "countermark.key-file");
        if (file.isEmpty()) {
            return;
        }
        if (!given(environment, "countermark.key").isEmpty()) {
            throw new StartFailure(
                    "Both a key and a file of keys are given.",
                    "Keep one of them: --keys, COUNTERMARK_KEYS or countermark.key-file names a file, which may hold several"
                            + " keys; COUNTERMARK_KEY or countermark.key is a key itself.");
        }
        if (TlsSettings.file(file).filter(path -> !Files.exists(path)).isPresent()) {
            throw new StartFailure(
                    "There is no file of keys " + file + ", named by COUNTERMARK_KEYS or countermark.key-file.",
                    "Copy that of another node, or for a new database make one with: countermark keys add --keys "
                            + file);
        }
    }

    private static String given(Environment environment, String name) {
        try {
            return environment.getProperty(name, "").strip();
        } catch (IllegalArgumentException e) {
            return "${a variable without a value}";
        }
    }

    private static void requireStore(Environment environment) {
        if (environment.getProperty("countermark.api-tokens.stateless", "false").equals("true")
                || environment
                        .getProperty("countermark.api-tokens.enabled", "true")
                        .equals("false")) {
            throw new StartFailure(
                    "The service keeps tokens in a database; countermark.api-tokens.stateless and"
                            + " countermark.api-tokens.enabled are for other applications.",
                    "Leave both out.");
        }
        var url = environment.getProperty("countermark.api-tokens.url", "");
        if (!url.isEmpty() && !url.startsWith("jdbc:postgresql:") && !url.startsWith("jdbc:sqlite:")) {
            throw new StartFailure(
                    "The address of the database is neither one of PostgreSQL nor one of SQLite.",
                    "Give jdbc:postgresql://HOST/NAME with --database-url, COUNTERMARK_DATABASE_URL, or"
                            + " countermark.api-tokens.url in the file of --config; or none, for a file in the data folder.");
        }
    }
}
