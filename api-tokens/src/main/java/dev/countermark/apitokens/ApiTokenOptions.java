package dev.countermark.apitokens;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * How a node of API tokens works. Start from {@link #DEFAULT}. Whoever sets something out of its range gets an {@link
 * IllegalArgumentException} at once.
 *
 * @param prefix what its tokens begin with: {@code [a-z][a-z0-9]{1,15}}
 * @param defaultLifetime lifetime of a token when none is asked for: 1 s to the maximum, in whole seconds
 * @param maximumLifetime longest lifetime that may be asked for: up to 3,650 days, in whole seconds
 * @param lease how long a node answers from memory after it last heard from the store: 1 s to 60 s
 * @param pollInterval how often it asks the store without being woken: 50 ms to a third of the lease
 * @param nodeName what the operator calls this node
 * @param dataFolder where it remembers how far it has read, to notice a restored database; empty to remember only while
 *     it runs
 * @param listed whether it is counted among the nodes; not for a command that ends at once
 * @param clock wall clock
 * @param events listener
 */
public record ApiTokenOptions(
        String prefix,
        Duration defaultLifetime,
        Duration maximumLifetime,
        Duration lease,
        Duration pollInterval,
        String nodeName,
        Optional<Path> dataFolder,
        boolean listed,
        Clock clock,
        TokenEvents events) {

    private static final Pattern PREFIX = Pattern.compile("[a-z][a-z0-9]{1,15}");

    /** Prefix {@code cm}, 90 and 365 days, a lease of 5 s, a poll every second, the system clock. */
    public static final ApiTokenOptions DEFAULT = new ApiTokenOptions(
            "cm",
            Duration.ofDays(90),
            Duration.ofDays(365),
            Duration.ofSeconds(5),
            Duration.ofSeconds(1),
            "countermark",
            Optional.empty(),
            true,
            Clock.systemUTC(),
            TokenEvents.NONE);

    /** @throws IllegalArgumentException if something is out of its range; the message says what */
    public ApiTokenOptions {
        requirePrefix(prefix);
        requireBetween(Duration.ofSeconds(1), maximumLifetime, Duration.ofDays(3650), "maximum lifetime");
        requireBetween(Duration.ofSeconds(1), defaultLifetime, maximumLifetime, "default lifetime");
        requireWholeSeconds(maximumLifetime, "maximum lifetime");
        requireWholeSeconds(defaultLifetime, "default lifetime");
        requireBetween(Duration.ofSeconds(1), lease, Duration.ofSeconds(60), "lease");
        requireBetween(Duration.ofMillis(50), pollInterval, lease.dividedBy(3), "poll interval");
        Text.require(nodeName, "node name", 1, 100);
    }

    static String requirePrefix(String prefix) {
        if (!PREFIX.matcher(prefix).matches()) {
            throw new IllegalArgumentException("a prefix matches " + PREFIX.pattern());
        }
        return prefix;
    }

    private static void requireBetween(Duration least, Duration value, Duration most, String what) {
        if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
            throw new IllegalArgumentException("the " + what + " is between " + shown(least) + " and " + shown(most));
        }
    }

    /** A token has no finer times. */
    private static void requireWholeSeconds(Duration value, String what) {
        if (value.toNanosPart() != 0) {
            throw new IllegalArgumentException("the " + what + " is a whole number of seconds");
        }
    }

    static String shown(Duration duration) {
        return duration.compareTo(Duration.ofDays(1)) >= 0 && duration.toSeconds() % 86_400 == 0
                ? duration.toDays() + (duration.toDays() == 1 ? " day" : " days")
                : duration.toMillisPart() == 0 ? duration.toSeconds() + " s" : duration.toMillis() + " ms";
    }

    /** The same options with another prefix, in the form that {@link #prefix()} has. */
    public ApiTokenOptions prefix(String prefix) {
        return with(draft -> draft.prefix = prefix);
    }

    /** The same options with another policy of lifetimes. */
    public ApiTokenOptions lifetimes(Duration byDefault, Duration maximum) {
        return with(draft -> {
            draft.defaultLifetime = byDefault;
            draft.maximumLifetime = maximum;
        });
    }

    /** The same options with another lease, and a poll interval of a fifth of it but at most a second. */
    public ApiTokenOptions lease(Duration lease) {
        var fifth = lease.dividedBy(5);
        return with(draft -> {
            draft.lease = lease;
            draft.pollInterval = fifth.compareTo(Duration.ofSeconds(1)) < 0 ? fifth : Duration.ofSeconds(1);
        });
    }

    /** The same options with another interval between polls. */
    public ApiTokenOptions pollInterval(Duration pollInterval) {
        return with(draft -> draft.pollInterval = pollInterval);
    }

    /** The same options with a name for this node. */
    public ApiTokenOptions nodeName(String nodeName) {
        return with(draft -> draft.nodeName = nodeName);
    }

    /** The same options with a folder to remember in; one folder belongs to one database. */
    public ApiTokenOptions dataFolder(Path dataFolder) {
        return with(draft -> draft.dataFolder = Optional.of(dataFolder));
    }

    /** The same options for a command that ends at once: it is not counted among the nodes. */
    public ApiTokenOptions unlisted() {
        return with(draft -> draft.listed = false);
    }

    /** The same options with another wall clock. */
    public ApiTokenOptions clock(Clock clock) {
        return with(draft -> draft.clock = clock);
    }

    /** The same options with a listener. */
    public ApiTokenOptions events(TokenEvents events) {
        return with(draft -> draft.events = events);
    }

    private ApiTokenOptions with(Consumer<Draft> change) {
        var draft = new Draft(this);
        change.accept(draft);
        return draft.options();
    }

    /** Options while one of them changes. */
    private static final class Draft {

        private String prefix;
        private Duration defaultLifetime;
        private Duration maximumLifetime;
        private Duration lease;
        private Duration pollInterval;
        private String nodeName;
        private Optional<Path> dataFolder;
        private boolean listed;
        private Clock clock;
        private TokenEvents events;

        Draft(ApiTokenOptions options) {
            prefix = options.prefix;
            defaultLifetime = options.defaultLifetime;
            maximumLifetime = options.maximumLifetime;
            lease = options.lease;
            pollInterval = options.pollInterval;
            nodeName = options.nodeName;
            dataFolder = options.dataFolder;
            listed = options.listed;
            clock = options.clock;
            events = options.events;
        }

        ApiTokenOptions options() {
            return new ApiTokenOptions(
                    prefix,
                    defaultLifetime,
                    maximumLifetime,
                    lease,
                    pollInterval,
                    nodeName,
                    dataFolder,
                    listed,
                    clock,
                    events);
        }
    }
}
