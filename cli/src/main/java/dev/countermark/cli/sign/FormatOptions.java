package dev.countermark.cli.sign;

import dev.countermark.cli.formats.KeyText;
import dev.countermark.cli.formats.Settings;
import dev.countermark.cli.formats.TokenFormat;
import dev.countermark.cli.formats.TokenFormats;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which format, for which purpose, at what time. */
final class FormatOptions {

    static final String DEFAULT_FORMAT = "countermark";

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
}
