package dev.countermark.cli.formats;

import dev.countermark.Expired;
import dev.countermark.Reason;
import dev.countermark.Rejected;
import dev.countermark.Verdict;
import dev.countermark.itsdangerous.ItsDangerous;
import dev.countermark.itsdangerous.PythonError;
import dev.countermark.itsdangerous.PythonJws;
import dev.countermark.itsdangerous.PythonKeys;
import dev.countermark.json.PythonJson;
import dev.countermark.jws.JwsAlgorithm;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** The two JWS classes of itsdangerous: {@code itsdangerous@RELEASE:jws} and {@code …:timed-jws}. The value is JSON. */
enum PythonJwsClasses implements TokenFormat {
    INSTANCE;

    private static final Pattern NAME = Pattern.compile("itsdangerous(?:@([^:]*))?:(jws|timed-jws)");
    private static final String LAST_RELEASE = "2.0.1";
    private static final Duration DEFAULT_LIFETIME = Duration.ofHours(1);
    private static final Pattern COMMA = Pattern.compile(",");

    @Override
    public String usage() {
        return "itsdangerous@RELEASE:jws|timed-jws";
    }

    @Override
    public String summary() {
        return "JSONWebSignatureSerializer and the timed one, up to 2.0.1";
    }

    @Override
    public boolean matches(String name) {
        return NAME.matcher(name).matches();
    }

    @Override
    public Map<String, String> options() {
        var options = new LinkedHashMap<String, String>();
        options.put("alg", "HS256 (before 1.0 the default), HS384 or HS512 (since)");
        options.put("header-order", "alg,exp,iat as CPython 2.7 wrote; alg,iat,exp by default");
        options.put(Settings.LENIENT, "yes: read every spelling that the release reads");
        return options;
    }

    @Override
    public String sign(Settings settings, String value) {
        var jws = jws(settings);
        JsonNode json;
        try {
            json = PythonJson.standard().loads(value);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("the value is not JSON, for instance {\"id\": \"foobar\"}", e);
        }
        if (isTimed(settings)) {
            return jws.timedSerializer(settings.expiresIn().orElse(DEFAULT_LIFETIME))
                    .clock(settings.clock())
                    .sign(json);
        }
        if (settings.expiresIn().isPresent()) {
            throw new IllegalArgumentException("jws tokens do not expire; choose timed-jws, or drop --expires-in");
        }
        return jws.serializer().sign(json);
    }

    @Override
    public Outcome verify(Settings settings, String token) {
        var jws = jws(settings);
        if (isTimed(settings)) {
            var tokens = jws.timedSerializer(DEFAULT_LIFETIME).clock(settings.clock());
            return outcome(
                    settings.maxAge().map(age -> tokens.check(token, age)).orElseGet(() -> tokens.check(token)));
        }
        if (settings.maxAge().isPresent()) {
            throw new IllegalArgumentException("jws tokens have no date; choose timed-jws, or drop --max-age");
        }
        return outcome(jws.serializer().check(token));
    }

    private static Outcome outcome(Verdict<JsonNode> verdict) {
        var outcome = Outcome.of(verdict, JwsText::compact);
        var error = verdict.detail(PythonError.class);
        if (error.isEmpty()) {
            return outcome;
        }
        outcome = outcome.fact("python_error", error.get().className());
        // The message of a bad signature quotes it.
        boolean quotes =
                verdict instanceof Rejected<JsonNode> rejected && rejected.reason() == Reason.SIGNATURE_MISMATCH;
        return quotes ? outcome : outcome.message(error.get().message() + issued(verdict));
    }

    private static String issued(Verdict<JsonNode> verdict) {
        return verdict instanceof Expired<JsonNode> expired
                ? expired.signedAt().map(date -> "; it was issued at " + date).orElse("")
                : "";
    }

    private static boolean isTimed(Settings settings) {
        return settings.format().endsWith(":timed-jws");
    }

    private static PythonJws jws(Settings settings) {
        var matcher = NAME.matcher(settings.format());
        var number = matcher.matches() ? matcher.group(1) : null;
        var release = ItsDangerous.release(number == null ? LAST_RELEASE : number);
        var python = release.keys(PythonKeys.oldestFirst(settings.weakKeys()));
        python = settings.purpose().isPresent() ? python.salt(settings.purpose().get()) : python;
        var jws = (settings.isLenient() ? python.lenient() : python).jws();
        var order = settings.option("header-order");
        jws = order.isPresent() ? jws.headerOrder(COMMA.split(order.get())) : jws;
        return settings.option("alg").isPresent()
                ? jws.algorithm(algorithm(settings.option("alg").get()))
                : jws;
    }

    private static JwsAlgorithm algorithm(String name) {
        return Arrays.stream(JwsAlgorithm.values())
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("the option alg is HS256, HS384 or HS512"));
    }

    /** A token with an expiry in its header is one of the timed class; any other JWS may be of the untimed one. */
    @Override
    public Optional<Sighting> recognise(String token) {
        return JwsText.of(token)
                .filter(jws -> jws.algorithm().startsWith("HS")
                        && (jws.expiresInHeader()
                                || jws.payload() == null
                                || !jws.payload().has("exp")))
                .map(jws -> {
                    var prefix = jws.algorithm().equals("HS256") ? "itsdangerous@0.24:" : "itsdangerous:";
                    return new Sighting(
                            List.of(prefix + (jws.expiresInHeader() ? "timed-jws" : "jws")),
                            jws.expiresInHeader()
                                    ? "a JWS that expires by its header, as only itsdangerous makes them"
                                    : "a JWS without an expiry",
                            jws.parts());
                });
    }
}
