package dev.countermark.server.leaked;

import java.time.Duration;

/** So much of something in a minute, and no more. Safe for many threads. */
final class MinuteBudget {

    private static final long MINUTE = Duration.ofMinutes(1).toNanos();

    private final int most;
    private long begin;
    private int spent;

    MinuteBudget(int most, long now) {
        this.most = most;
        this.begin = now;
    }

    /**
     * Takes one, if one is left.
     *
     * @param now {@link System#nanoTime}
     */
    synchronized boolean take(long now) {
        if (now - begin >= MINUTE) {
            begin = now;
            spent = 0;
        }
        if (spent == most) {
            return false;
        }
        spent++;
        return true;
    }
}
