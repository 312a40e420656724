package dev.countermark.guide;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.regex.Pattern;

/** A service that has begun to listen, and what it printed until then. */
final class StartedService implements AutoCloseable {

    private final Process process;
    private final BufferedReader lines;
    private final StringBuilder printed = new StringBuilder();

    private StartedService(Process process) {
        this.process = process;
        this.lines = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    /** Starts it, with its log in a file, and reads until the last line of a first start. */
    static StartedService start(ProcessBuilder command, Path log) throws IOException {
        var service = new StartedService(command.redirectError(log.toFile()).start());
        while (service.printed.indexOf("Admin page:") < 0) {
            var line = service.lines.readLine();
            assertThat(line).as("the service ended after\n%s", service.printed).isNotNull();
            service.printed.append(line).append('\n');
        }
        return service;
    }

    String printed() {
        return printed.toString();
    }

    /** The group of a pattern that was printed. */
    String found(String pattern) {
        var matcher = Pattern.compile(pattern).matcher(printed);
        assertThat(matcher.find()).as(pattern).isTrue();
        return matcher.group(1);
    }

    String adminToken() {
        return found("(?m)^ +(cm_\\S+)$");
    }

    @Override
    public void close() throws IOException {
        process.destroy();
        process.onExit().join();
        lines.close();
    }
}
