package dev.countermark.cli.formats;

import dev.countermark.frameworks.FlaskCsrf;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/** The form token of Flask-WTF; its value is the token in the session. {@link FlaskSessions} recognises it. */
final class FlaskForms implements TokenFormat {

    static final FlaskForms INSTANCE = new FlaskForms();

    private static final String SESSION_TOKEN = "session-token";

    private FlaskForms() {}

    @Override
    public String usage() {
        return "flask-wtf";
    }

    @Override
    public String summary() {
        return "the form token of Flask-WTF; the value is csrf_token of the session";
    }

    @Override
    public Map<String, String> options() {
        var options = new TreeMap<>(FrameworkKeys.lenientOption());
        options.put(SESSION_TOKEN, "for verify: csrf_token of the session");
        return options;
    }

    @Override
    public String sign(Settings settings, String value) {
        FrameworkKeys.requireNoExpiry(settings);
        return tokens(settings).write(value);
    }

    @Override
    public Outcome verify(Settings settings, String token) {
        var sessionToken = settings.option(SESSION_TOKEN)
                .orElseThrow(() -> new IllegalArgumentException(
                        "a form token counts beside its session: give csrf_token with -o session-token=…"));
        return FrameworkKeys.outcome(tokens(settings).check(token, sessionToken), Function.identity());
    }

    private static FlaskCsrf tokens(Settings settings) {
        FrameworkKeys.requireNoSalt(settings, "Flask-WTF");
        var tokens = FlaskCsrf.of(FrameworkKeys.of(settings)).clock(settings.clock());
        tokens = settings.maxAge().map(tokens::maxAge).orElse(tokens);
        return settings.isLenient() ? tokens.lenient() : tokens;
    }

    @Override
    public Optional<Sighting> recognise(String token) {
        return Optional.empty();
    }
}
