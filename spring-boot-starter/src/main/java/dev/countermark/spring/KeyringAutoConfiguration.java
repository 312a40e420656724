package dev.countermark.spring;

import dev.countermark.Keyring;
import dev.countermark.Purposes;
import dev.countermark.apitokens.KeySource;
import java.util.ArrayList;
import java.util.List;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.ConfigurableEnvironment;

/**
 * Auto-configuration of a {@link Keyring} from {@code countermark.key} or {@code countermark.key-file}, unless the
 * application has a {@code Keyring} or a {@link KeySource} of its own.
 *
 * <p>The bean holds the keys as they were at the start; API tokens follow a key file while they run.
 */
@AutoConfiguration
@EnableConfigurationProperties(CountermarkProperties.class)
public final class KeyringAutoConfiguration {

    /** Purposes of API tokens, with a store and without, which no purpose of the application may be. */
    private static final List<String> OURS = List.of("api-token", "stateless-api-token");

    /** Before anything is made of the properties. */
    KeyringAutoConfiguration(ConfigurableEnvironment environment) {
        PropertyNames.requireKnown(environment);
    }

    @Bean
    @ConditionalOnMissingBean({KeySource.class, Keyring.class})
    KeySource countermarkKeySource(CountermarkProperties properties) {
        return ConfiguredKeys.of(properties);
    }

    @Bean
    @ConditionalOnMissingBean
    Keyring countermarkKeyring(KeySource source) {
        return source.keyring();
    }

    @Bean
    CheckedPurposes countermarkCheckedPurposes(CountermarkProperties properties, Keyring keyring) {
        var all = new ArrayList<>(OURS);
        all.addAll(properties.purposes());
        try {
            Purposes.check(keyring, all.toArray(String[]::new));
        } catch (IllegalArgumentException e) {
            throw new StartFailure(
                    "countermark.purposes is refused: " + e.getMessage(),
                    "Give each kind of token a purpose of its own; " + String.join(" and ", OURS) + " are taken.",
                    e);
        }
        return new CheckedPurposes(List.copyOf(properties.purposes()));
    }

    /** The declared purposes, each with a key of its own. */
    record CheckedPurposes(List<String> purposes) {}
}
