package dev.countermark.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Turns what went wrong into one line on standard error and an exit code. */
final class Failures implements IParameterExceptionHandler, IExecutionExceptionHandler {

    /** What somebody could have meant as one; a key or a token is longer. */
    private static final Pattern COMMAND = Pattern.compile("[a-z-]{2,15}");

    private final Surroundings surroundings;

    Failures(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public int handleParseException(ParameterException exception, String[] arguments) {
        var command = exception.getCommandLine().getCommandSpec().qualifiedName();
        surroundings.note(message(exception));
        surroundings.err().println("Try: " + command + " --help");
        return ExitCode.USAGE;
    }

    private static String message(ParameterException exception) {
        if (exception instanceof UnmatchedArgumentException unmatched
                && !unmatched.getUnmatched().isEmpty()) {
            // What was not understood may be a key, for instance behind a misspelt --key=.
            var argument = unmatched.getUnmatched().get(0);
            int end = argument.indexOf('=');
            var commands = exception.getCommandLine().getSubcommands();
            if (!commands.isEmpty() && !argument.startsWith("-")) {
                return (COMMAND.matcher(argument).matches()
                                ? "there is no command " + argument
                                : "a command comes first")
                        + "; there are " + String.join(", ", visible(commands));
            }
            return !argument.startsWith("-")
                    ? "there is an argument too many; put quotes around a value with spaces"
                    : "there is no option "
                            + (argument.startsWith("--") && end > 0 ? argument.substring(0, end) : shown(argument))
                            + "; put -- before a token or value that begins with -";
        }
        return String.valueOf(exception.getMessage());
    }

    /** Names of commands as the help lists them. */
    static List<String> visible(Map<String, CommandLine> commands) {
        return commands.entrySet().stream()
                .filter(each -> !each.getValue().getCommandSpec().usageMessage().hidden())
                .map(Map.Entry::getKey)
                .toList();
    }

    private static String shown(String option) {
        return option.startsWith("--") ? option : option.substring(0, Math.min(2, option.length()));
    }

    @Override
    public int handleExecutionException(Exception exception, CommandLine command, ParseResult parsed) {
        if (exception instanceof IllegalArgumentException) {
            surroundings.note(String.valueOf(exception.getMessage()));
            return ExitCode.USAGE;
        }
        if (exception instanceof FileSystemException file) {
            // Its message is often the name alone.
            surroundings.note(file.getFile() + " cannot be read or written ("
                    + file.getClass().getSimpleName() + (file.getReason() == null ? "" : ": " + file.getReason())
                    + ")");
            return ExitCode.UNAVAILABLE;
        }
        if (exception instanceof IOException || exception instanceof UncheckedIOException) {
            surroundings.note(String.valueOf(exception.getMessage()));
            return ExitCode.UNAVAILABLE;
        }
        // Its message might hold what the user gave us; where it happened says enough.
        surroundings.note(
                "this is a mistake of countermark's: " + exception.getClass().getName());
        for (var frame : exception.getStackTrace()) {
            surroundings.err().println("    at " + frame);
        }
        return ExitCode.SOFTWARE;
    }
}
