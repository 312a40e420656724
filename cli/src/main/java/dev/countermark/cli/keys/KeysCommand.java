package dev.countermark.cli.keys;

import dev.countermark.cli.terminal.Surroundings;
import dev.countermark.cli.terminal.Version;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code countermark keys}: lists and changes the keys of API tokens while nodes run. */
@Command(
        name = "keys",
        description = "List, add, promote and retire the keys of API tokens while nodes run.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        synopsisSubcommandLabel = "COMMAND",
        footerHeading = "%nTo change the key without downtime:%n",
        footer = {
            "  countermark keys add          on one machine; copy the file of keys to the others",
            "  countermark keys promote FP   on each, once every node has reported the key",
            "  countermark keys retire FP    once no token of the old key is needed any more"
        })
public final class KeysCommand implements Runnable {

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    /** The command with its own commands, for the list of commands. */
    public static CommandLine with(Surroundings surroundings) {
        return new CommandLine(new KeysCommand())
                .addSubcommand(new KeysListCommand(surroundings))
                .addSubcommand(new KeysAddCommand(surroundings))
                .addSubcommand(new KeysPromoteCommand(surroundings))
                .addSubcommand(new KeysRetireCommand(surroundings));
    }

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(),
                "say what to do with keys: "
                        + String.join(", ", spec.subcommands().keySet()));
    }
}
