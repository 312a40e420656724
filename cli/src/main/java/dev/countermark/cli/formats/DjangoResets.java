package dev.countermark.cli.formats;

import dev.countermark.Keyring;
import dev.countermark.frameworks.DjangoPasswordReset;
import dev.countermark.frameworks.DjangoPasswordReset.User;
import dev.countermark.frameworks.DjangoRelease;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Django's password-reset tokens. Such a token names no user, so the user is what is signed, and given again to verify:
 * as JSON, from a file, since others can read a command line.
 */
final class DjangoResets {

    private static final String USER = "user-file";
    private static final String ZONE = "zone";
    private static final long FILE_LIMIT = 64 * 1024;
    private static final String WANTED = "a user is a JSON object with id and password (the column, a hash) and, where"
            + " they are set, last_login (2026-11-23 12:00:00) and email";

    private DjangoResets() {}

    static Map<String, String> options() {
        return Map.of(
                USER, "for password-reset, to verify: a file with the user's JSON",
                ZONE, "for password-reset: TIME_ZONE of the server; UTC by default");
    }

    static DjangoChoice choice(Settings settings, Keyring keys, DjangoRelease release) {
        FrameworkKeys.requireNoSalt(settings, "this class");
        var resets =
                DjangoPasswordReset.of(keys, zone(settings)).release(release).clock(settings.clock());
        resets = settings.maxAge().map(resets::maxAge).orElse(resets);
        var chosen = settings.isLenient() ? resets.lenient() : resets;
        return new DjangoChoice(
                value -> chosen.write(user(value)),
                token -> FrameworkKeys.outcome(chosen.check(user(file(settings)), token), User::id));
    }

    private static ZoneId zone(Settings settings) {
        try {
            return ZoneId.of(settings.option(ZONE).orElse("UTC"));
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(
                    "the option zone is one of the IANA names, for instance Europe/Vienna", e);
        }
    }

    private static String file(Settings settings) {
        var name = settings.option(USER)
                .orElseThrow(() -> new IllegalArgumentException(
                        "the token names no user: give what was signed with -o user-file=FILE"));
        try {
            var file = Path.of(name);
            if (Files.size(file) > FILE_LIMIT) {
                throw new IllegalArgumentException(WANTED);
            }
            return Files.readString(file);
        } catch (IOException | InvalidPathException e) {
            throw new IllegalArgumentException("the user's file cannot be read: " + name, e);
        }
    }

    /** @throws IllegalArgumentException if it is no user */
    private static User user(String json) {
        var user = JsonText.read(json);
        var id = user.path("id");
        var password = user.path("password").stringValue(null);
        if (password == null || !id.isString() && !id.isIntegralNumber()) {
            throw new IllegalArgumentException(WANTED);
        }
        return new User(id.asString(), password, login(user.path("last_login")), email(user.path("email")));
    }

    private static @Nullable LocalDateTime login(JsonNode login) {
        if (login.isMissingNode() || login.isNull()) {
            return null;
        }
        try {
            return LocalDateTime.parse(login.asString("").replace(' ', 'T'));
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(WANTED, e);
        }
    }

    private static @Nullable String email(JsonNode email) {
        if (!email.isMissingNode() && !email.isNull() && !email.isString()) {
            throw new IllegalArgumentException(WANTED);
        }
        return email.stringValue(null);
    }
}
