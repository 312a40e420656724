package dev.countermark.cli.formats;

import dev.countermark.Keyring;
import dev.countermark.Reason;
import dev.countermark.Rejected;
import dev.countermark.SigningKey;
import dev.countermark.TimedTokens;
import dev.countermark.Tokens;
import dev.countermark.Verdict;
import dev.countermark.json.PythonJson;
import dev.countermark.jws.Claims;
import dev.countermark.jws.JsonWebKeys;
import dev.countermark.jws.JwsAlgorithm;
import dev.countermark.jws.Jwt;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** JSON Web Tokens with standard claims: {@code jwt}. The value is a JSON object, the key a text or a JSON Web Key. */
enum StandardJwt implements TokenFormat {
    INSTANCE;

    private static final String NAME = "jwt";
    private static final Set<String> CLAIMS = Set.of("iss", "aud", "typ");
    private static final Pattern COMMA = Pattern.compile(",");
    private static final String NONE = "none";

    @Override
    public String usage() {
        return NAME;
    }

    @Override
    public String summary() {
        return "JSON Web Token with standard claims, HS256, HS384 or HS512";
    }

    @Override
    public boolean matches(String name) {
        return NAME.equals(name);
    }

    @Override
    public Map<String, String> options() {
        var options = new LinkedHashMap<String, String>();
        options.put("alg", "HS256 (the default), HS384 or HS512");
        options.put("kid", "name of the first key");
        options.put("iss", "issuer, written or demanded");
        options.put("aud", "audience, written or demanded");
        options.put("typ", "type, written or demanded; JWT by default");
        options.put("ignore", "what may be anything when verifying: iss,aud,typ");
        options.put("expiry", "none: neither written nor demanded");
        return options;
    }

    @Override
    public String sign(Settings settings, String value) {
        var jwt = jwt(settings);
        var json = json(value);
        if (neverExpires(settings)) {
            if (settings.expiresIn().isPresent()) {
                throw new IllegalArgumentException("--expires-in and expiry=none contradict each other; drop one");
            }
            return jwt.neverExpiring().clock(settings.clock()).sign(json);
        }
        var lifetime = settings.expiresIn()
                .orElseThrow(
                        () -> new IllegalArgumentException(
                                "a token expires: give --expires-in, or --option expiry=none where something else takes it back"));
        return jwt.expiringAfter(lifetime).clock(settings.clock()).sign(json);
    }

    private static JsonNode json(String value) {
        try {
            return PythonJson.standard().loads(value);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("the value is not a JSON object, for instance {\"sub\":\"ada\"}", e);
        }
    }

    @Override
    public Outcome verify(Settings settings, String token) {
        var verdict = check(settings, jwt(settings), token);
        var outcome = Outcome.of(verdict, JwsText::compact);
        if (verdict instanceof Rejected<JsonNode> rejected && rejected.reason() == Reason.CLAIM_MISMATCH) {
            var anybodys = jwt(settings).ignoringIssuer().ignoringAudience();
            return outcome.message(new JwtMismatch(settings, Set.copyOf(ignored(settings)))
                    .sentence(token, check(settings, anybodys, token)));
        }
        var claims = verdict.detail(Claims.class);
        var issuer = claims.flatMap(Claims::issuer);
        var audience = claims.map(Claims::audience).orElse(List.of());
        outcome = issuer.isPresent() ? outcome.fact("issuer", issuer.get()) : outcome;
        return audience.isEmpty() ? outcome : outcome.fact("audience", audience);
    }

    private static Verdict<JsonNode> check(Settings settings, Jwt<JsonNode> jwt, String token) {
        return neverExpires(settings)
                ? undated(settings, jwt.neverExpiring()).check(token)
                : dated(settings, jwt.expiringAfter(Duration.ZERO), token);
    }

    private static Tokens<JsonNode> undated(Settings settings, Tokens<JsonNode> tokens) {
        if (settings.maxAge().isPresent()) {
            throw new IllegalArgumentException("--max-age needs tokens that expire; drop --option expiry=none");
        }
        return tokens.clock(settings.clock());
    }

    private static Verdict<JsonNode> dated(Settings settings, TimedTokens<JsonNode> tokens, String token) {
        var timed = tokens.clock(settings.clock());
        return settings.maxAge().map(age -> timed.check(token, age)).orElseGet(() -> timed.check(token));
    }

    private static boolean neverExpires(Settings settings) {
        var expiry = settings.option("expiry");
        if (expiry.isPresent() && !expiry.get().equals(NONE)) {
            throw new IllegalArgumentException("the option expiry is none or absent; a lifetime is --expires-in");
        }
        return expiry.isPresent();
    }

    private static Jwt<JsonNode> jwt(Settings settings) {
        if (settings.purpose().isPresent()) {
            throw new IllegalArgumentException("a JWT has no purpose; use --option aud=… or --option typ=…");
        }
        var algorithm = algorithm(settings);
        var ignored = ignored(settings);
        var jwt = Jwt.of(
                keys(settings, algorithm),
                algorithm,
                PythonJson.standard().compact().unescaped());
        var issuer = settings.option("iss");
        var audience = settings.option("aud");
        var type = settings.option("typ");
        jwt = issuer.isPresent() ? jwt.issuer(issuer.get()) : ignored.contains("iss") ? jwt.ignoringIssuer() : jwt;
        jwt = audience.isPresent()
                ? jwt.audience(audience.get())
                : ignored.contains("aud") ? jwt.ignoringAudience() : jwt;
        return type.isPresent() ? jwt.type(type.get()) : ignored.contains("typ") ? jwt.ignoringType() : jwt;
    }

    private static List<String> ignored(Settings settings) {
        var ignored = List.of(COMMA.split(settings.option("ignore").orElse("")));
        if (settings.option("ignore").isPresent() && !CLAIMS.containsAll(ignored)) {
            throw new IllegalArgumentException("the option ignore names iss, aud and typ, with commas between");
        }
        return ignored;
    }

    private static JwsAlgorithm algorithm(Settings settings) {
        var name = settings.option("alg").orElse(JwsAlgorithm.HS256.name());
        return Arrays.stream(JwsAlgorithm.values())
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("the option alg is HS256, HS384 or HS512"));
    }

    /** The first key signs. A text that is a JSON Web Key, or a set of them, is read as such. */
    private static Keyring keys(Settings settings, JwsAlgorithm algorithm) {
        var texts = settings.keys();
        var only = texts.size() == 1 ? texts.get(0).plainText() : Optional.<String>empty();
        if (only.filter(text -> text.startsWith("{")).isPresent()) {
            return JsonWebKeys.read(only.get(), algorithm);
        }
        var first = settings.option("kid").map(strong(texts.get(0))::named).orElseGet(() -> strong(texts.get(0)));
        return Keyring.of(first)
                .accepting(texts.stream().skip(1).map(StandardJwt::strong).toArray(SigningKey[]::new));
    }

    /** Others take the bytes of a text for the key, so that is the default here. */
    private static SigningKey strong(KeyText key) {
        return key.plainText().map(SigningKey::ofText).orElseGet(key::strong);
    }

    @Override
    public Optional<Sighting> recognise(String token) {
        return JwsText.of(token)
                .filter(jws -> !jws.expiresInHeader()
                        && jws.payload() != null
                        && jws.payload().isObject())
                .map(jws -> new Sighting(
                        jws.algorithm().startsWith("HS") ? List.of(NAME) : List.of(),
                        "a JSON Web Token, " + jws.algorithm(),
                        jws.parts()));
    }
}
