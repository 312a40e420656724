package dev.countermark.cli.formats;

import dev.countermark.frameworks.StarletteSession;
import dev.countermark.json.PythonJson;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The session cookie of Starlette and FastAPI. */
final class StarletteSessions implements TokenFormat {

    static final StarletteSessions INSTANCE = new StarletteSessions();

    private static final int SHA1_LENGTH = 20;

    private StarletteSessions() {}

    @Override
    public String usage() {
        return "starlette";
    }

    @Override
    public String summary() {
        return "the session cookie of Starlette and FastAPI, JSON";
    }

    @Override
    public Map<String, String> options() {
        return FrameworkKeys.lenientOption();
    }

    @Override
    public String sign(Settings settings, String value) {
        FrameworkKeys.requireNoExpiry(settings);
        return sessions(settings).write(JsonText.read(value));
    }

    @Override
    public Outcome verify(Settings settings, String token) {
        return FrameworkKeys.outcome(sessions(settings).check(token), JsonText::write);
    }

    private static StarletteSession sessions(Settings settings) {
        FrameworkKeys.requireNoSalt(settings, "Starlette");
        var sessions = StarletteSession.of(FrameworkKeys.of(settings)).clock(settings.clock());
        sessions = settings.maxAge().map(sessions::maxAge).orElse(sessions);
        return settings.isLenient() ? sessions.lenient() : sessions;
    }

    @Override
    public Optional<Sighting> recognise(String token) {
        return DottedToken.of(token, '.')
                .filter(found -> found.isDated() && found.signatureLength() == SHA1_LENGTH)
                .flatMap(found -> body(found.body())
                        .map(body -> new Sighting(
                                List.of(usage()), "a session of Starlette or FastAPI", found.parts("value", body))));
    }

    /** A length that is a multiple of four, so that URL-safe bodies without padding mostly drop out. */
    private static Optional<String> body(String text) {
        try {
            var json = new String(Base64.getDecoder().decode(text), StandardCharsets.UTF_8);
            boolean padded =
                    text.length() % 4 == 0 && PythonJson.standard().loads(json).isObject();
            return padded ? Optional.of(json) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
