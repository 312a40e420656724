package dev.countermark.cli.sign;

import dev.countermark.cli.terminal.Answers;
import dev.countermark.cli.terminal.Arguments;
import dev.countermark.cli.terminal.DurationConverter;
import dev.countermark.cli.terminal.ExitCode;
import dev.countermark.cli.terminal.Lines;
import dev.countermark.cli.terminal.Surroundings;
import dev.countermark.cli.terminal.Version;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code countermark sign}: prints a token for each value. */
@Command(
        name = "sign",
        description = "Sign values: print a token for each.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
public final class SignCommand implements Callable<Integer> {

    private final Surroundings surroundings;

    @Mixin
    private TokenOptions options = new TokenOptions();

    @Option(
            names = {"-e", "--expires-in"},
            paramLabel = "DURATION",
            converter = DurationConverter.class,
            description = "Write an expiry into the token: seconds, or a number with s, m, h or d.")
    private @Nullable Duration expiresIn;

    @Parameters(
            paramLabel = "VALUE",
            arity = "1..*",
            description = "What to sign; - reads standard input, one value a line.")
    private List<String> values = List.of();

    private SignCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    /** The command, for the list of commands. */
    public static CommandLine with(Surroundings surroundings) {
        return FormatList.endingHelpOf(new SignCommand(surroundings));
    }

    @Override
    public Integer call() throws IOException {
        var chosen = options.chosen(surroundings, expiresIn, null);
        return Arguments.forEach(values, surroundings, line -> {
            if (line instanceof Lines.Unreadable unreadable) {
                throw new IllegalArgumentException(unreadable.why());
            }
            var token = chosen.format().sign(chosen.settings(), ((Lines.Text) line).text());
            if (options.answers().asJson()) {
                var members = new LinkedHashMap<String, Object>();
                members.put("token", token);
                members.put("format", chosen.settings().format());
                surroundings.out().println(Answers.jsonLine(members));
            } else {
                surroundings.out().println(token);
            }
            return ExitCode.OK;
        });
    }
}
