package dev.countermark.cli.tokens;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countermark.apitokens.ApiTokenOptions;
import dev.countermark.apitokens.ApiTokenVerdict.Valid;
import dev.countermark.apitokens.ApiTokens;
import dev.countermark.apitokens.IssueRequest;
import dev.countermark.apitokens.IssuedToken;
import dev.countermark.apitokens.KeyFile;
import dev.countermark.apitokens.jdbc.JdbcTokenStore;
import dev.countermark.cli.Launcher;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command and a node under load, two processes on one SQLite file. */
class BesideANodeIT {

    @TempDir
    Path folder;

    private final AtomicBoolean over = new AtomicBoolean();
    private final ConcurrentLinkedQueue<Throwable> failures = new ConcurrentLinkedQueue<>();

    @Test
    void a_revocation_by_the_command_is_refused_by_a_busy_node_within_the_lease() throws Exception {
        var launcher = new Launcher(folder);
        var home = folder.resolve("home");
        var byCommand = launcher.run("tokens", "issue", "--subject", "alice");
        assertThat(byCommand.code()).as(byCommand.err()).isZero();

        try (var store = JdbcTokenStore.open("jdbc:sqlite:" + home.resolve("tokens.db"));
                var tokens = ApiTokens.start(
                        store, KeyFile.at(home.resolve("keys")), ApiTokenOptions.DEFAULT.dataFolder(home))) {
            assertThat(tokens.check(byCommand.out().strip())).isInstanceOf(Valid.class);
            var issued = new AtomicLong();
            var threads = new ArrayList<Thread>();
            for (int i = 0; i < 2; i++) {
                threads.add(running(() -> {
                    var token = tokens.issue(IssueRequest.forSubject("load"));
                    tokens.check(token.text());
                    tokens.revoke(token.token().id());
                    issued.incrementAndGet();
                }));
            }
            for (int i = 0; i < 2; i++) {
                var victim = tokens.issue(IssueRequest.forSubject("victim"));
                var lastYes = new AtomicLong();
                var refused = new AtomicLong();
                var watcher = watching(tokens, victim, lastYes, refused);

                var revoked = launcher.run(
                        "tokens", "revoke", "--wait", victim.token().id());
                long acknowledged = System.nanoTime();
                assertThat(revoked.code()).as(revoked.err()).isZero();
                assertThat(revoked.out()).contains("nodes have confirmed");
                watcher.join(Duration.ofSeconds(20).toMillis());
                assertThat(refused.get()).as("refused at all").isPositive();
                assertThat(lastYes.get() - acknowledged)
                        .as("a yes after acknowledgement and lease")
                        .isLessThanOrEqualTo(ApiTokenOptions.DEFAULT.lease().toNanos());

                var verified = launcher.run("tokens", "verify", victim.text());
                assertThat(verified.code()).as(verified.out()).isEqualTo(1);
            }
            over.set(true);
            for (var thread : threads) {
                thread.join();
            }
            assertThat(failures).isEmpty();
            assertThat(issued.get()).isPositive();
        }
    }

    private Thread running(Runnable work) {
        var thread = new Thread(() -> {
            try {
                while (!over.get()) {
                    work.run();
                }
            } catch (RuntimeException e) {
                failures.add(e);
            }
        });
        thread.start();
        return thread;
    }

    /** Notes when the last yes began, and when the first no was there. */
    private static Thread watching(ApiTokens tokens, IssuedToken victim, AtomicLong lastYes, AtomicLong refused) {
        var thread = new Thread(() -> {
            while (refused.get() == 0 && !Thread.interrupted()) {
                long start = System.nanoTime();
                if (tokens.check(victim.text()) instanceof Valid) {
                    lastYes.set(start);
                } else {
                    refused.set(System.nanoTime());
                }
                LockSupport.parkNanos(1_000_000);
            }
        });
        thread.setDaemon(true);
        thread.start();
        return thread;
    }
}
