package dev.countermark.cli.formats;

import java.util.Map;
import java.util.Optional;

/**
 * A wire format, or a family of them, as the command offers it.
 *
 * <p>A family takes its variant from {@link Settings#format}, the name as it was typed, for instance
 * {@code itsdangerous@0.24:timed}. Implementations have no state.
 *
 * <p>Whatever the user can mend is an {@link IllegalArgumentException} whose message says what was wrong and what to do,
 * in one line and without any key: an unknown release, a missing purpose, a key that is too weak, a value that the format
 * cannot carry, a setting that makes no sense here (a maximal age where tokens have no date). The command prints it and
 * exits with 64. A bad token is an {@link Outcome}, never an exception.
 */
public interface TokenFormat {

    /** How the name is typed, in capitals what the user chooses: {@code itsdangerous@RELEASE:CLASS}. */
    String usage();

    /** What it is, in one short line for the list of formats. */
    String summary();

    /** Whether {@code name}, as typed after {@code --format}, means this format, even with a variant it does not know. */
    default boolean matches(String name) {
        return name.equals(usage());
    }

    /** What {@code --option NAME=VALUE} can set here: names, each with a short line of explanation. */
    default Map<String, String> options() {
        return Map.of();
    }

    /** Whether the key of the data folder signs and verifies when the user gives none. For formats of our own only. */
    default boolean usesOwnKey() {
        return false;
    }

    /**
     * Signs one value.
     *
     * @param value as typed: each format says how it reads it (text, JSON)
     * @return the token, one line
     * @throws IllegalArgumentException as the type says
     */
    String sign(Settings settings, String value);

    /**
     * Verifies one token.
     *
     * @throws IllegalArgumentException as the type says, and never because of the token
     */
    Outcome verify(Settings settings, String token);

    /**
     * What can be told of a token without a key, if it has the form of this format: bounded, and never believed.
     *
     * @param token at most 1 MiB of anything
     */
    Optional<Sighting> recognise(String token);
}
