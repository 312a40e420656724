package dev.countermark.spring.actuate;

import dev.countermark.apitokens.ApiTokenVerdict;
import dev.countermark.apitokens.TokenEvents;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

/** Counts checks of API tokens as {@code countermark.check}, by their outcome. */
final class CheckCounter implements TokenEvents {

    private final Counter valid;
    private final Counter expired;
    private final Counter revoked;
    private final Counter rejected;
    private final Counter unavailable;

    CheckCounter(MeterRegistry registry) {
        this.valid = counter(registry, "valid");
        this.expired = counter(registry, "expired");
        this.revoked = counter(registry, "revoked");
        this.rejected = counter(registry, "rejected");
        this.unavailable = counter(registry, "unavailable");
    }

    private static Counter counter(MeterRegistry registry, String outcome) {
        return Counter.builder("countermark.check")
                .description("Checks of API tokens")
                .tag("outcome", outcome)
                .register(registry);
    }

    @Override
    public void checked(ApiTokenVerdict verdict) {
        counterOf(verdict).increment();
    }

    private Counter counterOf(ApiTokenVerdict verdict) {
        if (verdict instanceof ApiTokenVerdict.Valid) {
            return valid;
        } else if (verdict instanceof ApiTokenVerdict.Expired) {
            return expired;
        } else if (verdict instanceof ApiTokenVerdict.Revoked) {
            return revoked;
        } else if (verdict instanceof ApiTokenVerdict.Rejected) {
            return rejected;
        }
        return unavailable;
    }
}
