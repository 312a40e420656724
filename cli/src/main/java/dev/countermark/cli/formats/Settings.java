package dev.countermark.cli.formats;

import dev.countermark.Keyring;
import dev.countermark.SigningKey;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the user chose for signing or verifying.
 *
 * @param format name of the format, as typed
 * @param keys in the order given; at least one
 * @param purpose {@code --purpose}, which other programs call the salt
 * @param expiresIn {@code --expires-in}: lifetime to write into a token; empty when verifying
 * @param maxAge {@code --max-age}: refuse what was signed longer ago; empty when signing
 * @param clock the time that counts; {@code --at} fixes it
 * @param options {@code --option NAME=VALUE}; only names that the format has
 */
public record Settings(
        String format,
        List<KeyText> keys,
        Optional<String> purpose,
        Optional<Duration> expiresIn,
        Optional<Duration> maxAge,
        Clock clock,
        Map<String, String> options) {

    /** Name of the option that most formats of other programs have. */
    public static final String LENIENT = "lenient";

    /**
     * The purpose, for formats that have no default.
     *
     * @throws IllegalArgumentException if none was given
     */
    public String requiredPurpose() {
        return purpose.orElseThrow(() -> new IllegalArgumentException(
                "say what the token is for, for instance --purpose login; it is verified with the same purpose"));
    }

    /**
     * The keys as our own formats use them: the first signs, the others verify only.
     *
     * @throws IllegalArgumentException if one is weak; the message says how to make a good one
     */
    public Keyring strongKeyring() {
        var others = keys.stream().skip(1).map(KeyText::strong).toArray(SigningKey[]::new);
        return Keyring.of(keys.get(0).strong()).accepting(others);
    }

    /** The keys as compatible formats use them, in the order given: weak ones are taken as they are. */
    public List<SigningKey> weakKeys() {
        return keys.stream().map(KeyText::weak).toList();
    }

    /** Whether to read all that the other program reads: the option {@value #LENIENT}. */
    public boolean isLenient() {
        return isOn(LENIENT);
    }

    /**
     * Whether an {@code --option} is on; it is off where it was not given.
     *
     * @throws IllegalArgumentException if it is neither yes nor no
     */
    public boolean isOn(String option) {
        return switch (option(option).orElse("no")) {
            case "yes", "true" -> true;
            case "no", "false" -> false;
            default -> throw new IllegalArgumentException("the option " + option + " is yes or no");
        };
    }

    /** The value of one {@code --option}. */
    public Optional<String> option(String name) {
        return Optional.ofNullable(options.get(name));
    }
}
