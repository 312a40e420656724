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

    private FrameworkKeys() {}

    static Keyring of(Settings settings) {
        return of(settings.weakKeys());
    }

    static Keyring of(List<SigningKey> keys) {
        return Keyring.of(keys.get(0)).accepting(keys.stream().skip(1).toArray(SigningKey[]::new));
    }

    static Map<String, String> lenientOption() {
        return Map.of(Settings.LENIENT, "yes: read all that the framework reads");
    }

    /** @throws IllegalArgumentException if a purpose was given to a format that has its own */
    static void requireNoSalt(Settings settings, String what) {
        if (settings.purpose().isPresent()) {
            throw new IllegalArgumentException(what + " has a salt of its own; leave --purpose out");
        }
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
