package dev.countermark.cli;

import dev.countermark.cli.files.FileFailure;
import dev.countermark.cli.terminal.ExitCode;
import dev.countermark.cli.terminal.Surroundings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** Turns what went wrong into one line on standard error and an exit code. */
final class Failures implements IParameterExceptionHandler, IExecutionExceptionHandler {

    private final Surroundings surroundings;

    Failures(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public int handleParseException(ParameterException exception, String[] arguments) {
        var command = exception.getCommandLine().getCommandSpec().qualifiedName();
        surroundings.note(WrongUsage.of(exception));
        surroundings.err().println("Try: " + command + " --help");
        return ExitCode.USAGE;
    }

    @Override
    public int handleExecutionException(Exception exception, CommandLine command, ParseResult parsed) {
        if (exception instanceof IllegalArgumentException) {
            surroundings.note(String.valueOf(exception.getMessage()));
            return ExitCode.USAGE;
        }
        if (exception instanceof FileSystemException file) {
            surroundings.note(file.getFile() + " cannot be read or written: " + FileFailure.why(file));
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
