package dev.countermark.cli.sign;

import dev.countermark.cli.formats.Settings;
import dev.countermark.cli.formats.TokenFormat;
import dev.countermark.cli.terminal.Answers;
import dev.countermark.cli.terminal.Surroundings;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;

/** What {@code sign}, {@code verify} and {@code inspect} are told alike: the format, the keys, how to answer. */
final class TokenOptions {

    @Mixin
    private FormatOptions format = new FormatOptions();

    @Mixin
    private KeyOptions keys = new KeyOptions();

    @Mixin
    private Answers answers = new Answers();

    /** A format with the settings for it. */
    record Chosen(TokenFormat format, Settings settings) {}

    /** How the answers are written. */
    Answers answers() {
        return answers;
    }

    /** The name of the format, if the user gave one. */
    Optional<String> formatName() {
        return format.name();
    }

    /** Whether the user gave a key. */
    boolean keyGiven(Surroundings surroundings) {
        return keys.given(surroundings);
    }

    /** @throws IllegalArgumentException if the named format is unknown or lacks an option that was given */
    void requireKnownFormat() {
        format.chosen();
    }

    /**
     * The format that was named, or our own, with its settings. Reads the keys.
     *
     * @throws IllegalArgumentException if something that was given is wrong; the message says what
     */
    Chosen chosen(Surroundings surroundings, @Nullable Duration expiresIn, @Nullable Duration maxAge)
            throws IOException {
        return chosen(format.nameOrDefault(), surroundings, expiresIn, maxAge);
    }

    /** As {@link #chosen(Surroundings, Duration, Duration)}, for another name. */
    Chosen chosen(String name, Surroundings surroundings, @Nullable Duration expiresIn, @Nullable Duration maxAge)
            throws IOException {
        var named = format.named(name);
        return new Chosen(named, format.settings(name, keys.read(surroundings, named), expiresIn, maxAge));
    }
}
