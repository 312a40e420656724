package dev.countermark.cli.formats;

import dev.countermark.frameworks.FlaskLogin;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/** The remember-me cookie of Flask-Login; its value is a user's id. */
final class FlaskLogins implements TokenFormat {

    static final FlaskLogins INSTANCE = new FlaskLogins();

    private static final Pattern SIGNATURE = Pattern.compile("[0-9a-f]{128}");

    private FlaskLogins() {}

    @Override
    public String usage() {
        return "flask-login";
    }

    @Override
    public String summary() {
        return "the cookie remember_token of Flask-Login; the value is the user's id";
    }

    @Override
    public String sign(Settings settings, String value) {
        FrameworkKeys.requireNoExpiry(settings);
        return cookies(settings).write(value);
    }

    @Override
    public Outcome verify(Settings settings, String token) {
        return FrameworkKeys.outcome(cookies(settings).check(token), Function.identity());
    }

    private static FlaskLogin cookies(Settings settings) {
        if (settings.purpose().isPresent() || settings.maxAge().isPresent()) {
            throw new IllegalArgumentException(
                    "Flask-Login has neither salt nor date; leave --purpose and --max-age out");
        }
        return FlaskLogin.of(FrameworkKeys.of(settings.keys().stream()
                .map(key -> key.plainText().map(FlaskLogin::key).orElseGet(key::weak))
                .toList()));
    }

    @Override
    public Optional<Sighting> recognise(String token) {
        int separator = token.lastIndexOf('|');
        if (separator < 0 || !SIGNATURE.matcher(token.substring(separator + 1)).matches()) {
            return Optional.empty();
        }
        var parts = List.of(
                new Sighting.Part("user", token.substring(0, separator)),
                new Sighting.Part("signature", "64 bytes, as HMAC-SHA-512 makes them"));
        return Optional.of(new Sighting(List.of(usage()), "a cookie of Flask-Login, without a date", parts));
    }
}
