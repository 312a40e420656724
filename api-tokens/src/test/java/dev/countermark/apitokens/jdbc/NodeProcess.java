package dev.countermark.apitokens.jdbc;

import dev.countermark.apitokens.ApiTokenOptions;
import dev.countermark.apitokens.ApiTokenVerdict.Valid;
import dev.countermark.apitokens.ApiTokens;
import dev.countermark.apitokens.IssueRequest;
import dev.countermark.apitokens.KeyFile;
import dev.countermark.apitokens.TokenStoreException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.StringTokenizer;

/**
 * A node as a process of its own, which a test tells what to do line by line.
 *
 * <p>Times are those of the machine's monotonic clock, which its processes share.
 */
final class NodeProcess {

    private final ApiTokens tokens;
    private final PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    private volatile boolean stopped;

    private NodeProcess(ApiTokens tokens) {
        this.tokens = tokens;
    }

    /** Arguments: URL of the store, file of keys, data folder, name. */
    public static void main(String[] arguments) throws Exception {
        try (var store = JdbcTokenStore.open(arguments[0]);
                var tokens = ApiTokens.start(
                        store,
                        KeyFile.at(Path.of(arguments[1])),
                        ApiTokenOptions.DEFAULT
                                .dataFolder(Path.of(arguments[2]))
                                .nodeName(arguments[3]))) {
            new NodeProcess(tokens).obey();
        }
    }

    private void obey() throws Exception {
        out.println("ready");
        var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (var line = in.readLine(); line != null; line = in.readLine()) {
            var words = new StringTokenizer(line, " ");
            switch (words.nextToken()) {
                case "issue" -> issue(Integer.parseInt(words.nextToken()), Path.of(words.nextToken()));
                case "revoke" -> revoke(lines(words), Path.of(words.nextToken()));
                case "watch" -> watch(lines(words), Path.of(words.nextToken()));
                case "probe" -> probe(lines(words).get(0), Path.of(words.nextToken()));
                case "stop" -> stopped = true;
                case "churn" -> churn(words.nextToken());
                default -> throw new IllegalArgumentException(line);
            }
            out.println("done");
        }
    }

    /** The lines of a file, from and to as the next words say. */
    private static List<String> lines(StringTokenizer words) throws IOException {
        var all = Files.readAllLines(Path.of(words.nextToken()));
        return all.subList(Integer.parseInt(words.nextToken()), Integer.parseInt(words.nextToken()));
    }

    private void issue(int count, Path file) throws IOException {
        var texts = new ArrayList<String>();
        for (int i = 0; i < count; i++) {
            texts.add(tokens.issue(IssueRequest.forSubject("load")).text());
        }
        Files.write(file, texts);
    }

    /** Writes for each token when its revocation was acknowledged, and whether it was refused here right after. */
    private void revoke(List<String> texts, Path file) throws IOException {
        try (var log = new PrintWriter(Files.newBufferedWriter(file))) {
            for (var text : texts) {
                tokens.revokeText(text);
                long acknowledged = System.nanoTime();
                log.println(acknowledged + " " + (tokens.check(text) instanceof Valid ? "valid" : "refused"));
            }
        }
    }

    /** Checks all tokens in turn until each is refused; writes when the last yes began and when the first no ended. */
    private void watch(List<String> texts, Path file) throws IOException {
        var lastYes = new long[texts.size()];
        var firstNo = new long[texts.size()];
        int left = texts.size();
        long deadline = System.nanoTime() + Duration.ofMinutes(10).toNanos();
        while (left > 0 && System.nanoTime() < deadline) {
            for (int i = 0; i < lastYes.length; i++) {
                if (firstNo[i] == 0) {
                    long start = System.nanoTime();
                    if (tokens.check(texts.get(i)) instanceof Valid) {
                        lastYes[i] = start;
                    } else {
                        firstNo[i] = System.nanoTime();
                        left--;
                    }
                }
            }
        }
        try (var log = new PrintWriter(Files.newBufferedWriter(file))) {
            for (int i = 0; i < lastYes.length; i++) {
                log.println(lastYes[i] + " " + firstNo[i]);
            }
        }
    }

    /** Checks one token again and again until told to stop; writes when each check began and ended, and its answer. */
    private void probe(String text, Path file) {
        stopped = false;
        var thread = new Thread(() -> {
            try (var log = new PrintWriter(Files.newBufferedWriter(file), true)) {
                while (!stopped) {
                    long start = System.nanoTime();
                    var verdict = tokens.check(text);
                    log.println(start + " " + System.nanoTime() + " "
                            + verdict.getClass().getSimpleName());
                    Thread.sleep(5);
                }
            } catch (IOException | InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        thread.setDaemon(true);
        thread.start();
    }

    /** Issues, rotates and revokes on four threads without end, and says what was acknowledged. */
    private void churn(String subject) {
        for (int i = 0; i < 4; i++) {
            var thread = new Thread(() -> {
                while (true) {
                    churnOnce(subject);
                }
            });
            thread.setDaemon(true);
            thread.start();
        }
    }

    private void churnOnce(String subject) {
        try {
            var kept = tokens.issue(IssueRequest.forSubject(subject)).token().id();
            say("issued " + kept);
            var revoked = tokens.issue(IssueRequest.forSubject(subject)).token().id();
            say("issued " + revoked);
            tokens.revoke(revoked);
            say("revoked " + revoked);
            var rotated = tokens.rotate(kept, Duration.ZERO).token().id();
            say("issued " + rotated);
            say("revoked " + kept);
        } catch (TokenStoreException e) {
            say("failed");
        }
    }

    private synchronized void say(String line) {
        out.println(line);
    }
}
