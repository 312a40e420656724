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
        ApiTokenOptions options;
        try {
            var name = properties.nodeName();
            options = ApiTokenOptions.DEFAULT
                    .prefix(properties.prefix())
                    .lifetimes(properties.defaultLifetime(), properties.maximumLifetime())
                    .lease(properties.lease())
                    .pollInterval(properties.pollInterval())
                    .nodeName(name != null ? name : environment.getProperty("spring.application.name", "application"))
                    .dataFolder(properties.dataFolder().toPath())
                    .events(new EveryListener(listeners.orderedStream().toList()));
        } catch (IllegalArgumentException e) {
            throw new StartFailure(
                    "A property under countermark.api-tokens is refused: " + e.getMessage() + ".",
                    "Change the property.",
                    e);
        }
        for (var customizer : customizers.orderedStream().toList()) {
            options = customizer.customize(options);
        }
        return options;
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
