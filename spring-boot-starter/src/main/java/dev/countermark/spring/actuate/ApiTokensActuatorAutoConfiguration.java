package dev.countermark.spring.actuate;

import dev.countermark.Keyring;
import dev.countermark.apitokens.ApiTokens;
import dev.countermark.spring.ApiTokenChecker;
import dev.countermark.spring.ApiTokensAutoConfiguration;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Auto-configuration of health, endpoint and meters of API tokens, each where the application has what it needs. */
@AutoConfiguration(
        after = ApiTokensAutoConfiguration.class,
        afterName = {
            "org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration",
            "org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration"
        })
public final class ApiTokensActuatorAutoConfiguration {

    /** Needs spring-boot-health. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass({HealthIndicator.class, ConditionalOnEnabledHealthIndicator.class})
    @ConditionalOnBean(ApiTokens.class)
    static class HealthConfiguration {

        @Bean
        @ConditionalOnMissingBean(name = {"countermarkHealthIndicator", "countermarkHealthContributor"})
        @ConditionalOnEnabledHealthIndicator("countermark")
        HealthIndicator countermarkHealthIndicator(ApiTokens tokens) {
            return new ApiTokensHealthIndicator(tokens);
        }
    }

    /** Needs spring-boot-actuator-autoconfigure. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(ConditionalOnAvailableEndpoint.class)
    @ConditionalOnBean(Keyring.class)
    static class EndpointConfiguration {

        @Bean
        @ConditionalOnMissingBean
        @ConditionalOnAvailableEndpoint(CountermarkEndpoint.class)
        CountermarkEndpoint countermarkEndpoint(
                Keyring keyring, ObjectProvider<ApiTokenChecker> checker, ObjectProvider<ApiTokens> tokens) {
            return new CountermarkEndpoint(keyring, checker.getIfAvailable(), tokens.getIfAvailable());
        }
    }

    /** Needs micrometer-core and a registry. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(MeterRegistry.class)
    @ConditionalOnBean({MeterRegistry.class, ApiTokenChecker.class})
    static class MeterConfiguration {

        @Bean
        @ConditionalOnMissingBean
        CheckCounter countermarkCheckCounter(MeterRegistry registry) {
            return new CheckCounter(registry);
        }

        @Bean
        @ConditionalOnMissingBean
        @ConditionalOnBean(ApiTokens.class)
        NodeMeters countermarkNodeMeters(ApiTokens tokens) {
            return new NodeMeters(tokens);
        }
    }
}
