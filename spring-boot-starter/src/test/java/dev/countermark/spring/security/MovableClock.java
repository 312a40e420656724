package dev.countermark.spring.security;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** The system's clock with a distance that tests choose. */
final class MovableClock extends Clock {

    private volatile Duration distance = Duration.ZERO;

    void move(Duration further) {
        distance = distance.plus(further);
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        throw new UnsupportedOperationException("UTC only");
    }

    @Override
    public Instant instant() {
        return Instant.now().plus(distance);
    }
}
