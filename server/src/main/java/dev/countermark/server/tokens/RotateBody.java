package dev.countermark.server.tokens;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How to rotate.
 *
 * @param overlap for how many seconds the old token is still accepted: 0 to 2,592,000; an hour when absent
 */
record RotateBody(@Nullable Long overlap) {

    private static final Duration USUAL = Duration.ofHours(1);

    static final RotateBody EMPTY = new RotateBody(null);

    Duration length() {
        return overlap == null ? USUAL : Duration.ofSeconds(overlap);
    }
}
