package dev.countermark.apitokens.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A {@link NodeProcess} seen from the test: what it says is collected outside of it. */
final class StartedNode implements AutoCloseable {

    private final Process process;
    private final Thread reader;
    private final BlockingQueue<String> said = new LinkedBlockingQueue<>();

    private StartedNode(Process process) {
        this.process = process;
        this.reader = new Thread(this::read);
        reader.setDaemon(true);
        reader.start();
    }

    static StartedNode start(String url, Path keys, Path dataFolder, String name) {
        try {
            var process = new ProcessBuilder(List.of(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-XX:TieredStopAtLevel=1",
                            "-Xshare:auto",
                            "-cp",
                            System.getProperty("java.class.path"),
                            NodeProcess.class.getName(),
                            url,
                            keys.toString(),
                            dataFolder.toString(),
                            name))
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            var node = new StartedNode(process);
            node.expect("ready");
            return node;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void read() {
        try (var in = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (var line = in.readLine(); line != null; line = in.readLine()) {
                said.add(line);
            }
        } catch (IOException e) {
            // The process was killed: what it said until then is here.
            return;
        }
    }

    /** Tells it to do something without waiting for the end. */
    void tell(Object... words) {
        var line = new StringBuilder();
        for (var word : words) {
            line.append(line.isEmpty() ? "" : " ").append(word);
        }
        try {
            var to = process.getOutputStream();
            to.write((line + "\n").getBytes(StandardCharsets.UTF_8));
            to.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void expect(String wanted) {
        try {
            assertThat(said.poll(600, TimeUnit.SECONDS)).isEqualTo(wanted);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    void does(Object... words) {
        tell(words);
        expect("done");
    }

    /** Everything said so far that nobody has taken. */
    BlockingQueue<String> said() {
        return said;
    }

    /** {@code kill -9}, and everything that it had said before. */
    List<String> kill() {
        try {
            process.destroyForcibly().waitFor();
            reader.join();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        return List.copyOf(said);
    }

    @Override
    public void close() {
        kill();
    }
}
