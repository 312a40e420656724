package dev.countermark.cli;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;

/** Runs the command in this process, with a home folder of its own. */
final class Session {

    /** What one run left: exit code and both outputs. */
    record Run(int code, String out, String err) {

        String line() {
            return out.strip();
        }
    }

    private final Map<String, String> variables = new HashMap<>();

    Session(Path home) {
        variables.put("COUNTERMARK_HOME", home.toString());
    }

    Session with(String variable, String value) {
        variables.put(variable, value);
        return this;
    }

    Run run(String... arguments) {
        return runReading(new byte[0], arguments);
    }

    Run runReading(String input, String... arguments) {
        return runReading(input.getBytes(StandardCharsets.UTF_8), arguments);
    }

    Run runReading(byte[] input, String... arguments) {
        return run(input, false, arguments);
    }

    Run runOnTerminal(String... arguments) {
        return run(new byte[0], true, arguments);
    }

    private Run run(byte[] input, boolean terminal, String... arguments) {
        var out = new ByteArrayOutputStream();
        var err = new ByteArrayOutputStream();
        var surroundings = new Surroundings(
                Map.copyOf(variables),
                new ByteArrayInputStream(input),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                terminal);
        int code = Countermark.run(surroundings, arguments);
        return new Run(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    /** Arguments behind arguments. */
    static String[] join(String[] first, String... more) {
        return Stream.concat(Arrays.stream(first), Arrays.stream(more)).toArray(String[]::new);
    }
}
