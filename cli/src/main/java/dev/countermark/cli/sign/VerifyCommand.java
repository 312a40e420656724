package dev.countermark.cli.sign;

import dev.countermark.Reason;
import dev.countermark.cli.formats.KeyText;
import dev.countermark.cli.formats.Outcome;
import dev.countermark.cli.formats.Settings;
import dev.countermark.cli.terminal.Arguments;
import dev.countermark.cli.terminal.DurationConverter;
import dev.countermark.cli.terminal.Lines;
import dev.countermark.cli.terminal.Surroundings;
import dev.countermark.cli.terminal.Version;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code countermark verify}: prints the value of each valid token, or what is wrong with it. */
@Command(
        name = "verify",
        description = "Verify tokens: print the value of each, or what is wrong with it.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
public final class VerifyCommand implements Callable<Integer> {

    private static final String ITSDANGEROUS = "itsdangerous";
    private static final String JWT = "jwt";

    private final Surroundings surroundings;

    @Mixin
    private TokenOptions options = new TokenOptions();

    @Option(
            names = {"-m", "--max-age"},
            paramLabel = "DURATION",
            converter = DurationConverter.class,
            description = "Call a token expired that was signed longer ago: seconds, or a number with s, m, h or d.")
    private @Nullable Duration maxAge;

    @Parameters(
            paramLabel = "TOKEN",
            arity = "1..*",
            description = "What to verify; - reads standard input, one token a line.")
    private List<String> tokens = List.of();

    private boolean suggested;

    private VerifyCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    /** The command, for the list of commands. */
    public static CommandLine with(Surroundings surroundings) {
        return FormatList.endingHelpOf(new VerifyCommand(surroundings));
    }

    @Override
    public Integer call() throws IOException {
        var chosen = options.chosen(surroundings, null, maxAge);
        return Arguments.forEach(tokens, surroundings, line -> {
            var outcome = line instanceof Lines.Text text
                    ? chosen.format().verify(chosen.settings(), text.text())
                    : Outcome.rejected(((Lines.Unreadable) line).why());
            options.answers().print(outcome, surroundings);
            if (outcome.status() == Outcome.Status.REJECTED && line instanceof Lines.Text text) {
                suggest(chosen.settings(), text.text(), outcome);
            }
            return outcome.status().exitCode();
        });
    }

    /** Says once what may have been forgotten. */
    private void suggest(Settings settings, String token, Outcome outcome) {
        if (suggested) {
            return;
        }
        suggested = true;
        if (options.formatName().isEmpty()) {
            suggestFormat(token);
        } else if (settings.format().startsWith(ITSDANGEROUS)
                && settings.purpose().isEmpty()) {
            surroundings.note(
                    "no salt was named, so it was read with that of itsdangerous; if Python has a salt=, say --salt");
        } else if (settings.format().equals(JWT)
                && outcome.message().equals(Reason.SIGNATURE_MISMATCH.sentence())
                && settings.keys().stream().anyMatch(KeyText::mayBeBase64)) {
            surroundings.note("the key was taken for a text; if it is bytes in base64, say --key-encoding base64");
        }
    }

    /** Which other format it looks like. */
    private void suggestFormat(String token) {
        InspectCommand.sightings(token).stream()
                .flatMap(sighting -> sighting.formats().stream())
                .findFirst()
                .filter(format -> !format.equals(FormatOptions.DEFAULT_FORMAT))
                .ifPresent(format -> surroundings.note("it looks like a token of another format: --format " + format));
    }
}
