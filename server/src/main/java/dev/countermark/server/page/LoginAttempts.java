package dev.countermark.server.page;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Refused logins, counted by address: ten in a minute, then none until the minute is over.
 *
 * <p>A token cannot be guessed; the bound keeps a guesser from costing anything. At most 10,000 addresses are
 * remembered, the oldest is forgotten first.
 */
final class LoginAttempts {

    static final int MOST = 10;
    static final Duration WINDOW = Duration.ofMinutes(1);

    private static final int MOST_ADDRESSES = 10_000;

    private final InstantSource clock;
    private final Map<String, Count> counts = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Count> eldest) {
            return size() > MOST_ADDRESSES;
        }
    };

    private record Count(Instant since, int refused) {}

    LoginAttempts(InstantSource clock) {
        this.clock = clock;
    }

    /** Whether an address may try. */
    synchronized boolean allows(String address) {
        var count = counts.get(network(address));
        return count == null || count.refused < MOST || over(count);
    }

    /** Counts a refusal. */
    synchronized void refused(String address) {
        counts.merge(
                network(address),
                new Count(clock.instant(), 1),
                (count, first) -> over(count) ? first : new Count(count.since, count.refused + 1));
    }

    private boolean over(Count count) {
        var since = Duration.between(count.since, clock.instant());
        // A clock that was set back starts a new window instead of shutting people out.
        return since.isNegative() || since.compareTo(WINDOW) >= 0;
    }

    /** One network of IPv6 belongs to one customer: its first four groups. */
    private static String network(String address) {
        int at = 0;
        for (int groups = 0; groups < 4; groups++) {
            int colon = address.indexOf(':', at);
            if (colon < 0) {
                return address;
            }
            at = colon + 1;
        }
        return address.substring(0, at);
    }
}
