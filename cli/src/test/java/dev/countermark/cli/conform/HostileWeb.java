package dev.countermark.cli.conform;

import dev.countermark.BadTokenException;
import dev.countermark.Keyring;
import dev.countermark.Reason;
import dev.countermark.SigningKey;
import dev.countermark.frameworks.ExpressCookie;
import dev.countermark.frameworks.RailsCookie;
import dev.countermark.frameworks.SetCookie;
import dev.countermark.mac.Hmac;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Locale;
import java.util.concurrent.Callable;

/** Hostile rows of Rails and Express, whose tokens are cookies already decoded, and of cookies that are set. */
final class HostileWeb {

    private HostileWeb() {}

    static Callable<Object> express(HostileCorpusTest.Row row) {
        var cookie = ExpressCookie.of(keys(row)).decoded().limits(row.limits());
        var token = text(row);
        return () -> cookie.read(token);
    }

    static Callable<Object> rails(HostileCorpusTest.Row row) {
        var name = row.param("purpose").stringValue("").replaceFirst("^cookie\\.", "");
        var digest = row.param("digest").stringValue("sha256").toUpperCase(Locale.ROOT);
        var cookie = RailsCookie.of(keys(row), name)
                .digest(Hmac.valueOf(digest))
                .clock(row.clock())
                .limits(row.limits())
                .decoded();
        var token = text(row);
        return () -> cookie.read(token);
    }

    /** A mistake of the program that sets a cookie is no token; here it stands for a refusal. */
    static Callable<Object> cookie(HostileCorpusTest.Row row) {
        var text = text(row);
        var cookie = SetCookie.of("name", "value").secure();
        return () -> {
            try {
                return switch (row.param("field").stringValue()) {
                    case "name" ->
                        SetCookie.of(text, "value").secure().path("/").header();
                    case "value" -> SetCookie.of("name", text).header();
                    case "path" -> cookie.path(text).header();
                    case "domain" -> cookie.domain(text).header();
                    default -> cookie.sameSite(text).header();
                };
            } catch (IllegalArgumentException e) {
                throw new BadTokenException(Reason.MALFORMED);
            }
        };
    }

    private static String text(HostileCorpusTest.Row row) {
        return row.token() instanceof byte[] bytes
                ? new String(bytes, StandardCharsets.ISO_8859_1)
                : row.token().toString();
    }

    private static Keyring keys(HostileCorpusTest.Row row) {
        var older = new ArrayList<SigningKey>();
        row.param("older_secrets").forEach(secret -> older.add(SigningKey.weakText(secret.stringValue())));
        return Keyring.of(SigningKey.weak(row.secret())).accepting(older.toArray(SigningKey[]::new));
    }
}
