package dev.countermark.apitokens.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countermark.SigningKey;
import dev.countermark.apitokens.KeyFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two processes on one store, and what becomes of the promise when the store or the way to it fails. */
class TwoProcessesTest {

    /** In full 10,000: {@code -Dcountermark.revocations=10000}. */
    private static final int REVOCATIONS = Integer.getInteger("countermark.revocations", 400);

    /** With {@code -Dcountermark.times=true} also how fast a revocation usually is; only on a machine of its own. */
    private static final boolean TIMES = Boolean.getBoolean("countermark.times");

    private static final long LEASE = Duration.ofSeconds(5).toNanos();

    /** A line of a probe: when the check began and ended, and its answer. */
    private static final Pattern LINE = Pattern.compile("\\d+ \\d+ [A-Za-z]+");

    @TempDir
    Path folder;

    private Path keys;

    @BeforeEach
    void makeKeys() {
        keys = folder.resolve("keys");
        KeyFile.at(keys).add(SigningKey.generate());
    }

    private StartedNode start(String url, String name) {
        return StartedNode.start(url, keys, folder.resolve(name), name);
    }

    @Test
    void a_revocation_in_one_process_is_refused_in_the_other_on_sqlite() throws IOException {
        var url = "jdbc:sqlite:" + folder.resolve("tokens.db");
        try (var one = start(url, "one");
                var other = start(url, "other")) {
            revokeAndWatch(one, other, REVOCATIONS / 2);
        }
    }

    @Test
    void a_revocation_in_one_process_is_refused_in_the_other_on_postgresql() throws Exception {
        var server = TestPostgres.shared();
        var url = server.emptyDatabase();
        try (var one = start(url, "one");
                var other = start(url, "other")) {
            long usual = revokeAndWatch(one, other, REVOCATIONS);
            if (TIMES) {
                assertThat(Duration.ofNanos(usual)).isLessThan(Duration.ofMillis(500));
            }
            withoutDoorbell(server, () -> revokeAndWatch(one, other, 100));
        }
    }

    private interface Work {
        void run() throws IOException;
    }

