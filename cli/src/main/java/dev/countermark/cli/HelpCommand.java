package dev.countermark.cli;

import dev.countermark.cli.terminal.Version;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

/** {@code countermark help}: what {@code --help} behind the named command prints; picocli's own knows one level only. */
@Command(
        name = "help",
        description = "Say what a command does and which options it has: countermark help tokens issue",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
final class HelpCommand implements Runnable {

    @Parameters(paramLabel = "COMMAND", arity = "0..*", description = "The command, and one of its own.")
    private List<String> names = List.of();

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Override
    public void run() {
        var command = spec.root().commandLine();
        for (var name : names) {
            command = below(command, name);
        }
        command.usage(command.getOut());
    }

    private static CommandLine below(CommandLine command, String name) {
        if (command.getSubcommands().isEmpty()) {
            throw new ParameterException(command, command.getCommandName() + " has no commands of its own");
        }
        var below = command.getSubcommands().get(name);
        if (below == null) {
            throw new UnmatchedArgumentException(command, List.of(name));
        }
        return below;
    }
}
