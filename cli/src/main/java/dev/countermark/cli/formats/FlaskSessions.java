package dev.countermark.cli.formats;

import dev.countermark.frameworks.FlaskSession;
import dev.countermark.json.PythonJson;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The session cookie of Flask; values are Flask's tagged JSON. */
final class FlaskSessions implements TokenFormat {

    static final FlaskSessions INSTANCE = new FlaskSessions();

    private static final int SHA1_LENGTH = 20;

    private FlaskSessions() {}

    @Override
    public String usage() {
        return "flask";
    }

    @Override
    public String summary() {
        return "the session cookie of Flask, JSON; more keys are fallbacks";
    }

    @Override
    public Map<String, String> options() {
        return FrameworkKeys.lenientOption();
    }

    @Override
    public String sign(Settings settings, String value) {
        FrameworkKeys.requireNoExpiry(settings);
        return sessions(settings).values().sign(json(value));
    }

    private static Object json(String value) {
        try {
            return FlaskSession.taggedJson().decode(value.getBytes(StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("a session is JSON, for instance '{\"user\":\"foobar\"}'", e);
        }
    }

    @Override
    public Outcome verify(Settings settings, String token) {
        return FrameworkKeys.outcome(sessions(settings).values().check(token), FlaskSessions::text);
    }

    private static String text(Object value) {
        return new String(FlaskSession.taggedJson().encode(value), StandardCharsets.US_ASCII);
    }

    private static FlaskSession sessions(Settings settings) {
        FrameworkKeys.requireNoSalt(settings, "Flask");
        var sessions = FlaskSession.of(FrameworkKeys.of(settings)).clock(settings.clock());
        sessions = settings.maxAge().map(sessions::maxAge).orElse(sessions);
        return settings.isLenient() ? sessions.lenient() : sessions;
    }

    /** A form token of Flask-WTF has the same shape around a text. */
    @Override
    public Optional<Sighting> recognise(String token) {
        return DottedToken.of(token, '.')
                .filter(found -> found.isDated() && found.signatureLength() == SHA1_LENGTH)
                .filter(found -> isJson(DottedToken.bodyText(found.body())))
                .map(this::sighting);
    }

    private Sighting sighting(DottedToken token) {
        var value = DottedToken.bodyText(token.body());
        var parts = token.parts("value", value);
        return value.matches("\"[0-9a-f]{40}\"")
                ? new Sighting(List.of("flask-wtf"), "a form token of Flask-WTF", parts)
                : new Sighting(List.of(usage()), "a session of Flask", parts);
    }

    private static boolean isJson(String text) {
        try {
            var value = PythonJson.standard().lenient().loads(text.replace(" (compressed)", ""));
            return value.isObject() || value.isString();
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