    /** Cuts the doorbell's connections whenever there are any. */
    private static void withoutDoorbell(TestPostgres server, Work work) throws Exception {
        var over = new AtomicBoolean();
        var cutter = new Thread(() -> {
            while (!over.get()) {
                server.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                        + " WHERE application_name = 'countermark doorbell'");
            }
        });
        cutter.start();
        try {
            work.run();
        } finally {
            over.set(true);
            cutter.join();
        }
    }

    /** Examines the history of both processes; answers how long 99 of 100 revocations took at most. */
    private long revokeAndWatch(StartedNode one, StartedNode other, int count) throws IOException {
        var texts = folder.resolve("texts" + System.nanoTime());
        var acknowledged = folder.resolve("acknowledged" + System.nanoTime());
        var seen = folder.resolve("seen" + System.nanoTime());
        one.does("issue", count, texts);
        other.tell("watch", texts, 0, count, seen);
        one.does("revoke", texts, 0, count, acknowledged);
        other.expect("done");

        var acknowledgements = numbers(acknowledged);
        var sightings = numbers(seen);
        var delays = new ArrayList<Long>();
        assertThat(Files.readAllLines(acknowledged)).hasSize(count).allMatch(line -> line.endsWith(" refused"));
        for (int i = 0; i < count; i++) {
            long at = acknowledgements.get(i)[0];
            long lastYes = sightings.get(i)[0];
            assertThat(lastYes).as("a yes after acknowledgement and lease").isLessThanOrEqualTo(at + LEASE);
            assertThat(sightings.get(i)[1]).as("never refused").isPositive();
            delays.add(sightings.get(i)[1] - at);
        }
        Collections.sort(delays);
        if (TIMES) {
            System.out.printf(
                    Locale.ROOT,
                    "%d revocations refused elsewhere after: median %.1f ms, 99 of 100 %.1f ms, most %.1f ms%n",
                    count,
                    delays.get(count / 2) / 1e6,
                    delays.get(count * 99 / 100) / 1e6,
                    delays.get(count - 1) / 1e6);
        }
        return delays.get(count * 99 / 100);
    }

    private static List<long[]> numbers(Path file) throws IOException {
        var all = new ArrayList<long[]>();
        for (var line : Files.readAllLines(file)) {
            int space = line.indexOf(' ');
            var second = line.substring(space + 1);
            all.add(new long[] {
                Long.parseLong(line.substring(0, space)),
                Character.isDigit(second.charAt(0)) ? Long.parseLong(second) : 0
            });
        }
        return all;
    }

    @Test
    void both_processes_stop_saying_yes_when_the_database_is_frozen_or_gone_and_recover() throws Exception {
        try (var server = TestPostgres.start()) {
            var url = server.emptyDatabase();
            try (var one = start(url, "one");
                    var other = start(url, "other")) {
                var text = folder.resolve("text");
                one.does("issue", 1, text);
                silence(server::freeze, server::thaw, text, one, other);
                silence(server::killAll, server::restart, text, one, other);
            }
        }
    }

    private void silence(Runnable end, Runnable begin, Path text, StartedNode... nodes) throws Exception {
        var logs = new ArrayList<Path>();
        for (var node : nodes) {
            var log = folder.resolve("probe" + logs.size() + "-" + System.nanoTime());
            logs.add(log);
            node.does("probe", text, 0, 1, log);
        }
        for (var log : logs) {
            awaitYes(log, Long.MIN_VALUE);
        }
        end.run();
        long ended = System.nanoTime();
        // Time has to pass here: the lease's deadline is what is tested.
        Thread.sleep(Duration.ofNanos(LEASE).plusSeconds(3).toMillis());
        for (var log : logs) {
            await(log, line -> startOf(line) > ended + LEASE);
        }
        long beginning = System.nanoTime();
        begin.run();
        long begun = System.nanoTime();
        for (var log : logs) {
            awaitYes(log, begun);
        }
        for (int i = 0; i < nodes.length; i++) {
            nodes[i].does("stop");
            var lines = Files.readAllLines(logs.get(i));
            assertThat(lines.stream().filter(line -> line.endsWith("Valid") && startOf(line) < ended))
                    .isNotEmpty();
            // No yes begins after the lease; by a second later there is an answer, and it is that there is none.
            assertThat(lines.stream().filter(line -> startOf(line) > ended + LEASE && endOf(line) < beginning))
                    .isNotEmpty()
                    .allMatch(line -> line.endsWith("Unavailable"))
                    .allMatch(line ->
                            endOf(line) - startOf(line) < Duration.ofSeconds(2).toNanos());
            long back = lines.stream()
                    .filter(line -> line.endsWith("Valid") && startOf(line) > begun)
                    .mapToLong(line -> startOf(line) - begun)
                    .min()
                    .orElse(Long.MAX_VALUE);
            assertThat(Duration.ofNanos(back)).isLessThan(Duration.ofSeconds(5));
        }
    }

    /** Until a check that began after a time has said yes. */
    private static void awaitYes(Path log, long after) throws Exception {
        await(log, line -> line.endsWith(" Valid") && startOf(line) > after);
    }

    private static void await(Path log, Predicate<String> wanted) throws Exception {
        long deadline = System.nanoTime() + Duration.ofMinutes(1).toNanos();
        while (!has(log, wanted)) {
            assertThat(System.nanoTime()).as("deadline").isLessThan(deadline);
            Thread.sleep(50);
        }
    }

    private static boolean has(Path log, Predicate<String> wanted) throws IOException {
        // It is there soon after the probe has begun, and its last line may not be whole yet.
        return Files.exists(log)
                && Files.readString(log)
                        .lines()
                        .filter(line -> LINE.matcher(line).matches())
                        .anyMatch(wanted);
    }

    private static long startOf(String line) {
        return Long.parseLong(line.substring(0, line.indexOf(' ')));
    }

    private static long endOf(String line) {
        int space = line.indexOf(' ');
        return Long.parseLong(line.substring(space + 1, line.indexOf(' ', space + 1)));
    }
}
