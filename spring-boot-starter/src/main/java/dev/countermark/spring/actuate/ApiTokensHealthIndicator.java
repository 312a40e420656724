package dev.countermark.spring.actuate;

import dev.countermark.apitokens.ApiTokens;
import dev.countermark.apitokens.NodeStatus;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;

/** Up while this node hears revocations, down when it answers 503: its lease has lapsed, or the database was restored. */
final class ApiTokensHealthIndicator extends AbstractHealthIndicator {

    private final ApiTokens tokens;

    ApiTokensHealthIndicator(ApiTokens tokens) {
        super("API tokens health check failed");
        this.tokens = tokens;
    }

    @Override
    protected void doHealthCheck(Health.Builder builder) {
        var status = tokens.status();
        builder.status(status.state() == NodeStatus.State.HEARING ? "UP" : "DOWN")
                .withDetail("state", status.state().name())
                .withDetail("feedNumber", status.feedNumber())
                .withDetail("leaseRemaining", status.leaseRemaining());
    }
}
