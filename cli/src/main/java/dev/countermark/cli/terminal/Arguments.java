package dev.countermark.cli.terminal;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Runs an action on each argument, and on each line of standard input in place of {@code -}. */
public final class Arguments {

    /** What to do with one of them; the answer is its exit code. */
    @FunctionalInterface
    public interface Action {

        /** Does it. */
        int on(Lines.Line line) throws IOException;
    }

    private Arguments() {}

    /**
     * The highest exit code of all; that of a mistake where standard input was empty, since nothing is not valid. Answers
     * go out before this waits for more input.
     */
    public static int forEach(List<String> arguments, Surroundings surroundings, Action action) throws IOException {
        int code = ExitCode.OK;
        for (var argument : arguments) {
            if (!argument.equals("-")) {
                code = Math.max(code, action.on(new Lines.Text(argument)));
                continue;
            }
            var lines = new Lines(surroundings.in());
            var first = lines.next();
            if (first.isEmpty()) {
                surroundings.note("standard input is empty");
                code = Math.max(code, ExitCode.USAGE);
            }
            for (Optional<Lines.Line> line = first; line.isPresent(); line = lines.next()) {
                code = Math.max(code, action.on(line.get()));
                if (lines.isIdle()) {
                    surroundings.out().flush();
                }
                if (surroundings.out().checkError()) {
                    // Nobody reads the answers any more.
                    return code;
                }
            }
        }
        return code;
    }
}
