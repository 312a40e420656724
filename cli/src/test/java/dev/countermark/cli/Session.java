package dev.countermark.cli;

import dev.countermark.cli.terminal.Surroundings;
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
public final class Session {

    /** What one run left: exit code and both outputs. */
    public record Run(int code, String out, String err) {

        /** The answer, if it is one line. */
        public String line() {
            return out.strip();
        }
    }

    private final Map<String, String> variables = new HashMap<>();

    public Session(Path home) {
        variables.put("COUNTERMARK_HOME", home.toString());
    }

    public Session with(String variable, String value) {
        variables.put(variable, value);
        return this;
    }

    public Run run(String... arguments) {
        return runReading(new byte[0], arguments);
    }

    public Run runReading(String input, String... arguments) {
        return runReading(input.getBytes(StandardCharsets.UTF_8), arguments);
    }

    public Run runReading(byte[] input, String... arguments) {
        return run(input, false, arguments);
    }

    public Run runOnTerminal(String... arguments) {
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
    public static String[] join(String[] first, String... more) {
        return Stream.concat(Arrays.stream(first), Arrays.stream(more)).toArray(String[]::new);
    }
}
