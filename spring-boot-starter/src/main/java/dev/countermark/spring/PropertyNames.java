package dev.countermark.spring;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.springframework.boot.context.properties.bind.DataObjectPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/**
 * The names of our properties: one that is misspelt would be passed over, and a shorter lease, say, not be had.
 *
 * <p>Ours are all names directly under {@code countermark} and all under {@code countermark.api-tokens}. Other groups, such
 * as {@code countermark.server}, belong to the application. The environment and Java's system properties are not looked at, as
 * with Spring Boot's own {@code ignoreUnknownFields}: other programs have variables that begin as ours do.
 */
final class PropertyNames {

    private static final ConfigurationPropertyName ROOT = ConfigurationPropertyName.of("countermark");
    private static final ConfigurationPropertyName API_TOKENS = ConfigurationPropertyName.of("countermark.api-tokens");

    /** The names, and of each whether it is a list. */
    private static final Map<ConfigurationPropertyName, Boolean> KNOWN = known();

    private PropertyNames() {}

    private static Map<ConfigurationPropertyName, Boolean> known() {
        var names = new TreeMap<ConfigurationPropertyName, Boolean>();
        Map.of(ROOT, CountermarkProperties.class, API_TOKENS, ApiTokensProperties.class)
                .forEach((group, properties) -> {
                    for (var each : properties.getRecordComponents()) {
                        var name = DataObjectPropertyName.toDashedForm(each.getName());
                        names.put(group.append(name), each.getType() == List.class);
                    }
                });
        return names;
    }

    /**
     * Looks at the names in files, on the command line and wherever else somebody has written them down.
     *
     * @throws StartFailure if one of ours is none; without its value
     */
    static void requireKnown(ConfigurableEnvironment environment) {
        for (var source : ConfigurationPropertySources.from(environment.getPropertySources())) {
            if (source instanceof IterableConfigurationPropertySource names && isWrittenDown(source)) {
                names.stream().filter(name -> !isKnown(name)).findFirst().ifPresent(name -> {
                    throw unknown(source, name);
                });
            }
        }
    }

    private static boolean isWrittenDown(ConfigurationPropertySource source) {
        return !(source.getUnderlyingSource() instanceof PropertySource<?> underlying
                && (underlying instanceof SystemEnvironmentPropertySource
                        || underlying.getName().equals(StandardEnvironment.SYSTEM_PROPERTIES_PROPERTY_SOURCE_NAME)));
    }

    private static boolean isKnown(ConfigurationPropertyName name) {
        if (name.isLastElementIndexed()) {
            return KNOWN.getOrDefault(name.getParent(), !isOurs(name.getParent()));
        }
        // A group all of whose lines are commented out is there with an empty value.
        return KNOWN.containsKey(name) || !isOurs(name) || name.equals(API_TOKENS);
    }

    private static boolean isOurs(ConfigurationPropertyName name) {
        return ROOT.isParentOf(name) || API_TOKENS.isAncestorOf(name);
    }

    private static StartFailure unknown(ConfigurationPropertySource source, ConfigurationPropertyName name) {
        var property = source.getConfigurationProperty(name);
        var origin = property == null ? null : property.getOrigin();
        var group = API_TOKENS.isAncestorOf(name) ? API_TOKENS : ROOT;
        return new StartFailure(
                name + " is no property" + (origin == null ? "." : " (" + origin + ")."),
                KNOWN.keySet().stream()
                        .filter(group::isParentOf)
                        .map(each -> each.getLastElement(ConfigurationPropertyName.Form.DASHED))
                        .collect(Collectors.joining(", ", "Those under " + group + " are ", ".")));
    }
}
