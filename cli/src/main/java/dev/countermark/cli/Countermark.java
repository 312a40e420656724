package dev.countermark.cli;

import dev.countermark.cli.audit.AuditCommand;
import dev.countermark.cli.conform.ConformCommand;
import dev.countermark.cli.doctor.DoctorCommand;
import dev.countermark.cli.keygen.KeygenCommand;
import dev.countermark.cli.keys.KeysCommand;
import dev.countermark.cli.nodes.NodesCommand;
import dev.countermark.cli.sign.InspectCommand;
import dev.countermark.cli.sign.SignCommand;
import dev.countermark.cli.sign.VerifyCommand;
import dev.countermark.cli.terminal.ExitCode;
import dev.countermark.cli.terminal.Surroundings;
import dev.countermark.cli.terminal.Version;
import dev.countermark.cli.tokens.TokensCommand;
import java.io.BufferedInputStream;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command {@code countermark}: makes keys; signs, verifies and inspects tokens. */
@Command(
        name = "countermark",
        description = "Make keys; sign, verify and inspect tokens; issue and revoke API tokens.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        synopsisSubcommandLabel = "COMMAND",
        footerHeading = "%nExit codes:%n",
        footer = {
            "   0  every token is valid",
            "   1  a token is rejected or revoked",
            "   2  a token has expired",
            "  64  the command line is wrong",
            "  69  something needed does not answer",
            "With several tokens it is the highest of theirs."
        })
public final class Countermark implements Runnable {

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    private Countermark() {}

    /** Runs the command and exits with its code. */
    public static void main(String[] arguments) {
        // Bytes are UTF-8 whatever the locale says: tokens and their values travel between machines.
        var surroundings = new Surroundings(
                System.getenv(),
                // Buffered: the stream alone asks for its position before it reads many bytes, and a pipe has none.
                new BufferedInputStream(new FileInputStream(FileDescriptor.in)),
                new PrintStream(new FileOutputStream(FileDescriptor.out), false, StandardCharsets.UTF_8),
                new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8),
                Boolean.getBoolean("countermark.terminal"));
        System.exit(run(surroundings, arguments));
    }

    /** Runs the command and returns its exit code. */
    static int run(Surroundings surroundings, String... arguments) {
        int code = commandLine(surroundings).execute(arguments);
        if (surroundings.out().checkError()) {
            surroundings.note("the answer could not be written");
            return Math.max(code, ExitCode.UNAVAILABLE);
        }
        return code;
    }

    static CommandLine commandLine(Surroundings surroundings) {
        var completion = new CommandLine(new AutoComplete.GenerateCompletion());
        completion.getCommandSpec().usageMessage().hidden(true);
        var failures = new Failures(surroundings);
        return new CommandLine(new Countermark())
                .addSubcommand(new KeygenCommand(surroundings))
                .addSubcommand(SignCommand.with(surroundings))
                .addSubcommand(VerifyCommand.with(surroundings))
                .addSubcommand(InspectCommand.with(surroundings))
                .addSubcommand(TokensCommand.with(surroundings))
                .addSubcommand(KeysCommand.with(surroundings))
                .addSubcommand(new NodesCommand(surroundings))
                .addSubcommand(new AuditCommand(surroundings))
                .addSubcommand(new DoctorCommand(surroundings))
                .addSubcommand(new ServeCommand())
                .addSubcommand(new HelpCommand())
                .addSubcommand(completion)
                .addSubcommand(new ManPageCommand(surroundings))
                .addSubcommand(new ConformCommand(surroundings))
                .setOut(writer(surroundings.out()))
                .setErr(writer(surroundings.err()))
                .setColorScheme(CommandLine.Help.defaultColorScheme(surroundings.coloured() ? Ansi.ON : Ansi.OFF))
                // A value that begins with @ is a value, not a file of arguments.
                .setExpandAtFiles(false)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setParameterExceptionHandler(failures)
                .setExecutionExceptionHandler(failures);
    }

    private static PrintWriter writer(PrintStream stream) {
        return new PrintWriter(stream, true, StandardCharsets.UTF_8);
    }

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(), "say what to do: " + String.join(", ", WrongUsage.visible(spec.subcommands())));
    }
}
