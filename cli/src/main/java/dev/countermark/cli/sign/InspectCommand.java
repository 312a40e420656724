package dev.countermark.cli.sign;

import dev.countermark.cli.formats.DottedToken;
import dev.countermark.cli.formats.Outcome;
import dev.countermark.cli.formats.Sighting;
import dev.countermark.cli.formats.TokenFormats;
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
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code countermark inspect}: says what a token is; without a key nothing of that is verified. */
@Command(
        name = "inspect",
        description = {
            "Say what a token is, what its parts are and when it was made.",
            "Without a key nothing of that is verified. With one, the formats it looks like are tried, or --format."
        },
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
public final class InspectCommand implements Callable<Integer> {

    private static final String UNVERIFIED = "UNVERIFIED";

    private final Surroundings surroundings;

    @Mixin
    private TokenOptions options = new TokenOptions();

    @Option(
            names = {"-m", "--max-age"},
            paramLabel = "DURATION",
            converter = DurationConverter.class,
            description = "With a key: call a token expired that was signed longer ago.")
    private @Nullable Duration maxAge;

    @Parameters(
            paramLabel = "TOKEN",
            arity = "1..*",
            description = "What to inspect; - reads standard input, one token a line.")
    private List<String> tokens = List.of();

    private InspectCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    /** The command, for the list of commands. */
    public static CommandLine with(Surroundings surroundings) {
        return FormatList.endingHelpOf(new InspectCommand(surroundings));
    }

    /** A token with what was found about it. */
    private record Finding(
            List<Sighting> sightings,
            @Nullable String verifiedAs,
            @Nullable Outcome outcome) {

        boolean verified() {
            return outcome != null && outcome.value().isPresent();
        }

        int exitCode() {
            return outcome != null
                    ? outcome.status().exitCode()
                    : sightings.isEmpty() ? Outcome.Status.REJECTED.exitCode() : ExitCode.OK;
        }
    }

    @Override
    public Integer call() throws IOException {
        options.requireKnownFormat();
        return Arguments.forEach(tokens, surroundings, line -> {
            var finding = line instanceof Lines.Text text
                    ? find(text.text())
                    : new Finding(List.of(), null, Outcome.rejected(((Lines.Unreadable) line).why()));
            if (options.answers().asJson()) {
                surroundings.out().println(Answers.jsonLine(json(finding)));
            } else {
                print(finding);
            }
            return finding.exitCode();
        });
    }

    private Finding find(String token) throws IOException {
        var sightings = sightings(token);
        if (!options.keyGiven(surroundings)) {
            return new Finding(sightings, null, null);
        }
        var names = options.formatName()
                .map(List::of)
                .orElseGet(() -> sightings.stream()
                        .flatMap(sighting -> sighting.formats().stream())
                        .distinct()
                        .toList());
        Finding refused = null;
        IllegalArgumentException unusable = null;
        for (var name : names) {
            try {
                var outcome = verify(name, token);
                var finding = new Finding(sightings, name, outcome);
                if (finding.verified()) {
                    return finding;
                }
                refused = refused == null ? finding : refused;
            } catch (IllegalArgumentException e) {
                // This format cannot work with these settings; another one may.
                unusable = unusable == null ? e : unusable;
            }
        }
        if (refused == null && unusable != null) {
            throw unusable;
        }
        return refused != null
                ? refused
                : new Finding(sightings, null, Outcome.rejected("it looks like no format that a key could verify"));
    }

    private Outcome verify(String name, String token) throws IOException {
        var tried = options.chosen(name, surroundings, null, maxAge);
        return tried.format().verify(tried.settings(), token);
    }

    /** What a token looks like, the likeliest first; bounded, and never believed. */
    static List<Sighting> sightings(String token) {
        if (token.length() > Lines.LIMIT) {
            return List.of();
        }
        var known = TokenFormats.all().stream()
                .map(each -> each.recognise(token))
                .flatMap(Optional::stream)
                .toList();
        return known.isEmpty()
                ? DottedToken.of(token, '.').map(InspectCommand::unknown).stream()
                        .toList()
                : known;
    }

    private static Sighting unknown(DottedToken token) {
        return new Sighting(List.of(), token.isDated() ? "a dated, signed value" : "a signed value", token.parts());
    }

    private static Map<String, Object> json(Finding finding) {
        var json = new LinkedHashMap<String, Object>();
        json.put("verified", finding.verified());
        if (finding.verifiedAs() != null) {
            json.put("format", finding.verifiedAs());
        }
        if (finding.outcome() != null) {
            json.putAll(finding.outcome().json());
        }
        if (!finding.verified()) {
            json.put("looks_like", finding.sightings());
        }
        return json;
    }

    private void print(Finding finding) {
        var out = surroundings.out();
        var outcome = finding.outcome();
        if (outcome != null) {
            out.println(Answers.word(outcome.status(), surroundings)
                    + (finding.verifiedAs() == null ? "" : " as " + finding.verifiedAs())
                    + (outcome.message().isEmpty() ? "" : ": " + outcome.message()));
        }
        if (outcome != null && finding.verified()) {
            outcome.json().forEach((name, fact) -> {
                if (!name.equals("verdict") && !name.equals("message")) {
                    row(name.replace('_', ' '), String.valueOf(fact));
                }
            });
            return;
        }
        if (finding.sightings().isEmpty()) {
            out.println("it looks like no signed value that countermark knows");
            return;
        }
        out.println(Answers.coloured("yellow", UNVERIFIED, surroundings)
                + ": anybody can have written what follows; it counts only once verified with the key");
        for (var sighting : finding.sightings()) {
            out.println("looks like " + sighting.summary()
                    + (sighting.formats().isEmpty() ? "" : ": " + String.join(", ", sighting.formats())));
            sighting.parts().forEach(part -> row(part.name(), part.text()));
        }
    }

    private void row(String name, String text) {
        surroundings.out().println("  " + Answers.column(name, 12) + Answers.printable(text));
    }
}
