package dev.countermark.cli.tokens;

import dev.countermark.cli.terminal.Surroundings;
import dev.countermark.cli.terminal.Version;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code countermark tokens}: issues, checks, lists, rotates and revokes API tokens. */
@Command(
        name = "tokens",
        description = "Issue, check, list, rotate and revoke API tokens.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        synopsisSubcommandLabel = "COMMAND")
public final class TokensCommand implements Runnable {

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    /** The command with its own commands, for the list of commands. */
    public static CommandLine with(Surroundings surroundings) {
        return new CommandLine(new TokensCommand())
                .addSubcommand(new TokensIssueCommand(surroundings))
                .addSubcommand(new TokensVerifyCommand(surroundings))
                .addSubcommand(new TokensListCommand(surroundings))
                .addSubcommand(new TokensShowCommand(surroundings))
                .addSubcommand(new TokensRevokeCommand(surroundings))
                .addSubcommand(new TokensRotateCommand(surroundings))
                .addSubcommand(new TokensPruneCommand(surroundings))
                .addSubcommand(new TokensRestoredCommand(surroundings));
    }

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(),
                "say what to do with tokens: "
                        + String.join(", ", spec.subcommands().keySet()));
    }
}
