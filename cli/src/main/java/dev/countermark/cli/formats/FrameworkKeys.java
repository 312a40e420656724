package dev.countermark.cli.formats;

import dev.countermark.Keyring;
import dev.countermark.SigningKey;
import dev.countermark.Verdict;
import dev.countermark.frameworks.FrameworkError;
import dev.countermark.itsdangerous.PythonError;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** What the formats of web frameworks have in common here: the first key signs, and errors are worded as there. */
final class FrameworkKeys {

    static final String LENIENT = "lenient";

    private FrameworkKeys() {}

    static Keyring of(Settings settings) {
        return of(settings.weakKeys());
    }

    static Keyring of(List<SigningKey> keys) {
        return Keyring.of(keys.get(0)).accepting(keys.stream().skip(1).toArray(SigningKey[]::new));
    }

    static Map<String, String> lenientOption() {
        return Map.of(LENIENT, "yes: read all that the framework reads");
    }

    /** @throws IllegalArgumentException if the option is neither yes nor no */
    static boolean isOn(Settings settings, String option) {
        return switch (settings.option(option).orElse("no")) {
            case "yes", "true" -> true;
            case "no", "false" -> false;
            default -> throw new IllegalArgumentException("the option " + option + " is yes or no");
        };
    }

    /** @throws IllegalArgumentException if a lifetime to write was given, which these formats cannot carry */
    static void requireNoExpiry(Settings settings) {
        if (settings.expiresIn().isPresent()) {
            throw new IllegalArgumentException(
                    "this format carries no expiry; give --max-age when verifying instead of --expires-in");
        }
    }

    /** The outcome of a verdict, in the words of the framework where it has some. */
    static <T> Outcome outcome(Verdict<T> verdict, Function<? super T, String> text) {
        var outcome = Outcome.of(verdict, text);
        return verdict.detail(FrameworkError.class)
                .map(FrameworkError::message)
                .or(() -> verdict.detail(PythonError.class).map(PythonError::message))
                .map(outcome::message)
                .orElse(outcome);
    }
}
