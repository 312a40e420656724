package dev.countermark.cli.conform;

import dev.countermark.cli.terminal.ExitCode;
import dev.countermark.cli.terminal.Lines;
import dev.countermark.cli.terminal.Surroundings;
import dev.countermark.cli.terminal.Version;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.json.JsonMapper;

/** {@code countermark conform}: answers lines of test vectors, so that anybody can compare. */
@Command(
        name = "conform",
        hidden = true,
        description = "Answer requests of test vectors from standard input, one JSON object a line.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
public final class ConformCommand implements Callable<Integer> {

    /** ASCII, so that half a surrogate pair comes through. */
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

    private final Surroundings surroundings;

    @Option(names = "--lenient", description = "Read as the original programs do, as far as the library goes along.")
    private boolean lenient;

    /** The command, for the list of commands. */
    public ConformCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws IOException {
        var lines = new Lines(surroundings.in());
        int code = ExitCode.OK;
        for (Optional<Lines.Line> line = lines.next(); line.isPresent(); line = lines.next()) {
            if (!(line.get() instanceof Lines.Text text)) {
                code = refuse(((Lines.Unreadable) line.get()).why());
            } else if (!text.text().isBlank()) {
                code = Math.max(code, answer(text.text()));
            }
            if (lines.isIdle()) {
                surroundings.out().flush();
            }
        }
        return code;
    }

    private int answer(String line) {
        try {
            surroundings.out().println(JSON.writeValueAsString(FormatFamilies.answer(line, lenient)));
            return ExitCode.OK;
        } catch (IllegalArgumentException e) {
            return refuse(String.valueOf(e.getMessage()));
        }
    }

    private int refuse(String why) {
        surroundings.err().println("countermark: " + why);
        return ExitCode.USAGE;
    }
}
