package dev.countermark.spring.actuate;

import dev.countermark.apitokens.ApiTokens;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;

/** Gauges of how well this node hears revocations. */
final class NodeMeters implements MeterBinder {

    private final ApiTokens tokens;

    NodeMeters(ApiTokens tokens) {
        this.tokens = tokens;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        time(
                registry,
                "countermark.revocation.lag",
                "Time since the last successful poll began",
                node -> node.status().lag());
        time(
                registry,
                "countermark.lease.remaining",
                "Time for which this node still answers",
                node -> node.status().leaseRemaining());
        gauge(
                registry,
                "countermark.feed.number",
                "Number of the last revocation applied",
                node -> node.status().feedNumber());
        gauge(
                registry,
                "countermark.revocations",
                "Revocations held in memory",
                node -> node.status().revocations());
    }

    private void time(MeterRegistry registry, String name, String description, DurationOf duration) {
        TimeGauge.builder(
                        name,
                        tokens,
                        TimeUnit.MILLISECONDS,
                        node -> duration.of(node).toMillis())
                .description(description)
                .register(registry);
    }

    private void gauge(MeterRegistry registry, String name, String description, ToDoubleFunction<ApiTokens> number) {
        Gauge.builder(name, tokens, number).description(description).register(registry);
    }

    @FunctionalInterface
    private interface DurationOf {

        Duration of(ApiTokens node);
    }
}
