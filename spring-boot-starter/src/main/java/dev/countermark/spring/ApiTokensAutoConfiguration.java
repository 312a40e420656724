package dev.countermark.spring;

import dev.countermark.Keyring;
import dev.countermark.apitokens.ApiTokenOptions;
import dev.countermark.apitokens.ApiTokens;
import dev.countermark.apitokens.KeyMismatchException;
import dev.countermark.apitokens.KeySource;
import dev.countermark.apitokens.StatelessApiTokens;
import dev.countermark.apitokens.TokenEvents;
import dev.countermark.apitokens.TokenStore;
import dev.countermark.apitokens.TokenStoreException;
import java.util.function.UnaryOperator;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.Environment;

/**
 * Auto-configuration of {@link ApiTokens}, or of {@link StatelessApiTokens} with
 * {@code countermark.api-tokens.stateless}, and of the {@link ApiTokenChecker} of either.
 *
 * <p>Every {@link TokenEvents} bean listens. The tokens are kept in the application's {@link TokenStore} bean if it has
 * one, else where the properties say, else in the application's {@code DataSource}, else in a SQLite file.
 */
@AutoConfiguration(
        after = KeyringAutoConfiguration.class,
        afterName = "org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration")
@ConditionalOnProperty(name = "countermark.api-tokens.enabled", matchIfMissing = true)
@EnableConfigurationProperties(ApiTokensProperties.class)
public final class ApiTokensAutoConfiguration {

    @Bean
    TokenEvents countermarkEventPublisher(ApplicationEventPublisher publisher) {
        return new EventPublisher(publisher);
    }

    private static ApiTokenOptions options(
            ApiTokensProperties properties,
            Environment environment,
            ObjectProvider<TokenEvents> listeners,
            ObjectProvider<ApiTokenOptionsCustomizer> customizers) {
        var options = ApiTokenOptions.DEFAULT
                .dataFolder(properties.dataFolder().toPath())
                .events(new EveryListener(listeners.orderedStream().toList()));
        var longest = properties.maximumLifetime();
        options = set(options, "prefix", each -> each.prefix(properties.prefix()));
        options = set(options, "maximum-lifetime", each -> each.lifetimes(longest, longest));
        options = set(options, "default-lifetime", each -> each.lifetimes(properties.defaultLifetime(), longest));
        options = set(options, "lease", each -> each.lease(properties.lease()));
        var interval = properties.pollInterval();
        if (interval != null) {
            options = set(options, "poll-interval", each -> each.pollInterval(interval));
        }
        var given = properties.nodeName();
        var name = given != null ? given : environment.getProperty("spring.application.name", "application");
        options = set(options, "node-name", each -> each.nodeName(name));
        for (var customizer : customizers.orderedStream().toList()) {
            options = customizer.customize(options);
        }
        return options;
    }

    private static ApiTokenOptions set(
            ApiTokenOptions options, String property, UnaryOperator<ApiTokenOptions> change) {
        try {
            return change.apply(options);
        } catch (IllegalArgumentException e) {
            throw new StartFailure(
                    "countermark.api-tokens." + property + " is refused: " + e.getMessage() + ".",
                    "Change the property.",
                    e);
        }
    }

    /** Tokens with a store. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnProperty(name = "countermark.api-tokens.stateless", havingValue = "false", matchIfMissing = true)
    @Import(TokenStoreConfiguration.class)
    static class WithStore {

        @Bean
        @ConditionalOnMissingBean(ApiTokens.class)
        ApiTokens apiTokens(
                Keyring keyring,
                TokenStore store,
                ObjectProvider<KeySource> keys,
                ApiTokensProperties properties,
                Environment environment,
                ObjectProvider<TokenEvents> listeners,
                ObjectProvider<ApiTokenOptionsCustomizer> customizers) {
            var options = options(properties, environment, listeners, customizers);
            try {
                return ApiTokens.start(store, keys.getIfAvailable(() -> KeySource.of(keyring)), options);
            } catch (KeyMismatchException e) {
                throw new StartFailure(
                        "The key of this application is not the one that the tokens' database knows: " + e.getMessage(),
                        "Give every node of one database the same keys, by countermark.key or countermark.key-file.",
                        e);
            } catch (TokenStoreException e) {
                throw TokenStoreConfiguration.unusable(e);
            }
        }

        @Bean
        @ConditionalOnMissingBean
        ApiTokenChecker apiTokenChecker(ApiTokens tokens) {
            return new CheckerWithStore(tokens);
        }
    }

    /** Tokens without a store. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnProperty("countermark.api-tokens.stateless")
    static class Stateless {

        @Bean
        @ConditionalOnMissingBean
        StatelessApiTokens statelessApiTokens(
                Keyring keyring,
                ApiTokensProperties properties,
                Environment environment,
                ObjectProvider<TokenEvents> listeners,
                ObjectProvider<ApiTokenOptionsCustomizer> customizers) {
            var options = options(properties, environment, listeners, customizers);
            return StatelessApiTokens.of(keyring)
                    .prefix(options.prefix())
                    .lifetimes(options.defaultLifetime(), options.maximumLifetime())
                    .clock(options.clock());
        }

        @Bean
        @ConditionalOnMissingBean
        ApiTokenChecker apiTokenChecker(
                StatelessApiTokens tokens, ApiTokensProperties properties, ObjectProvider<TokenEvents> listeners) {
            return new StatelessChecker(
                    tokens,
                    properties.prefix(),
                    new EveryListener(listeners.orderedStream().toList()));
        }
    }
}
