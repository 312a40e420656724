package dev.countermark.spring.actuate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.countermark.apitokens.ApiTokens;
import dev.countermark.apitokens.IssueRequest;
import dev.countermark.apitokens.NodeStatus;
import dev.countermark.spring.ApiTokenChecker;
import dev.countermark.spring.ApiTokensAutoConfiguration;
import dev.countermark.spring.KeyringAutoConfiguration;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.export.simple.SimpleMetricsExportAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import tools.jackson.databind.json.JsonMapper;

class ActuatorTest {

    private static final String KEY = "n6nQbWlP7WmR1nDqfQd0sC5S1eVb2pTnUqvU3s0yW9w";

    @TempDir
    Path folder;

    ApplicationContextRunner application;

    @BeforeEach
    void runner() {
        application = new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(
                        KeyringAutoConfiguration.class,
                        ApiTokensAutoConfiguration.class,
                        ApiTokensActuatorAutoConfiguration.class,
                        MetricsAutoConfiguration.class,
                        CompositeMeterRegistryAutoConfiguration.class,
                        SimpleMetricsExportAutoConfiguration.class))
                .withPropertyValues(
                        "countermark.key=" + KEY,
                        "countermark.api-tokens.data-folder=" + folder,
                        "management.endpoints.web.exposure.include=countermark");
    }

    @Test
    void health_is_up_while_revocations_are_heard_and_down_after() {
        application.run(context -> {
            var health = context.getBean(HealthIndicator.class);
            assertThat(health.health().getStatus()).isEqualTo(Status.UP);
            context.getBean(ApiTokens.class).close();
            assertThat(health.health().getStatus()).isEqualTo(Status.DOWN);
        });
    }

    @Test
    void the_endpoint_shows_nodes_and_fingerprints_and_no_secret() {
        application.run(context -> {
            var tokens = context.getBean(ApiTokens.class);
            var text = tokens.issue(IssueRequest.forSubject("ada")).text();
            tokens.revokeText(text);
            untilTheFeedWasRead(tokens);
            var shown = context.getBean(CountermarkEndpoint.class).countermark();
            assertThat(shown.prefix()).isEqualTo("cm");
            assertThat(shown.keyFingerprints()).isEqualTo(tokens.keyFingerprints());
            assertThat(shown.nodes()).hasSize(1);
            assertThat(shown.keys()).hasSize(1);
            assertThat(shown.node()).isNotNull();
            assertThat(shown.node().state()).isEqualTo(NodeStatus.State.HEARING);
            assertThat(shown.node().feedNumber()).isEqualTo(1);
            assertThat(JsonMapper.shared().writeValueAsString(shown))
                    .contains(
                            "\"keyFingerprints\":[\"" + tokens.keyFingerprints().get(0))
                    .doesNotContain(KEY)
                    .doesNotContain(text);
        });
    }

    @Test
    void the_endpoint_shows_the_rest_when_there_is_no_store() {
        application.withPropertyValues("countermark.api-tokens.stateless=true").run(context -> {
            var shown = context.getBean(CountermarkEndpoint.class).countermark();
            assertThat(shown.prefix()).isEqualTo("cm");
            assertThat(shown.keyFingerprints()).hasSize(1);
            assertThat(shown.node()).isNull();
            assertThat(context).doesNotHaveBean(HealthIndicator.class);
        });
        application
                .withPropertyValues("countermark.api-tokens.enabled=false")
                .run(context -> assertThat(context.getBean(CountermarkEndpoint.class)
                                .countermark()
                                .prefix())
                        .isNull());
    }

    @Test
    void checks_are_counted_by_outcome_and_the_node_is_measured() {
        application.run(context -> {
            var tokens = context.getBean(ApiTokens.class);
            var meters = context.getBean(MeterRegistry.class);
            var text = tokens.issue(IssueRequest.forSubject("ada")).text();
            tokens.check(text);
            tokens.check(text);
            tokens.check("nothing");
            tokens.revokeText(text);
            untilTheFeedWasRead(tokens);
            tokens.check(text);
            assertThat(count(meters, "valid")).isEqualTo(2);
            assertThat(count(meters, "rejected")).isEqualTo(1);
            assertThat(count(meters, "revoked")).isEqualTo(1);
            assertThat(count(meters, "expired")).isZero();
            tokens.close();
            tokens.check(text);
            assertThat(count(meters, "unavailable")).isPositive();
            assertThat(meters.get("countermark.feed.number").gauge().value()).isEqualTo(1);
            assertThat(meters.get("countermark.revocations").gauge().value()).isEqualTo(1);
            assertThat(meters.get("countermark.lease.remaining").gauge().value())
                    .isZero();
            assertThat(meters.get("countermark.revocation.lag").gauge().value()).isNotNegative();
        });
    }

    /** A revocation counts at once on its own node; its number is known there when the feed was read again. */
    private static void untilTheFeedWasRead(ApiTokens tokens) {
        assertTimeoutPreemptively(Duration.ofSeconds(30), () -> {
            while (tokens.status().feedNumber() == 0) {
                Thread.onSpinWait();
            }
        });
    }

    private static double count(MeterRegistry meters, String outcome) {
        return meters.get("countermark.check").tag("outcome", outcome).counter().count();
    }

    @Test
    void stateless_checks_are_counted_too() {
        application.withPropertyValues("countermark.api-tokens.stateless=true").run(context -> {
            context.getBean(ApiTokenChecker.class).check("nothing");
            assertThat(count(context.getBean(MeterRegistry.class), "rejected")).isEqualTo(1);
        });
    }

    @Test
    void each_part_can_be_switched_off_or_missing() {
        application
                .withPropertyValues(
                        "management.health.countermark.enabled=false", "management.endpoint.countermark.access=NONE")
                .run(context -> assertThat(context)
                        .doesNotHaveBean(HealthIndicator.class)
                        .doesNotHaveBean(CountermarkEndpoint.class));
        new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(
                        KeyringAutoConfiguration.class,
                        ApiTokensAutoConfiguration.class,
                        ApiTokensActuatorAutoConfiguration.class))
                .withPropertyValues("countermark.key=" + KEY, "countermark.api-tokens.data-folder=" + folder)
                .withClassLoader(new FilteredClassLoader(
                        "org.springframework.boot.actuate",
                        "org.springframework.boot.health",
                        "io.micrometer.core",
                        "org.springframework.boot.micrometer"))
                .run(context -> assertThat(context).hasSingleBean(ApiTokens.class));
    }
}
