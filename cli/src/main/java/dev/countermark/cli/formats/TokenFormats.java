package dev.countermark.cli.formats;

import java.util.List;
import java.util.stream.Collectors;

/** The formats that the command knows. */
public final class TokenFormats {

    // The JWS classes come before the other ones of itsdangerous, whose names begin alike.
    private static final List<TokenFormat> ALL = List.of(
            OwnFormat.COUNTERMARK,
            OwnFormat.TEXT,
            PythonJwsClasses.INSTANCE,
            new ItsDangerousClasses(),
            StandardJwt.INSTANCE,
            FlaskSessions.INSTANCE,
            FlaskForms.INSTANCE,
            FlaskLogins.INSTANCE,
            StarletteSessions.INSTANCE,
            DjangoClasses.INSTANCE,
            RailsMessages.INSTANCE,
            ExpressCookies.INSTANCE,
            SignedLinks.INSTANCE);

    private TokenFormats() {}

    /** All of them, in the order in which they are shown and tried. */
    public static List<TokenFormat> all() {
        return ALL;
    }

    /**
     * The format that a name means.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static TokenFormat named(String name) {
        return ALL.stream()
                .filter(format -> format.matches(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there is no format '" + name + "'; choose one of "
                        + ALL.stream().map(TokenFormat::usage).collect(Collectors.joining(", "))));
    }
}
