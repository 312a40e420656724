package dev.countermark.apitokens;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** The two clocks of a node: one that never jumps and may stop while the machine sleeps, one that people set. */
interface NodeTime {

    /** Nanoseconds that only grow. */
    long monotonic();

    /** Milliseconds since 1970 by the wall clock. */
    long wall();

    default Instant now() {
        return Instant.ofEpochMilli(wall());
    }

    /** Its wall clock for those who want a {@code Clock}. */
    default Clock clock() {
        return new Clock() {
            @Override
            public ZoneId getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
                return this;
            }

            @Override
            public long millis() {
                return wall();
            }

            @Override
            public Instant instant() {
                return now();
            }
        };
    }

    static NodeTime of(Clock clock) {
        return new NodeTime() {
            @Override
            public long monotonic() {
                return System.nanoTime();
            }

            @Override
            public long wall() {
                return clock.millis();
            }
        };
    }
}
