package dev.countermark.fuzzing;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** A clock that goes when told. */
final class MovableClock extends Clock {

    private volatile Instant now = Instant.ofEpochSecond(Keys.NOW);

    void advance(Duration duration) {
        now = now.plus(duration);
    }

    long seconds() {
        return now.getEpochSecond();
    }

    @Override
    public Instant instant() {
        return now;
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return this;
    }
}
