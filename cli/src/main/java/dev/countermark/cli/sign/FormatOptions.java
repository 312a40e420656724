package dev.countermark.cli.sign;

import dev.countermark.cli.formats.KeyText;
import dev.countermark.cli.formats.Settings;
import dev.countermark.cli.formats.TokenFormat;
import dev.countermark.cli.formats.TokenFormats;
import dev.countermark.cli.terminal.Answers;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/** Which format, for which purpose, at what time. */
final class FormatOptions {

    static final String DEFAULT_FORMAT = "countermark";

    /** Columns of the list of formats; picocli's help is 80 wide. */
    private static final int WIDTH = 80;

    /** Where in them the meanings begin. */
    private static final int MEANING = 32;

    private static final Pattern SPACE = Pattern.compile(" ");

    @Option(
            names = {"-f", "--format"},
            paramLabel = "FORMAT",
            description = "The format of the token; the list is below. Default: " + DEFAULT_FORMAT + ".")
    private @Nullable String format;

    @Option(
            names = {"-p", "--purpose", "--salt"},
            paramLabel = "PURPOSE",
            description =
                    "What the token is for; other programs call it the salt. A token counts for its purpose only.")
    private @Nullable String purpose;

    @Option(
            names = "--at",
            paramLabel = "INSTANT",
            converter = InstantConverter.class,
            description = "The time to go by instead of now, for instance 2015-09-24T14:14:08Z.")
    private @Nullable Instant at;

    @Option(
            names = {"-o", "--option"},
            paramLabel = "NAME=VALUE",
            description = "A setting of one format only; the list is below.")
    private Map<String, String> options = new LinkedHashMap<>();

    /** The name of the format, as it was typed or by default. */
    String nameOrDefault() {
        return name().orElse(DEFAULT_FORMAT);
    }

    /** The name of the format, if the user gave one. */
    Optional<String> name() {
        return Optional.ofNullable(format);
    }

    /**
     * The format that was named, or our own.
     *
     * @throws IllegalArgumentException if it is unknown or does not have an option that was given
     */
    TokenFormat chosen() {
        return named(nameOrDefault());
    }

    /** As {@link #chosen}, for another name. */
    TokenFormat named(String name) {
        var chosen = TokenFormats.named(name);
        for (var option : options.keySet()) {
            if (!chosen.options().containsKey(option)) {
                throw new IllegalArgumentException("the format " + chosen.usage() + " has no option '" + option + "'"
                        + (chosen.options().isEmpty()
                                ? ""
                                : "; it has "
                                        + String.join(", ", chosen.options().keySet())));
            }
        }
        return chosen;
    }

    /** What was chosen, for the format of this name. */
    Settings settings(String name, List<KeyText> keys, @Nullable Duration expiresIn, @Nullable Duration maxAge) {
        return new Settings(
                name,
                keys,
                Optional.ofNullable(purpose),
                Optional.ofNullable(expiresIn),
                Optional.ofNullable(maxAge),
                clock(),
                Map.copyOf(options));
    }

    private Clock clock() {
        return at == null ? Clock.systemUTC() : Clock.fixed(at, ZoneOffset.UTC);
    }

    /** A command whose help ends with the list of formats. */
    static CommandLine listedBy(Object command) {
        var line = new CommandLine(command);
        line.getCommandSpec().usageMessage().footerHeading("%nFormats:%n").footer(list());
        return line;
    }

    private static String[] list() {
        var lines = new ArrayList<String>();
        for (var each : TokenFormats.all()) {
            entry(lines, "  " + each.usage(), each.summary());
            each.options().forEach((name, text) -> entry(lines, "    -o " + name + "=…", text));
        }
        return lines.stream().map(line -> line.replace("%", "%%")).toArray(String[]::new);
    }

    /** A name and what it means, in two columns: picocli would go on at the left edge. */
    private static void entry(List<String> lines, String name, String meaning) {
        if (name.length() >= MEANING) {
            fold(lines, "  ", name.strip(), "    ");
            fold(lines, " ".repeat(MEANING), meaning, " ".repeat(MEANING));
        } else {
            fold(lines, Answers.column(name, MEANING), meaning, " ".repeat(MEANING));
        }
    }

    /** @param further what stands before all lines but the first */
    private static void fold(List<String> lines, String first, String text, String further) {
        var line = new StringBuilder(first);
        int start = line.length();
        for (var word : SPACE.split(text, -1)) {
            if (line.length() > start && line.length() + 1 + word.length() > WIDTH) {
                lines.add(line.toString());
                line.setLength(0);
                start = line.append(further).length();
            }
            line.append(line.length() > start ? " " : "").append(word);
        }
        lines.add(line.toString());
    }
}
